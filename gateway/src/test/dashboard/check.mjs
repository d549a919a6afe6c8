// What can be checked of the page without a browser: types, and the tests in unit.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../../main/dashboard/build.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const main = path.join(here, '../../main/dashboard');
const target = path.join(here, '../../../target/dashboard-tests');

install(main);
install(here);
const run = (...args) => execFileSync(process.execPath, args, { stdio: 'inherit', cwd: here });
run('node_modules/typescript/bin/tsc', '-p', path.join(main, 'tsconfig.json'));
const tests = fs.readdirSync(path.join(here, 'unit')).filter((name) => name.endsWith('.test.ts'));
await createRequire(path.join(main, 'package.json'))('esbuild').build({
  entryPoints: tests.map((name) => path.join(here, 'unit', name)),
  bundle: true,
  platform: 'node',
  format: 'esm',
  outdir: target,
  outExtension: { '.js': '.mjs' },
  nodePaths: [path.join(main, 'node_modules')],
});
run('--test', ...tests.map((name) => path.join(target, name.replace(/ts$/, 'mjs'))));
