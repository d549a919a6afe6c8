/** That the AOT caches are used, and not only there: a cache that does not fit is silently slower. `make aot` runs this. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Packaging } from '../lib/packaging.mjs';
import { Ports } from '../lib/ports.mjs';
import { Programs } from '../lib/programs.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const LOADED = /^.*? (\S+) source: (.*)$/gm;
const CACHED = 'shared objects file';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'freshet-aot-'));
const ports = new Ports();

after(() => fs.rmSync(scratch, { recursive: true, force: true }));

for (const module of ['gateway', 'watcher', 'worker']) {
  test(`the ${module} takes its classes from its cache`, { timeout: 60_000 }, async () => {
    const classes = await loaded(await program(module));

    const own = classes.filter(({ name }) => name.startsWith('io.freshet.') && !name.includes('$$'));
    const cached = classes.filter(({ source }) => source.startsWith(CACHED));
    assert.ok(own.length > 50, `only ${own.length} classes of ours`);
    assert.deepEqual(own.filter(({ source }) => !source.startsWith(CACHED)), []);
    assert.ok(cached.length > 0.9 * classes.length, `${cached.length} of ${classes.length} classes come from the cache`);
  });
}

test('a moved worker uses its cache', { timeout: 60_000 }, async () => {
  const classes = await loaded(moved(await program('worker')));

  assert.ok(classes.filter(({ source }) => source.startsWith(CACHED)).length > 0.9 * classes.length);
});

test('a worker whose jars are newer than its cache is not started, and what to do is said', async () => {
  const root = fs.mkdtempSync(path.join(scratch, 'root-'));
  const target = 'worker/target/aot-app';
  fs.cpSync(path.join(ROOT, target), path.join(root, target), { recursive: true, preserveTimestamps: true });
  const packaging = new Packaging(root, process.env, 'aot');
  assert.ok(packaging.executable('worker').args.includes('-XX:AOTMode=on'));

  const later = new Date(Date.now() + 10_000);
  fs.utimesSync(path.join(root, target, 'quarkus/generated-bytecode.jar'), later, later);

  assert.throws(() => packaging.executable('worker'), /is older than quarkus.generated-bytecode.jar: run `make aot`/);
});

/** The service with a storage account that nobody serves: it starts all the same. */
async function program(module) {
  const packaging = new Packaging(ROOT, process.env, 'aot');
  const programs = new Programs({ root: ROOT, env: process.env, packaging, azuritePort: await ports.free(3) });
  return programs.service(module, module, await ports.free());
}

function moved(original) {
  const directory = fs.mkdtempSync(path.join(scratch, 'moved-'));
  fs.cpSync(original.directory, directory, { recursive: true, preserveTimestamps: true });
  return { ...original, directory };
}

/** The classes that a service loads until it lives, as `{name, source}`. */
async function loaded({ command, args, directory, env, port }) {
  const log = path.join(scratch, `${port}.log`);
  const child = spawn(command, [`-Xlog:class+load:file=${log}`, ...args], { cwd: directory, env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && !(await lives(port))) await delay(20);
  child.kill('SIGTERM');
  await ended;
  return [...fs.readFileSync(log, 'utf8').matchAll(LOADED)].map(([, name, source]) => ({ name, source }));
}

function lives(port) {
  return fetch(`http://127.0.0.1:${port}/q/health/live`).then(
    (answer) => answer.ok,
    () => false,
  );
}
