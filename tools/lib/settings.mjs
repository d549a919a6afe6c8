import { Failure } from './failure.mjs';

const MAX_PORT = 65_535;

/** What the environment asks for. Reading fails with a message that names the variable. */
export class Settings {
  constructor(env) {
    this.env = env;
  }

  /** The variable's text; undefined when it is absent or empty. */
  text(name) {
    return this.env[name]?.trim() || undefined;
  }

  flag(name) {
    const value = this.text(name);
    return value !== undefined && !['0', 'false', 'no'].includes(value.toLowerCase());
  }

  /** A whole number within bounds, or undefined when the variable is not set. */
  number(name, { min, max }) {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < min || number > max) {
      throw new Failure(`${name}=${value} is not a whole number from ${min} to ${max}.`);
    }
    return number;
  }

  port(name) {
    return this.number(name, { min: 1, max: MAX_PORT });
  }
}
