import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { Leash } from './leash.mjs';

const GRACE_MS = 10_000;
const LOG_TAIL_LINES = 15;
const LOG_TAIL_BYTES = 16_384;

/** One program that we started, with its log. */
class Child {
  constructor(program, log) {
    this.program = program;
    this.log = log;
    const out = fs.openSync(log, 'a');
    // a group of its own: Ctrl-C on the terminal reaches us alone, and we end the others in order
    this.process = spawn(program.command, program.args, {
      cwd: program.directory,
      env: program.env,
      stdio: ['ignore', out, out],
      detached: true,
    });
    fs.closeSync(out);
    this.started = Date.now();
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.process.once('error', (error) => resolve(`could not be started: ${error.message}`));
    });
    this.ended.then((how) => {
      this.end = how;
      this.#endGroup();
    });
  }

  get name() {
    return this.program.name;
  }

  get pid() {
    return this.process.pid;
  }

  get alive() {
    return this.pid !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** To the whole group, so that what the program itself started goes too. */
  signal(signal) {
    if (this.alive) signalGroup(this.pid, signal);
  }

  /** What the program itself had started does not outlive it, as in a container. */
  #endGroup() {
    if (this.pid !== undefined) signalGroup(this.pid, 'SIGKILL');
  }

  /** The last lines of the log, with its name. */
  logTail() {
    const { size } = fs.statSync(this.log);
    const buffer = Buffer.alloc(Math.min(size, LOG_TAIL_BYTES));
    const file = fs.openSync(this.log, 'r');
    fs.readSync(file, buffer, 0, buffer.length, size - buffer.length);
    fs.closeSync(file);
    const lines = buffer.toString('utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES);
    return `The end of ${path.relative('', this.log)}:\n${lines.join('\n')}`;
  }

  failure(when) {
    return new Failure(`${this.name} ended ${when} (${this.end}). ${this.logTail()}`);
  }
}

/** All programs that we started. None of them outlives us, whatever ends us. */
export class Processes {
  #children = new Set();
  #leash = new Leash();
  #directory;
  #stopping;
  #onExit = () => this.kill();

  constructor(directory) {
    this.#directory = directory;
    process.on('exit', this.#onExit);
  }

  get stopping() {
    return this.#stopping !== undefined;
  }

  /**
   * @param program `{name, command, args, env, directory, last, graceMs}`; those marked `last` are ended after all others,
   *     and each has its time to end
   */
  start(program) {
    if (this.stopping) throw new Failure(`${program.name} is not started: Freshet is stopping.`);
    const child = new Child(program, `${this.#directory}/${program.name}.log`);
    this.#children.add(child);
    this.#hold();
    child.ended.then(() => {
      this.#children.delete(child);
      this.#hold();
    });
    return child;
  }

  /** Ends all: SIGTERM, and SIGKILL for those that take too long. */
  stop() {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Ends all at once. */
  kill() {
    this.#stopping ??= Promise.resolve();
    this.#children.forEach((child) => child.signal('SIGKILL'));
  }

  async #stopAll() {
    const children = [...this.#children];
    await endAll(children.filter((child) => !child.program.last));
    await endAll(children.filter((child) => child.program.last));
    this.#leash.release();
    process.off('exit', this.#onExit);
  }

  #hold() {
    this.#leash.hold([...this.#children].filter((child) => child.pid).map((child) => child.pid));
  }
}

function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function endAll(children) {
  await Promise.all(children.map(endOne));
}

async function endOne(child) {
  child.signal('SIGTERM');
  const late = setTimeout(() => child.signal('SIGKILL'), child.program.graceMs ?? GRACE_MS);
  await child.ended;
  clearTimeout(late);
}
