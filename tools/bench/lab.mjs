import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Packaging } from '../lib/packaging.mjs';
import { Ports } from '../lib/ports.mjs';
import { Processes } from '../lib/processes.mjs';
import { Programs } from '../lib/programs.mjs';
import { Screen } from '../lib/screen.mjs';
import { Stack } from '../lib/stack.mjs';
import { Footprint } from './packagings.mjs';

const READY_POLL_MS = 1;
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

  /** Those kinds of packaging in which all services are built. */
  built(kinds) {
    return kinds.filter((kind) => {
      try {
        ['gateway', 'worker'].forEach((module) => new Packaging(this.#root, process.env, kind).executable(module));
        return true;
      } catch (failure) {
        this.progress(`${kind} is left out: ${failure.message}`);
        return false;
      }
    });
  }

  /** Starts storage and so many services, all fresh, for one action; `kinds` says how modules are packaged, `settings` are environment; `tables` for those who need them. */
  async with({ gateways = 0, workers = 0, watchers = 0, threads, kinds = {}, settings = {}, tables = false }, action) {
    const directory = path.join(this.#scratch, `stack-${++this.#stacks}`);
    fs.mkdirSync(directory);
    const processes = (this.#running = new Processes(directory));
    const ports = new Ports();
    const azuritePort = await ports.free(3);
    const env = { ...process.env, ...settings, ...(threads ? { WORKER_CONCURRENCY: String(threads) } : {}) };
    const programs = (kind) => new Programs({ root: this.#root, env, packaging: new Packaging(this.#root, env, kind), azuritePort });
    const program = async (module, name, kind = kinds[module] ?? 'jar') => programs(kind).service(module, name, await ports.free());
    const several = async (module, count) => {
      const list = [];
      while (list.length < count) list.push(await program(module, `${module}-${list.length + 1}`));
      return list;
    };
    const services = [...(await several('gateway', gateways)), ...(await several('watcher', watchers)), ...(await several('worker', workers))];
    const stack = new RunningStack({ directory, processes, program, blobPort: azuritePort, connectionString: programs('jar').connectionString });
    try {
      const storage = ['blob', 'queue', ...(tables ? ['table'] : [])].map((kind) => programs('jar').azurite(kind));
      const noted = { start: (started) => stack.note(started), stopping: false };
      await new Stack(noted, this.#screen).start({ storage, services, workers: [], restartWorkers: false });
      return await action(stack);
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
  #lab;
  #running = [];
  #storage = new Map();

  /** @param lab `{directory, processes, program, blobPort, connectionString}`; `program` makes one of `(module, name, kind)` */
  constructor(lab) {
    this.#lab = lab;
  }

  /** Starts a program and knows it from then on. */
  note(program) {
    const child = this.#lab.processes.start(program);
    if (program.health) this.#running.push(new Running(child));
    else this.#storage.set(program.name, new Footprint(child.pid));
    return child;
  }

  /** Starts one service more without waiting for it. */
  async start(module, kind, env) {
    const program = await this.#lab.program(module, `${module}-${this.#running.length + 1}`, kind);
    this.note({ ...program, env: { ...program.env, ...env } });
    return this.#running.at(-1);
  }

  get gateways() {
    return this.#of('gateway');
  }

  get workers() {
    return this.#of('worker');
  }

  get watchers() {
    return this.#of('watcher');
  }

  /** The process of the emulator that has the blobs. */
  get blobStorage() {
    return [...this.#storage].find(([name]) => name.includes('blob'))[1];
  }

  get blobPort() {
    return this.#lab.blobPort;
  }

  /** The emulator's, whose key everyone knows. */
  get connectionString() {
    return this.#lab.connectionString;
  }

  /** How the services reach storage; a program that is to reach it too takes it by environment. */
  get environment() {
    return { AZURE_STORAGE_CONNECTION_STRING: this.connectionString };
  }

  /** The same, blobs by another port. */
  environmentThrough(port) {
    const direct = this.environment.AZURE_STORAGE_CONNECTION_STRING;
    return { AZURE_STORAGE_CONNECTION_STRING: direct.replace(`:${this.blobPort}/`, `:${port}/`) };
  }

  /** Calls to storage so far, by operation, of all services. */
  async calls() {
    const sum = {};
    for (const service of this.#running) {
      for (const [operation, count] of Object.entries(await service.calls())) sum[operation] = (sum[operation] ?? 0) + count;
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

  #of(module) {
    return this.#running.filter((service) => service.program.name.startsWith(module));
  }
}

/** One service as a process. */
class Running extends Footprint {
  #child;

  constructor(child) {
    super(child.pid);
    this.#child = child;
  }

  get program() {
    return this.#child.program;
  }

  get log() {
    return this.#child.log;
  }

  get url() {
    return `http://127.0.0.1:${this.program.port}`;
  }

  /** As a crash does. */
  async kill() {
    this.#child.signal('SIGKILL');
    await this.#child.ended;
  }

  /** Calls to storage so far, by operation. */
  async calls() {
    const sum = {};
    const text = await (await fetch(`${this.url}/q/metrics`)).text();
    for (const [, labels, count] of text.matchAll(CALLS)) {
      const operation = /operation="([^"]+)"/.exec(labels)[1];
      sum[operation] = (sum[operation] ?? 0) + Number(count);
    }
    return sum;
  }

  /** Asked so often that the answer's time is the time of readiness. */
  async ready() {
    while (!(await this.#isReady())) await delay(READY_POLL_MS);
  }

  #isReady() {
    return new Promise((resolve) => {
      const request = http.get(`${this.url}${this.program.health}`, { agent: false });
      request.once('response', (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      });
      request.once('error', () => resolve(false));
    });
  }
}
