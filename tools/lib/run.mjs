import { spawn } from 'node:child_process';
import path from 'node:path';
import { Failure } from './failure.mjs';

/** Runs a program to its end; what it prints is the user's. It ends with us, whatever ends us. */
export function run(command, args, { directory, processes }, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: directory, env, stdio: ['ignore', 'inherit', 'inherit'] });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('error', (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => {
      process.off('exit', end);
      if (code === 0) return resolve();
      reject(new Failure(processes.stopping ? 'interrupted' : `${path.basename(command)} ended with ${signal ?? code}: see above.`));
    });
  });
}
