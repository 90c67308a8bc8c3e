// What the client says of the numbers in numbers.json. Argument: the client's folder, in whose node_modules esbuild is installed.
// Answer: {"idNumbers": [{"hint": …, "normal": …, "bornOn": …, "sex": …}, …], "phones": [{"hint": …, "normal": …}, …]}
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const client = resolve(process.argv[2]);
const { buildSync } = createRequire(resolve(client, 'package.json'))('esbuild');
const built = buildSync({ entryPoints: [resolve(client, 'src/ts/numbers.ts')], bundle: true, format: 'esm', target: 'es2022', write: false });
const numbers = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString('base64')}`);
const { today, idNumbers, phones } = JSON.parse(readFileSync(new URL('numbers.json', import.meta.url), 'utf8'));
console.log(JSON.stringify({
  idNumbers: idNumbers.map(({ typed }) => {
    const read = numbers.readIdNumber(typed, today);
    return { hint: numbers.hintOnIdNumber(typed, today), normal: numbers.normalIdNumber(typed), bornOn: read?.bornOn ?? null, sex: read?.sex ?? null };
  }),
  phones: phones.map(({ typed }) => ({ hint: numbers.hintOnPhone(typed), normal: numbers.normalPhone(typed) })),
}));
