// Builds ../wwwroot/dist: app.css, app.js, charts.js, document.css and .js (the printed forms), slips.css (printed passwords), map.css (the city's map), icons.svg, sw.js (what works without a network), app.webmanifest and its icons. Options: --out <dir>, --scan <dir> (more markup to keep Tabler rules for).
import { build } from 'esbuild';
import { PurgeCSS } from 'purgecss';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const option = name => { const at = process.argv.indexOf(name); return at < 0 ? undefined : process.argv[at + 1]; };
const out = resolve(option('--out') ?? join(here, '../wwwroot/dist'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const common = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', absWorkingDir: here };

const scripts = await build({
  ...common, metafile: true, outdir: out, format: 'esm', target: 'es2022', splitting: true, chunkNames: '[name]-[hash]',
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

// The same logo as an application's icon: nine squares, drawn point by point, since nothing here draws SVG.
const squares = [[3, 3, .42], [9.5, 3, .42], [3, 9.5, .42], [16, 9.5, .42], [9.5, 16, .42], [16, 16, .42], [16, 3, 1], [9.5, 9.5, 1], [3, 16, 1]];
const [ground, drawn] = [[12, 52, 61], [255, 255, 255]];
const crcs = Int32Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1; return n; });
const crcOf = bytes => (bytes.reduce((crc, byte) => crcs[(crc ^ byte) & 255] ^ (crc >>> 8), -1) ^ -1) >>> 0;
function icon(size, margin) {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  const scale = size * (1 - 2 * margin) / 18;
  const covered = (from, to, at) => Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    let ink = 0;
    for (const [left, top, opacity] of squares) {
      const [x0, y0] = [size * margin + (left - 3) * scale, size * margin + (top - 3) * scale];
      ink += opacity * covered(x0, x0 + 5 * scale, x) * covered(y0, y0 + 5 * scale, y);
    }
    for (let c = 0; c < 3; c++) rows[y * (size * 3 + 1) + 1 + x * 3 + c] = Math.round(ground[c] + (drawn[c] - ground[c]) * ink);
  }
  const chunk = (type, data) => {
    const [head, tail] = [Buffer.alloc(8), Buffer.alloc(4)];
    head.writeUInt32BE(data.length); head.write(type, 4, 'latin1');
    tail.writeUInt32BE(crcOf(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, tail]);
  };
  const about = Buffer.alloc(13);
  about.writeUInt32BE(size); about.writeUInt32BE(size, 4); about.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', about), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
// A launcher may cut a maskable one down to the circle in its middle.
const icons = { 'icon-192.png': [192, .16], 'icon-512.png': [512, .16], 'icon-mask.png': [512, .24] };
for (const [name, [size, margin]] of Object.entries(icons)) writeFileSync(join(out, name), icon(size, margin));
const rects = squares.map(([x, y, opacity]) => `<rect x="${x}" y="${y}" width="5" height="5" opacity="${opacity}"/>`).join('');
writeFileSync(join(out, 'icon.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="4" fill="#0c343d"/><g fill="#fff">${rects}</g></svg>\n`);
writeFileSync(join(out, 'app.webmanifest'), JSON.stringify({
  id: '/', name: '格案 · 矛盾纠纷多元化解平台', short_name: '格案', lang: 'zh-CN', dir: 'ltr', start_url: '/', scope: '/', display: 'standalone', orientation: 'any', theme_color: '#0c343d', background_color: '#ffffff',
  icons: Object.entries(icons).map(([name, [size]]) => ({ src: `/dist/${name}`, sizes: `${size}x${size}`, type: 'image/png', purpose: name.includes('mask') ? 'maskable' : 'any' })),
  shortcuts: [{ name: '登记纠纷', url: '/cases/new', icons: [{ src: '/dist/icon-192.png', sizes: '192x192', type: 'image/png' }] }],
}));

// What opens without a network: the program, less what is of use only with one, and one page in each language. A file is asked for under the version that the server's pages name it by (asp-append-version), and is taken only if
// it is that very one: of two servers of different versions none is mixed with the other.
const hashOf = file => createHash('sha256').update(readFileSync(file)).digest('base64');
const urlSafe = hash => hash.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const onlineOnly = /^(fragments|signature|charts|document|map)/;
const needed = new Set();
const walk = path => {
  if (needed.has(path) || onlineOnly.test(path.split('/').at(-1))) return;
  needed.add(path);
  for (const { path: next, external } of scripts.metafile.outputs[path]?.imports ?? []) if (!external) walk(next);
};
const outputs = Object.keys(scripts.metafile.outputs);
walk(outputs.find(path => path.endsWith('/app.js')));
const named = name => { const hash = hashOf(join(out, name)); return { url: `/dist/${name}?v=${urlSafe(hash)}`, revision: null, integrity: `sha256-${hash}` }; };
const bare = name => { const hash = hashOf(join(out, name)); return { url: `/dist/${name}`, revision: urlSafe(hash), integrity: `sha256-${hash}` }; };
// The page itself hangs on its own text, and on the files that it names.
const page = createHash('sha256');
for (const file of ['../Pages/Offline.cshtml', '../Pages/Shared/_DraftTexts.cshtml', '../Pages/Shared/_Drafts.cshtml', '../Texts/Pages.resx', '../Texts/Pages.en.resx']) page.update(readFileSync(join(here, file)));
for (const name of ['app.css', 'app.js']) page.update(hashOf(join(out, name)));
const revision = urlSafe(page.digest('base64')).slice(0, 16);
const appVersion = urlSafe(hashOf(join(out, 'app.js')));
const shell = Object.fromEntries(['zh-CN', 'en'].map(language => [language, `/offline?language=${language}&of=${appVersion}`]));
const precached = [
  named('app.css'), named('app.js'), bare('icons.svg'), bare('chevron.svg'), bare('icon.svg'),
  ...[...needed].map(path => path.split('/').at(-1)).filter(name => name !== 'app.js').map(name => ({ ...bare(name), revision: null })),
  ...Object.values(shell).map(url => ({ url, revision })),
];
await build({
  ...common, entryPoints: { sw: 'src/worker/sw.ts' }, outdir: out, format: 'iife', target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"', PRECACHED: JSON.stringify(precached), SHELL: JSON.stringify(shell) },
});

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
