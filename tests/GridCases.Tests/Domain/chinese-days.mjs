// Which days of 2025 and 2026 are worked, by npm's chinese-days. Argument: the folder in whose node_modules it is installed.
// Answer: {"version": "…", "worked": {"2025-01-01": false, …}}
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

process.env.TZ = 'UTC'; // it reads a day as UTC and looks at the local date
const require = createRequire(resolve(process.argv[2], 'package.json'));
const { isWorkday } = require('chinese-days');
const worked = {};
for (let day = Date.UTC(2025, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
  const text = new Date(day).toISOString().slice(0, 10);
  worked[text] = isWorkday(text);
}
console.log(JSON.stringify({ version: require('chinese-days/package.json').version, worked }));
