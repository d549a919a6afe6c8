// Makes the page: node build.mjs TARGET. Fetches the locked packages first, if they are not there or not those.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(process.argv[2] ?? path.join(here, '../../../target/classes/dashboard'));

export function install(directory) {
  const lock = fs.readFileSync(path.join(directory, 'package-lock.json'));
  const installed = path.join(directory, 'node_modules', '.installed');
  if (fs.existsSync(installed) && fs.readFileSync(installed).equals(lock)) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--silent', '--no-audit', '--no-fund'], { cwd: directory, stdio: 'inherit' });
  fs.writeFileSync(installed, lock);
}

async function build() {
  install(here);
  const { build } = createRequire(path.join(here, 'package.json'))('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: { app: 'view/main.tsx' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    outdir: target,
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
  const [script, style] = ['.js', '.css'].map((ending) => [...files.keys()].find((name) => name.endsWith(ending)));
  const page = fs.readFileSync(path.join(here, 'index.html'), 'utf8').replace('app.js', script).replace('app.css', style);
  files.set('index.html', Buffer.from(page));
  files.set('icon.svg', fs.readFileSync(path.join(here, 'icon.svg')));
  write(files);
}

function write(files) {
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  for (const [name, content] of files) {
    fs.writeFileSync(path.join(target, name), content);
    fs.writeFileSync(path.join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
  fs.writeFileSync(path.join(target, 'assets.txt'), [...files.keys()].join('\n') + '\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
