// Builds ../wwwroot/dist: app.css, app.js, charts.js, document.css and .js (the printed forms), slips.css (printed passwords), map.css (the city's map), icons.svg. Options: --out <dir>, --scan <dir> (more markup to keep Tabler rules for).
import { build } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const option = name => { const at = process.argv.indexOf(name); return at < 0 ? undefined : process.argv[at + 1]; };
const out = resolve(option('--out') ?? join(here, '../wwwroot/dist'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const common = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', absWorkingDir: here };

await build({
  ...common, outdir: out, format: 'esm', target: 'es2022', splitting: true, chunkNames: '[name]-[hash]',
  entryPoints: { app: 'src/ts/app.ts', charts: 'src/ts/charts.ts', document: 'src/ts/document.ts' },
});

// Tabler is bundled whole, then pruned to what the pages use. Our own rules live in src/css and are never pruned.
const tabler = await build({ ...common, entryPoints: ['src/css/tabler.css'], write: false, target: 'chrome110' });
const own = await build({ ...common, entryPoints: ['src/css/app.css'], external: ['./chevron.svg'], write: false, target: 'chrome110' });
for (const sheet of ['document.css', 'slips.css', 'map.css']) writeFileSync(join(out, sheet), (await build({ ...common, entryPoints: [`src/css/${sheet}`], write: false, target: 'chrome110', loader: { '.png': 'empty' } })).outputFiles[0].text);
const content = ['../Pages/**/*.cshtml', '../Views/**/*.cshtml', 'src/ts/**/*.ts', 'src/css/safelist.html'].map(glob => join(here, glob).replaceAll('\\', '/'));
if (option('--scan')) content.push(join(resolve(option('--scan')), '**/*.html'));
// Where a class is ours, Tabler's rules for the same name are dropped, except for the controls that we only restyle.
const ownText = own.outputFiles[0].text;
const shared = /^(btn|form-|table|is-|invalid-|input-|validation-|visually-)/;
const blocklist = [...new Set([...ownText.matchAll(/\.([a-z][\w-]*)/gi)].map(match => match[1]))].filter(name => !shared.test(name));
const [pruned] = await new PurgeCSS().purge({
  content, css: [{ raw: tabler.outputFiles[0].text }], blocklist, variables: true, keyframes: true, fontFace: true,
  defaultExtractor: text => text.match(/[\w-]+/g) ?? [],
});
// The content security policy allows no data: images; nothing here needs Tabler's.
const css = pruned.css.replace(/url\("data:[^"]*"\)|url\('data:[^']*'\)|url\(data:[^)]*\)/g, 'none') + ownText;
if (css.includes('data:')) throw new Error('app.css would break the content security policy: data: URI left in it');
writeFileSync(join(out, 'app.css'), css);

copyFileSync(join(here, 'src/css/chevron.svg'), join(out, 'chevron.svg'));

const names = readFileSync(join(here, 'src/icons.txt'), 'utf8').split(/\s+/).filter(Boolean);
const symbols = names.map(name => {
  const svg = readFileSync(join(here, `node_modules/@tabler/icons/icons/outline/${name}.svg`), 'utf8');
  const body = svg.replace(/<!--[\s\S]*?-->/g, '').replace(/^[\s\S]*?<svg[\s\S]*?>/, '').replace('</svg>', '').replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
});
const logo = '<symbol id="logo" viewBox="0 0 24 24"><path fill="currentColor" opacity=".42" d="M3 3h5v5H3zM9.5 3h5v5h-5zM3 9.500h5v5H3zM16 9.500h5v5h-5zM9.500 16h5v5h-5zM16 16h5v5h-5z"/><path fill="currentColor" d="M16 3h5v5h-5zM9.500 9.500h5v5h-5zM3 16h5v5H3z"/></symbol>';
writeFileSync(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${logo}${symbols.join('')}</svg>\n`);

// Compressed once and well; the server only picks the one that a browser takes.
for (const file of readdirSync(out).sort()) {
  const bytes = readFileSync(join(out, file));
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const gzip = gzipSync(bytes, { level: 9 });
  writeFileSync(join(out, `${file}.br`), brotli);
  writeFileSync(join(out, `${file}.gz`), gzip);
  const size = data => `${(data.length / 1024).toFixed(1).padStart(7)} KB`;
  console.log(`${file.padEnd(24)} ${size(bytes)}  gzip ${size(gzip)}  brotli ${size(brotli)}`);
}
