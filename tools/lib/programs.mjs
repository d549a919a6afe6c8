import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from './failure.mjs';

const LOOPBACK = '127.0.0.1';
const MEBIBYTE = 2 ** 20;
const AZURITE_MEMORY_MIB = 8_192;
// Azurite's development account and key: the same for everyone, published by its makers
const ACCOUNT = 'devstoreaccount1';
const ACCOUNT_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
// a cloud account that the user's shell knows must not be touched by a local run
const CLOUD_VARIABLES = ['STORAGEACCOUNT', 'STORAGEKEY', 'AZURE_STORAGE_CONNECTION_STRING'];

/** The command lines and environments of everything that a local Freshet consists of. */
export class Programs {
  /** @param options `{root, env, packaging, azuritePort}`; `root` is the repository */
  constructor(options) {
    this.options = options;
  }

  /** @param kind `blob`, `queue` or `table`: processes of their own, because each keeps one core busy */
  azurite(kind) {
    const directory = path.join(this.options.root, 'tools/azurite');
    const main = path.join(directory, 'node_modules/azurite/dist/src', kind, 'main.js');
    if (!fs.existsSync(main)) throw new Failure('Azurite is not installed: run `npm ci` in tools/azurite.');
    const port = this.azuritePort(kind);
    const args = ['--require', path.join(directory, 'sweeping.cjs'), main, '--silent', '--disableTelemetry', '--inMemoryPersistence'];
    args.push(`--${kind}Host`, LOOPBACK, `--${kind}Port`, String(port));
    if (kind !== 'table') args.push('--extentMemoryLimit', String(memoryLimit()));
    const env = this.#environment({});
    return { name: `azurite-${kind}`, command: process.execPath, args, env, port, last: true };
  }

  azuritePort(kind) {
    return this.options.azuritePort + ['blob', 'queue', 'table'].indexOf(kind);
  }

  /** @param module `gateway`, `worker` or `watcher` */
  service(module, name, port) {
    const env = this.#environment({
      AZURE_STORAGE_CONNECTION_STRING: this.connectionString,
      QUARKUS_HTTP_HOST: LOOPBACK,
      QUARKUS_HTTP_PORT: String(port),
      FRESHET_EVENTS: 'direct',
    });
    return { name, env, port, health: '/q/health/ready', ...this.options.packaging.executable(module) };
  }

  /** How services and clients reach the emulator. */
  get connectionString() {
    const endpoint = (kind) => `http://${LOOPBACK}:${this.azuritePort(kind)}/${ACCOUNT}`;
    return [
      'DefaultEndpointsProtocol=http',
      `AccountName=${ACCOUNT}`,
      `AccountKey=${ACCOUNT_KEY}`,
      `BlobEndpoint=${endpoint('blob')}`,
      `QueueEndpoint=${endpoint('queue')}`,
      `TableEndpoint=${endpoint('table')};`,
    ].join(';');
  }

  #environment(additions) {
    const env = { ...this.options.env };
    CLOUD_VARIABLES.forEach((name) => delete env[name]);
    return { ...env, ...additions };
  }
}

function memoryLimit() {
  return Math.min(AZURITE_MEMORY_MIB, Math.floor(os.totalmem() / MEBIBYTE / 2));
}
