#!/usr/bin/env node
/**
 * Runs a Freshet on this machine: `up` keeps it running, `demo` puts one real job and one orchestration through it,
 * `train` makes AOT caches of them, `fuzz` tries a gateway by its OpenAPI document, `clients` runs the published clients of
 * Durable Functions. `make help` lists the variables. Everything that is started here ends with this process.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { clients } from './lib/clients.mjs';
import { demo } from './lib/demo.mjs';
import { Failure, Interrupted } from './lib/failure.mjs';
import { fuzz } from './lib/fuzz.mjs';
import { Interruption } from './lib/interruption.mjs';
import { Processes } from './lib/processes.mjs';
import { Screen } from './lib/screen.mjs';
import { Settings } from './lib/settings.mjs';
import { train } from './lib/train.mjs';
import { up } from './lib/up.mjs';

const COMMANDS = { up, demo, train, fuzz, clients };
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

async function main(name) {
  const command = COMMANDS[name];
  if (!command) throw new Failure(`Usage: freshet.mjs ${Object.keys(COMMANDS).join('|')}`);
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const directory = newRunDirectory(root, name);
  const processes = new Processes(directory);
  const interruption = new Interruption(() => process.exit(EXIT_CODES.SIGINT));
  const screen = new Screen();
  const context = { root, directory, processes, screen, settings: new Settings(process.env) };
  try {
    await Promise.race([command(context), interruption.happened]);
  } finally {
    screen.mute();
    await processes.stop();
  }
}

/** `.run/<command>-<time>`, also reachable as `.run/latest`. */
function newRunDirectory(root, command) {
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  const directory = path.join(root, '.run', `${command}-${time}-${process.pid}`);
  fs.mkdirSync(directory, { recursive: true });
  const latest = path.join(root, '.run', 'latest');
  // by renaming, as another run may begin at the same moment
  fs.symlinkSync(path.basename(directory), `${directory}.latest`);
  fs.renameSync(`${directory}.latest`, latest);
  return directory;
}

/** The exit code that fits the way in which the command ended. */
function conclude(command, error) {
  if (error instanceof Interrupted) {
    process.stderr.write(`Stopped (${error.message}).\n`);
    return command === 'up' ? 0 : EXIT_CODES[error.signal];
  }
  process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  return 1;
}

// a reader that went away (`make up | head`) is no reason to stop
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const command = process.argv[2];
main(command).then(
  () => process.exit(0),
  (error) => process.exit(conclude(command, error)),
);
