/**
 * The packagings beside each other: jar, jar with AOT cache (`make aot`), native executable (`make native`); those that
 * are built. What is measured is alone on the machine but for the storage emulator and the services that it needs.
 */
import fs from 'node:fs';
import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export const KINDS = ['jar', 'aot', 'native'];
const IDLE_MS = 5_000;
const BUSY_PARTS = 10;
const LINES_PER_PART = 100_000;
const TICKS_PER_SECOND = 100;
const MIB = 2 ** 20;

export class Packagings {
  #lab;
  #kinds;
  #row;

  /** @param row takes a figure's name, its value by kind, a function that writes a value, and the aim */
  constructor(lab, row) {
    this.#lab = lab;
    this.#kinds = lab.built(KINDS);
    this.#row = row;
  }

  /** From the start of the process to its first claim: storage warm, a run waiting. */
  async firstClaim(rounds, submit) {
    const taken = this.#series();
    await this.#lab.with({ gateways: 1, watchers: 1 }, async (stack) => {
      await submit(stack, (rounds + 1) * this.#kinds.length);
      const watch = await ClaimWatch.before(stack.blobPort);
      for (let round = 0; round <= rounds; round++) {
        for (const kind of this.#kinds) {
          const claimed = watch.next();
          const begun = performance.now();
          const worker = await stack.start('worker', kind, { ...stack.environmentThrough(watch.port), WORKER_CONCURRENCY: '1' });
          const ms = (await claimed) - begun;
          await worker.kill();
          // the first round warms the storage emulator and the page cache
          if (round > 0) taken[kind].push(ms);
        }
      }
      watch.close();
    });
    this.#row('worker: process start to first claim', taken, (ms) => `${ms.toFixed(0)} ms`, 'native < 60 ms, AOT < 1/2 of the jar');
  }

  /** A worker's memory without work, and at its peak while it computes; lines per second, by clock and by CPU. */
  async computing(rounds, run) {
    const [idle, peak, rate, perCpu] = [this.#series(), this.#series(), this.#series(), this.#series()];
    for (let round = 0; round < rounds; round++) {
      for (const kind of this.#kinds) {
        await this.#lab.with({ gateways: 1, watchers: 1, workers: 1, threads: 2, kinds: { worker: kind } }, async (stack) => {
          const [worker] = stack.workers;
          await delay(IDLE_MS);
          idle[kind].push(worker.mib('VmRSS'));
          const cpu = worker.cpuSeconds();
          const seconds = await run(stack, BUSY_PARTS * LINES_PER_PART, LINES_PER_PART);
          peak[kind].push(worker.mib('VmHWM'));
          rate[kind].push((BUSY_PARTS * LINES_PER_PART) / seconds);
          perCpu[kind].push((BUSY_PARTS * LINES_PER_PART) / (worker.cpuSeconds() - cpu));
        });
        this.#lab.progress(`computing ${round + 1}/${rounds}, ${kind}: ${idle[kind].at(-1).toFixed(0)} MiB idle, ${peak[kind].at(-1).toFixed(0)} MiB busy`);
      }
    }
    this.#row('worker: RSS idle', idle, mebibytes, 'native < 64 MiB');
    this.#row(`worker: peak RSS, ${BUSY_PARTS} parts of ${LINES_PER_PART} lines`, peak, mebibytes, 'native < 128 MiB');
    this.#row('worker: lines/s, from submission to results', rate, thousands, '');
    this.#row('worker: lines per second of CPU', perCpu, thousands, '');
  }

  /** A gateway's start, its memory after a large upload, and how fast that was. */
  async uploading(rounds, file, post) {
    const [ready, peak, rate, perCpu] = [this.#series(), this.#series(), this.#series(), this.#series()];
    const size = fs.statSync(file).size / MIB;
    for (let round = 0; round < rounds; round++) {
      for (const kind of this.#kinds) {
        await this.#lab.with({}, async (stack) => {
          // the first one warms the storage emulator and the page cache
          const warmUp = await stack.start('gateway', kind, {});
          await warmUp.ready();
          await warmUp.kill();
          const begun = performance.now();
          const gateway = await stack.start('gateway', kind, {});
          await gateway.ready();
          ready[kind].push(performance.now() - begun);
          const cpu = gateway.cpuSeconds();
          rate[kind].push(size / post(gateway.url, file));
          peak[kind].push(gateway.mib('VmHWM'));
          perCpu[kind].push(size / (gateway.cpuSeconds() - cpu));
        });
        this.#lab.progress(`uploading ${round + 1}/${rounds}, ${kind}: ready after ${ready[kind].at(-1).toFixed(0)} ms, ${peak[kind].at(-1).toFixed(0)} MiB`);
      }
    }
    this.#row('gateway: process start to ready', ready, (ms) => `${ms.toFixed(0)} ms`, 'native < 60 ms');
    this.#row(`gateway: peak RSS, ${size.toFixed(0)} MiB uploaded`, peak, mebibytes, 'native < 128 MiB');
    this.#row('gateway: upload', rate, (r) => `${r.toFixed(0)} MiB/s`, '');
    this.#row('gateway: upload per second of CPU', perCpu, (r) => `${r.toFixed(0)} MiB`, '');
  }

  #series() {
    return Object.fromEntries(this.#kinds.map((kind) => [kind, []]));
  }
}

/** Storage as a worker sees it, through a proxy that tells when it has taken a lease. */
class ClaimWatch {
  #claimed = () => {};

  static async before(blobPort) {
    const watch = new ClaimWatch();
    const agent = new http.Agent({ keepAlive: true });
    watch.server = http.createServer((request, response) => watch.#forward(request, response, { blobPort, agent }));
    await new Promise((resolve) => watch.server.listen(0, '127.0.0.1', resolve));
    watch.port = watch.server.address().port;
    return watch;
  }

  /** The time at which the next lease was granted. */
  next() {
    return new Promise((resolve) => (this.#claimed = resolve));
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  #forward(request, response, { blobPort, agent }) {
    const { method, url, headers } = request;
    const forwarded = http.request({ host: '127.0.0.1', port: blobPort, path: url, method, headers, agent }, (answer) => {
      if (headers['x-ms-lease-action'] === 'acquire' && answer.statusCode === 201) this.#claimed(performance.now());
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    // the worker is killed as soon as it has its claim
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  }
}

/** A process as the kernel sees it. */
export class Footprint {
  #pid;

  constructor(pid) {
    this.#pid = pid;
  }

  /** @param field `VmRSS` now, `VmHWM` at its peak */
  mib(field) {
    const status = fs.readFileSync(`/proc/${this.#pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)[1]) / 1024;
  }

  cpuSeconds() {
    const [user, system] = fs.readFileSync(`/proc/${this.#pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_PER_SECOND;
  }
}

function mebibytes(mib) {
  return `${mib.toFixed(0)} MiB`;
}

function thousands(rate) {
  return `${(rate / 1000).toFixed(0)} k`;
}
