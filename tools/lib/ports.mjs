import net from 'node:net';
import { Failure } from './failure.mjs';

// below the ports that operating systems give to outgoing connections
const FIRST_FREE_CHOICE = 20_000;
const LAST_FREE_CHOICE = 32_000;
const ATTEMPTS = 200;

/** Gives out ports on the loopback, none of them twice. */
export class Ports {
  #given = new Set();

  /** `count` consecutive ports from `first` as the variable `name` asks. */
  async wanted(name, first, count = 1) {
    for (const port of consecutive(first, count)) {
      if (this.#given.has(port) || !(await isFree(port))) {
        throw new Failure(`Port ${port} is taken: set ${name} to another port, e.g. ${name}=${first + 100}.`);
      }
      this.#given.add(port);
    }
    return first;
  }

  /** The first of `count` consecutive free ports. */
  async free(count = 1) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const first = FIRST_FREE_CHOICE + Math.floor(Math.random() * (LAST_FREE_CHOICE - FIRST_FREE_CHOICE));
      if (await this.#allFree(first, count)) {
        consecutive(first, count).forEach((port) => this.#given.add(port));
        return first;
      }
    }
    throw new Failure(`No free port found between ${FIRST_FREE_CHOICE} and ${LAST_FREE_CHOICE}.`);
  }

  async #allFree(first, count) {
    for (const port of consecutive(first, count)) {
      if (this.#given.has(port) || !(await isFree(port))) return false;
    }
    return true;
  }
}

function consecutive(first, count) {
  return Array.from({ length: count }, (_, i) => first + i);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
