import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './failure.mjs';
import { count, seconds } from './screen.mjs';

const NAME = 'ComputeOrchestrator';
const DEFAULT_INPUTS = 1_000;
const MANY = 1_000_000_000;
/** Each generated input is `[1,1]`. */
const RESULT = 2;
const UNFINISHED = ['Pending', 'Running', 'Suspended'];
const PERCENT = 100;
const POLL_MS = 250;

/** Starts the orchestration that is built in, as its clients do, follows it by its links, and checks its output. */
export class Orchestration {
  #screen;
  #gateway;
  #inputs;

  /** @param gateway its URL */
  constructor({ settings, screen }, gateway) {
    this.#screen = screen;
    this.#gateway = gateway;
    this.#inputs = settings.number('DEMO_INPUTS', { min: 1, max: MANY }) ?? DEFAULT_INPUTS;
  }

  async run() {
    const started = Date.now();
    const { id, statusQueryGetUri } = await this.#start();
    const instance = await this.#follow(statusQueryGetUri);
    this.#report(id, instance, Date.now() - started);
    this.#judge(id, instance);
  }

  async #start() {
    const url = `${this.#gateway}/api/orchestrators/${NAME}?inputCount=${this.#inputs}`;
    const links = await answer('The start', url, { method: 'POST' });
    this.#screen.line(`Started ${NAME} with ${count(this.#inputs)} inputs. Instance ${links.id}`);
    return links;
  }

  async #follow(url) {
    for (;;) {
      const instance = await answer('The status', url);
      if (!UNFINISHED.includes(instance.runtimeStatus)) {
        this.#screen.endProgress(describe(instance));
        return instance;
      }
      this.#screen.progress(describe(instance));
      await delay(POLL_MS);
    }
  }

  #report(id, { runtimeStatus, output }, duration) {
    if (runtimeStatus !== 'Completed') throw new Failure(`The instance ended as ${runtimeStatus}: ${text(output)}`);
    const rate = count((output.completed * 1000) / Math.max(1, duration));
    this.#screen.line(`Instance     ${id} ${runtimeStatus}: ${count(output.completed)} of ${count(output.total)} items, ${output.failed} failed`);
    this.#screen.line(`Duration     ${seconds(duration)} from the request up to the reduced value (${rate} items/s)`);
    this.#screen.line(`Output       ${text(output)}`);
  }

  #judge(id, { output }) {
    const total = this.#inputs;
    const expected = { completed: total, failed: 0, total, outputs: `output/${id}/`, value: RESULT * total };
    for (const [member, value] of Object.entries(expected)) {
      if (output[member] === value) continue;
      throw new Failure(`The output's "${member}" is wrong.\n  expected  ${value}\n  got       ${text(output[member])}`);
    }
    this.#screen.line(`Check        the output is right: ${count(total)} results, which add up to ${count(output.value)}`);
  }
}

function describe({ runtimeStatus, customStatus }) {
  if (!customStatus) return runtimeStatus;
  const { completed, failed, total, itemsPerSecond } = customStatus;
  const settled = completed + failed;
  const done = total > 0 ? Math.floor((settled / total) * PERCENT) : PERCENT;
  const rate = itemsPerSecond > 0 ? `, ${count(itemsPerSecond)} items/s` : '';
  return `${runtimeStatus} ${done} %: items ${count(settled)}/${count(total)}${rate}`;
}

async function answer(what, url, options) {
  const response = await fetch(url, options).catch((error) => {
    throw new Failure(`The gateway did not answer (${error.cause?.code ?? error.message}).`);
  });
  const body = await response.text();
  if (!response.ok) throw new Failure(`${what} was answered ${response.status} ${response.statusText}: ${body}`);
  return JSON.parse(body);
}

function text(value) {
  return JSON.stringify(value) ?? '(nothing)';
}
