// The page in a real browser, against services of its own; says so where there is no Chromium.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../../main/dashboard/build.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const candidates = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chromium = candidates.find((file) => file && fs.existsSync(file));
if (chromium === undefined) {
  console.log('Left out, because there is no Chromium (CHROMIUM, or the package chromium): the dashboard in a browser.');
  process.exit(0);
}
install(here);
const files = fs.readdirSync(path.join(here, 'browser')).filter((name) => name.endsWith('.test.mjs'));
const asked = process.env.FIGURES ? [path.join(here, 'browser', 'figures.mjs')] : ['--test', ...files.map((name) => path.join(here, 'browser', name))];
const { status } = spawnSync(process.execPath, asked, {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium },
});
process.exit(status ?? 1);
