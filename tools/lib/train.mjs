import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { demo } from './demo.mjs';
import { Packaging } from './packaging.mjs';
import { Settings } from './settings.mjs';

const MODULES = ['gateway', 'watcher', 'worker'];

/** Makes the AOT caches: a job and an orchestration are recorded, and what they needed of each service becomes its cache. */
export async function train(context) {
  // one worker, because all of them would write the same recording
  const settings = new Settings({ ...context.settings.env, WORKERS: '1' });
  await demo({ ...context, settings }, 'recording');
  // recordings are written when the services end
  await context.processes.stop();
  const assembling = new Packaging(context.root, context.settings.env, 'assembling');
  for (const module of MODULES) {
    context.screen.line(`Making the AOT cache of the ${module} ...`);
    const { command, args, directory } = assembling.executable(module);
    await promisify(execFile)(command, args, { cwd: directory });
  }
}
