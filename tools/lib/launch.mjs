import path from 'node:path';
import { Packaging } from './packaging.mjs';
import { Ports } from './ports.mjs';
import { Programs } from './programs.mjs';
import { Stack } from './stack.mjs';

const WELL_KNOWN = { GATEWAY_PORT: 8080, WATCHER_PORT: 8081, AZURITE_PORT: 10_000 };
const AZURITE_PORTS = 3;
const DEFAULT_WORKERS = 2;
const MAX_WORKERS = 64;

/**
 * Starts a local Freshet.
 *
 * @param context `{root, directory, settings, screen, processes}` of this invocation
 * @param wishes `{ports, storage, restartWorkers, packaging}`: ports `well-known` or `free`, and how the services are
 *     packaged, where no variable says otherwise
 */
export async function launch(context, wishes) {
  const { settings, screen, processes } = context;
  const workers = settings.number('WORKERS', { min: 1, max: MAX_WORKERS }) ?? DEFAULT_WORKERS;
  const ports = await choosePorts(settings, wishes.ports, workers);
  const programs = new Programs({
    root: context.root,
    env: settings.env,
    packaging: new Packaging(context.root, settings.env, wishes.packaging ?? askedFor(settings)),
    azuritePort: ports.azurite,
  });
  screen.line(`Starting Azurite, gateway, watcher and ${workers} worker${workers > 1 ? 's' : ''} ...`);
  const stack = new Stack(processes, screen);
  await stack.start({
    storage: wishes.storage.map((kind) => programs.azurite(kind)),
    services: [programs.service('gateway', 'gateway', ports.gateway), programs.service('watcher', 'watcher', ports.watcher)],
    workers: ports.workers.map((port, i) => programs.service('worker', `worker-${i + 1}`, port)),
    restartWorkers: wishes.restartWorkers,
  });
  return {
    stack,
    gateway: `http://127.0.0.1:${ports.gateway}`,
    watcher: `http://127.0.0.1:${ports.watcher}`,
    storage: `http://127.0.0.1:${ports.azurite}`,
    directory: path.relative(process.cwd(), context.directory) || '.',
  };
}

function askedFor(settings) {
  if (settings.flag('NATIVE')) return 'native';
  return settings.flag('AOT') ? 'aot' : 'jar';
}

async function choosePorts(settings, policy, workers) {
  const ports = new Ports();
  const choose = (name, count = 1) => {
    const asked = settings.port(name) ?? (policy === 'well-known' ? WELL_KNOWN[name] : undefined);
    return asked === undefined ? ports.free(count) : ports.wanted(name, asked, count);
  };
  const gateway = await choose('GATEWAY_PORT');
  const watcher = await choose('WATCHER_PORT');
  const azurite = await choose('AZURITE_PORT', AZURITE_PORTS);
  const ofWorkers = [];
  while (ofWorkers.length < workers) ofWorkers.push(await ports.free());
  return { gateway, watcher, azurite, workers: ofWorkers };
}
