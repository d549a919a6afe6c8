import path from 'node:path';
import { Failure } from './failure.mjs';
import { Packaging } from './packaging.mjs';
import { Ports } from './ports.mjs';
import { Programs } from './programs.mjs';
import { run } from './run.mjs';
import { Stack } from './stack.mjs';

const AZURITE_PORTS = 3;
// some 1,400 requests, the same each time; what changes jobs in a row (`stateful`) needs workers
const OPTIONS = [
  '--max-examples=25',
  '--phases=examples,coverage,fuzzing',
  '--generation-deterministic',
  '--request-timeout=20',
  '--warnings=off',
  // they do not end before a job does, and there are no workers; the gateway's own tests read them
  '--exclude-path=/dashboard/events',
  '--exclude-path=/jobs/{id}/events',
];

/**
 * Fuzzes a gateway of its own by its OpenAPI document: no 5xx, and no answer that the document does not describe. There
 * are no workers: what is submitted stays as it is, and goes with the storage.
 */
export async function fuzz(context) {
  const { root, settings, processes, screen } = context;
  const venv = settings.text('FUZZ_VENV');
  if (!venv) throw new Failure('FUZZ_VENV has to say where tools/python.sh has installed schemathesis.');
  const gateway = await start(context);
  screen.line(`Fuzzing ${gateway}/q/openapi ...`);
  const bin = path.resolve(root, venv, 'bin');
  const contract = path.join(root, 'tools/contract');
  const document = `${gateway}/q/openapi?format=json`;
  await run(path.join(bin, 'python'), [path.join(contract, 'valid.py'), document], context);
  await run(path.join(bin, 'schemathesis'), ['--config-file', path.join(contract, 'schemathesis.toml'), 'run', document, ...OPTIONS], context);
  await processes.stop();
}

async function start({ root, settings, processes }) {
  const ports = new Ports();
  const azuritePort = await ports.free(AZURITE_PORTS);
  const port = await ports.free();
  const packaging = new Packaging(root, settings.env, 'jar');
  const programs = new Programs({ root, env: settings.env, packaging, azuritePort });
  await new Stack(processes).start({
    storage: [programs.azurite('blob'), programs.azurite('queue')],
    services: [programs.service('gateway', 'gateway', port)],
    workers: [],
  });
  return `http://127.0.0.1:${port}`;
}
