/** A copy of the scripts in a directory of its own, in which every program is the stand-in. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TOOLS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MODULES = ['gateway', 'worker', 'watcher'];

export class Workshop {
  #runs = [];

  constructor() {
    this.root = fs.mkdtempSync(path.join(os.tmpdir(), 'freshet-'));
    this.stub = path.join(this.root, 'tools/testing/service.mjs');
    for (const part of ['freshet.mjs', 'lib', 'testing']) {
      fs.cpSync(path.join(TOOLS, part), path.join(this.root, 'tools', part), { recursive: true });
    }
    this.#write('tools/azurite/sweeping.cjs', '');
    MODULES.forEach((module) => this.#write(`${module}/target/quarkus-app/quarkus-run.jar`, ''));
    for (const kind of ['blob', 'queue', 'table']) {
      this.#write(`tools/azurite/node_modules/azurite/dist/src/${kind}/main.js`, `import(${JSON.stringify(this.stub)})`);
    }
    this.#write('jdk/bin/java', `#!/bin/sh\nexec "${process.execPath}" "${this.stub}" "$@"\n`);
    fs.chmodSync(path.join(this.root, 'jdk/bin/java'), 0o755);
    this.#write('Makefile', `up demo:\n\t@true && exec "${process.execPath}" tools/freshet.mjs $@\n`);
  }

  /** Runs a command; `by` is `node` or `make`. */
  run(command, env = {}, by = 'node') {
    const program = by === 'make' ? ['make', command] : [process.execPath, 'tools/freshet.mjs', command];
    const { MAKELEVEL, MAKEFLAGS, ...inherited } = process.env;
    const run = new Run(program, {
      cwd: this.root,
      env: { ...inherited, JAVA_HOME: path.join(this.root, 'jdk'), DEMO_LINES: '1000', ...env },
    });
    this.#runs.push(run);
    return run;
  }

  /** Command lines of what still runs out of this workshop. */
  survivors() {
    return fs
      .readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map((pid) => commandLine(pid))
      .filter((line) => line.includes(this.root));
  }

  /** The process id of the program of that name. */
  pid(name) {
    const pids = fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
    return Number(pids.find((pid) => commandLine(pid).includes(`${this.root}/${name}`)));
  }

  results() {
    return fs.readFileSync(path.join(this.root, '.run/latest/results.json'), 'utf8');
  }

  /** A test that failed may have left its run. */
  remove() {
    this.#runs.forEach((run) => run.process.kill('SIGTERM'));
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  #write(file, text) {
    const target = path.join(this.root, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}

class Run {
  #waiting = [];
  out = '';

  constructor([command, ...args], options) {
    this.process = spawn(command, args, options);
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (chunk) => this.#read(chunk));
    }
    this.ended = new Promise((resolve) => this.process.once('close', (code, signal) => resolve(code ?? signal)));
  }

  /** Waits until the output matches. */
  says(pattern) {
    const said = new Promise((resolve) => this.#waiting.push({ pattern, resolve }));
    this.#read('');
    const ended = this.ended.then(() => {
      if (!pattern.test(this.out)) throw new Error(`ended without saying ${pattern}:\n${this.out}`);
    });
    return Promise.race([said, ended]);
  }

  #read(chunk) {
    this.out += chunk;
    for (const { pattern, resolve } of this.#waiting) if (pattern.test(this.out)) resolve();
  }
}

function commandLine(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
