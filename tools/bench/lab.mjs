import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Ports } from '../lib/ports.mjs';
import { Processes } from '../lib/processes.mjs';
import { Programs } from '../lib/programs.mjs';
import { Screen } from '../lib/screen.mjs';
import { Stack } from '../lib/stack.mjs';

const CALLS = /^freshet_azure_calls_seconds_count\{([^}]*)\} ([\d.E+]+)/gm;

/** Fresh stacks for benchmarks, and the programs that they stand beside. */
export class Bench {
  #root;
  #scratch;
  #screen = new Screen();
  #stacks = 0;
  #running;

  constructor(root, scratch) {
    this.#root = root;
    this.#scratch = scratch;
  }

  progress(text) {
    this.#screen.line(text);
  }

  /** Starts storage and so many services, all fresh, for one action. */
  async with({ gateways = 0, workers = 0, watchers = 0, threads }, action) {
    const directory = path.join(this.#scratch, `stack-${++this.#stacks}`);
    fs.mkdirSync(directory);
    const processes = (this.#running = new Processes(directory));
    const ports = new Ports();
    const env = { ...process.env, ...(threads ? { WORKER_CONCURRENCY: String(threads) } : {}) };
    const programs = new Programs({ root: this.#root, env, native: false, azuritePort: await ports.free(3) });
    const several = async (module, count) => {
      const list = [];
      while (list.length < count) list.push(programs.service(module, `${module}-${list.length + 1}`, await ports.free()));
      return list;
    };
    const services = [...(await several('gateway', gateways)), ...(await several('watcher', watchers)), ...(await several('worker', workers))];
    const started = new Map();
    const start = processes.start.bind(processes);
    processes.start = (program) => {
      const child = start(program);
      started.set(program.name, child);
      return child;
    };
    try {
      await new Stack(processes, this.#screen).start({ storage: ['blob', 'queue'].map((kind) => programs.azurite(kind)), services, workers: [], restartWorkers: false });
      return await action(new RunningStack(directory, services, started));
    } finally {
      await processes.stop();
    }
  }

  /** Seconds that the plain SDK took for a command of PlainSdk. */
  plainSdk(stack, command) {
    return Number(this.java('gateway', 'io.freshet.gateway.bench.PlainSdk', command, stack.environment).trim().split('\n').at(-1));
  }

  /** What a main class of a module's test tree prints. */
  java(module, main, args, env = {}) {
    const target = path.join(this.#root, module, 'target');
    const classPath = [`${target}/test-classes`, `${target}/classes`, `${target}/quarkus-app/lib/main/*`, `${target}/quarkus-app/lib/boot/*`, `${this.#root}/src-shared/target/test-classes`].join(':');
    const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
    const options = ['-Xmx1g', '-XX:+UseSerialGC', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-cp', classPath];
    return execFileSync(java, [...options, main, ...args], { encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  async stop() {
    await this.#running?.stop();
  }
}

/** Services that run, and what can be seen of them. */
class RunningStack {
  #directory;
  #services;

  constructor(directory, services, started) {
    this.#directory = directory;
    this.#services = services;
    this.gateways = services
      .filter((service) => service.name.startsWith('gateway'))
      .map((service) => new Gateway(service, started.get(service.name)));
  }

  /** How the services reach storage; a program that is to reach it too takes it by environment. */
  get environment() {
    return { AZURE_STORAGE_CONNECTION_STRING: this.#services[0].env.AZURE_STORAGE_CONNECTION_STRING };
  }

  /** Calls to storage so far, by operation, of all services. */
  async calls() {
    const sum = {};
    for (const service of this.#services) {
      const text = await (await fetch(`http://127.0.0.1:${service.port}/q/metrics`)).text();
      for (const [, labels, count] of text.matchAll(CALLS)) {
        const operation = /operation="([^"]+)"/.exec(labels)[1];
        sum[operation] = (sum[operation] ?? 0) + Number(count);
      }
    }
    return sum;
  }

  /** Calls that idle services make, by polling. */
  async idleCallsPerSecond() {
    const total = async () => Object.values(await this.calls()).reduce((a, b) => a + b, 0);
    await delay(5_000);
    const before = await total();
    await delay(5_000);
    return ((await total()) - before) / 5;
  }

  /** From "merging" in the worker's log to "has ended" in the watcher's. */
  mergeSeconds(id) {
    return (this.#logged(/"Merging \d+ outputs/, id, 'worker') - this.#logged(/has ended/, id, 'watcher')) / -1000;
  }

  #logged(pattern, id, module) {
    for (const service of this.#services.filter((s) => s.name.startsWith(module))) {
      const log = fs.readFileSync(path.join(this.#directory, `${service.name}.log`), 'utf8');
      const line = log.split('\n').find((text) => pattern.test(text) && text.includes(id));
      if (line) return Date.parse(JSON.parse(line).timestamp);
    }
    throw new Error(`No log line ${pattern} of job ${id}`);
  }
}

class Gateway {
  #child;

  constructor(service, child) {
    this.url = `http://127.0.0.1:${service.port}`;
    this.#child = child;
  }

  /** The largest resident set so far. */
  peakMiB() {
    const status = fs.readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
  }
}
