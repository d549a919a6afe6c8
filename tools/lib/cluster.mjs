import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';
import { Ports } from './ports.mjs';
import { Programs } from './programs.mjs';
import { Stack } from './stack.mjs';

const RELEASE = 'freshet';
const SECRET = 'azure-connection-strings';
const AZURITE_PORTS = 3;
/** Each as heavy as a process here, where the cluster is one of this machine. */
const DEFAULT_PODS = 4;
const START_MS = 60_000;
const POLL_MS = 200;
const MEBIBYTE = 2 ** 20;
const run = promisify(execFile);
let made = 0;

/** A release of the chart on the cluster that KUBECONFIG names, in a namespace of its own, which goes with it. */
class Release {
  constructor({ root, settings, screen, processes }, namespace) {
    Object.assign(this, { root, settings, screen, processes, namespace });
  }

  async install(connection, more) {
    await this.kubectl('create', 'namespace', this.namespace);
    await this.kubectl('label', 'namespace', this.namespace, 'pod-security.kubernetes.io/enforce=restricted');
    await this.#namespaced('create', 'secret', 'generic', SECRET, `--from-literal=storage-account-connection-string=${connection}`);
    const pods = this.settings.number('WORKERS', { min: 1, max: 100 }) ?? DEFAULT_PODS;
    const values = ['settings.FRESHET_EVENTS=direct', `settings.ACIMAXPARALLELISM=${pods}`, `scale.maxReplicaCount=${pods}`, 'networkPolicy.egress[0].ports[0].protocol=TCP'];
    await this.helm('install', RELEASE, 'kubernetes/chart', ...[...values, ...more, ...this.#asked()].flatMap((value) => ['--set', value]), '--wait', '--timeout', '3m');
  }

  /** What the images are called there, for instance. */
  #asked() {
    return this.settings.text('KUBE_VALUES')?.split(' ') ?? [];
  }

  async remove() {
    await this.helm('uninstall', RELEASE, '--wait', '--timeout', '3m').catch(() => {});
    await this.kubectl('delete', 'namespace', this.namespace, '--ignore-not-found');
  }

  /** The URL of the gateway, by a port of this machine. */
  async gateway(port) {
    const forward = this.processes.start({
      name: 'port-forward',
      command: 'kubectl',
      args: ['port-forward', '--namespace', this.namespace, `service/${RELEASE}-gateway`, `${port}:8080`],
      env: this.settings.env,
      directory: this.root,
    });
    const url = `http://127.0.0.1:${port}`;
    const limit = Date.now() + START_MS;
    while (!(await answers(url))) {
      if (forward.end !== undefined || Date.now() > limit) throw forward.failure('before the gateway answered');
      await Promise.race([delay(POLL_MS), forward.ended]);
    }
    return url;
  }

  /** Ends a worker at once, and returns its name. */
  killWorker() {
    this.#namespaced('delete', 'pod', '--selector', 'app.kubernetes.io/component in (worker,burst)', '--grace-period=0', '--force').catch(() => {});
    return 'the pods that work';
  }

  #namespaced(...args) {
    return this.kubectl(...args, '--namespace', this.namespace);
  }

  kubectl(...args) {
    return this.#program('kubectl', args);
  }

  helm(...args) {
    return this.#program(this.settings.text('HELM') ?? 'helm', [...args, '--namespace', this.namespace]);
  }

  async #program(program, args) {
    try {
      return (await run(program, args, { cwd: this.root, env: this.settings.env, maxBuffer: 16 * MEBIBYTE })).stdout;
    } catch (error) {
      if (error.code === 'ENOENT') throw new Failure(`${program} is not on the PATH; KUBE=1 needs kubectl and helm.`);
      // arguments may have a key in them
      throw new Failure(`${program} ${args[0]} failed: ${String(error.stderr).trim()}`);
    }
  }
}

/**
 * Installs Freshet on the cluster of KUBECONFIG; storage is an emulator of this machine, or the account whose connection
 * string is in E2E_STORAGE, if pods do not reach this machine.
 *
 * @param values of the chart, as `--set` takes them
 */
export async function launchOnCluster(context, values = []) {
  const { settings, screen } = context;
  if (!settings.text('KUBECONFIG')) throw new Failure('KUBE=1: set KUBECONFIG to a cluster with KEDA and the images of Freshet.');
  const ports = new Ports();
  const connection = settings.text('E2E_STORAGE') ?? (await emulator(context, ports));
  const release = new Release(context, `freshet-demo-${process.pid}-${++made}`);
  screen.line(`Installing Freshet into the namespace ${release.namespace} ...`);
  try {
    await release.install(connection, values);
    const gateway = await release.gateway(await ports.free());
    const never = new Promise(() => {});
    return { gateway, release, stack: { broken: never, killWorker: () => release.killWorker() }, end: () => release.remove() };
  } catch (error) {
    await release.remove();
    throw error;
  }
}

async function emulator({ root, settings, screen, processes }, ports) {
  const programs = new Programs({ root, env: settings.env, azuritePort: await ports.free(AZURITE_PORTS) });
  const storage = ['blob', 'queue'].map((kind) => programs.azurite(kind));
  await new Stack(processes, screen).start({ storage, services: [], workers: [], restartWorkers: false });
  return programs.connectionString;
}

async function answers(url) {
  try {
    return (await fetch(`${url}/jobs?limit=1`)).ok;
  } catch {
    return false;
  }
}
