import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './failure.mjs';

const START_LIMIT_MS = 120_000;
const POLL_MS = 100;
const RESTART_DELAY_MS = 1_000;
const QUICK_DEATH_MS = 10_000;
const QUICK_DEATHS_LIMIT = 5;

/** Azurite, gateway, watcher and workers: started together, watched while they run. */
export class Stack {
  #processes;
  #screen;
  #workers = new Map();
  #broken;
  #fail;

  /** Settles, by rejection alone, when something that is needed has died. */
  get broken() {
    return this.#broken;
  }

  constructor(processes, screen) {
    this.#processes = processes;
    this.#screen = screen;
    this.#broken = new Promise((_, reject) => (this.#fail = reject));
    this.#broken.catch(() => {});
  }

  /**
   * Starts everything and returns when all answer.
   *
   * @param plan `{storage, services, workers, restartWorkers}`, the first three lists of programs
   */
  async start(plan) {
    await Promise.all(plan.storage.map((program) => this.#startNeeded(program)));
    const needed = plan.services.map((program) => this.#startNeeded(program));
    const workers = plan.workers.map((program) => this.#startWorker(program));
    await Promise.all([...needed, ...workers]);
    for (const name of this.#workers.keys()) this.#watchWorker(name, plan.restartWorkers);
  }

  /** Kills one worker as a crash would, and returns its name. */
  killWorker() {
    const [worker] = this.#workers.values();
    worker.signal('SIGKILL');
    return worker.name;
  }

  async #startNeeded(program) {
    const child = this.#processes.start(program);
    await this.#ready(child);
    child.ended.then(() => {
      if (!this.#processes.stopping) this.#fail(child.failure('unexpectedly'));
    });
  }

  async #startWorker(program) {
    const child = this.#processes.start(program);
    this.#workers.set(program.name, child);
    await this.#ready(child);
  }

  async #ready(child) {
    const limit = Date.now() + START_LIMIT_MS;
    while (!(await answers(child.program))) {
      if (child.end !== undefined) throw child.failure('while starting');
      if (Date.now() > limit) {
        throw new Failure(`${child.name} was not ready within ${START_LIMIT_MS / 1000} s. ${child.logTail()}`);
      }
      await Promise.race([delay(POLL_MS), child.ended]);
    }
  }

  async #watchWorker(name, restart) {
    let quickDeaths = 0;
    for (;;) {
      const child = this.#workers.get(name);
      const how = await child.ended;
      if (this.#processes.stopping) return;
      quickDeaths = Date.now() - child.started < QUICK_DEATH_MS ? quickDeaths + 1 : 0;
      if (!restart) return this.#lose(child, how);
      if (quickDeaths === QUICK_DEATHS_LIMIT) return this.#fail(child.failure('again and again'));
      this.#screen.line(`${name} died (${how}); it is started again.`);
      await delay(RESTART_DELAY_MS);
      if (this.#processes.stopping) return;
      this.#workers.set(name, this.#processes.start(child.program));
    }
  }

  #lose(child, how) {
    this.#workers.delete(child.name);
    if (this.#workers.size === 0) return this.#fail(child.failure('as the last worker'));
    this.#screen.line(`${child.name} died (${how}); ${this.#workers.size} left.`);
  }
}

/** Whether the program serves: 200 on its health path, or any answer at all when it has none. */
function answers({ port, health }) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: health ?? '/', agent: false, timeout: 5_000 });
    request.once('response', (response) => {
      response.resume();
      resolve(health === undefined || response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
