import { Interrupted } from './failure.mjs';
import { watchMake } from './parent.mjs';

const SAME_KEYPRESS_MS = 500;

/** Turns signals into one rejection; a second Ctrl-C calls `impatient`. */
export class Interruption {
  #since;
  #interrupt;

  constructor(impatient) {
    this.happened = new Promise((_, reject) => (this.#interrupt = reject));
    this.happened.catch(() => {});
    process.on('SIGINT', () => this.#again(impatient));
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => this.#first(signal));
    watchMake((signal) => this.#first(signal));
  }

  #first(signal) {
    if (this.#since !== undefined) return;
    this.#since = Date.now();
    this.#interrupt(new Interrupted(signal));
  }

  /** One keypress may reach us more than once: from the terminal and through make. */
  #again(impatient) {
    if (this.#since === undefined) return this.#first('SIGINT');
    if (Date.now() - this.#since > SAME_KEYPRESS_MS) impatient();
  }
}
