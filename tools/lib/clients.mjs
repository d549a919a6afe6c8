import path from 'node:path';
import { launch } from './launch.mjs';
import { run } from './run.mjs';
import { Settings } from './settings.mjs';

/** What is terminated leaves few messages behind. */
const FEW = { DISPATCHWINDOW: '8', WORKERS: '1' };

/** Runs the clients of Durable Functions, as their makers publish them, against services of their own. */
export async function clients(context) {
  const { root, settings, screen, processes } = context;
  const venv = settings.text('CLIENT_VENV');
  const directory = path.join(root, 'tools/clients');
  const few = new Settings({ ...settings.env, ...FEW });
  const { gateway } = await launch({ ...context, settings: few }, { ports: 'free', storage: ['blob', 'queue'], restartWorkers: false });
  const env = { ...settings.env, FRESHET_GATEWAY: gateway };
  screen.line('The client of Durable Functions for Node ...');
  await run(process.execPath, ['--test', path.join(directory, 'durable-functions.test.mjs')], context, env);
  if (venv) {
    screen.line('The client of Durable Functions for Python ...');
    await run(path.resolve(root, venv, 'bin/python'), [path.join(directory, 'durable_client.py')], context, env);
  }
  await processes.stop();
}
