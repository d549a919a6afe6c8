/** A failure that the user can understand from its message alone; shown as one line, without a stack trace. */
export class Failure extends Error {}

/** The user ended the command by a signal. */
export class Interrupted extends Error {
  constructor(signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
  }
}
