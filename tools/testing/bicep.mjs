import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AZURE } from './deployment.mjs';

/** The Bicep compiler, if there is one on the PATH, at work on a copy of the templates. */
export class Bicep {
  static missing = spawnSync('bicep', ['--version']).error && 'there is no bicep on the PATH (https://github.com/Azure/bicep/releases)';

  constructor() {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'freshet-azure-'));
    fs.cpSync(AZURE, this.folder, { recursive: true });
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true });
  }

  /** All that the compiler says; nothing, if all is well. */
  run(...args) {
    const { status, stdout, stderr } = spawnSync('bicep', args, { cwd: this.folder, encoding: 'utf8' });
    return (stdout + stderr).trim() + (status === 0 ? '' : `\nbicep ended with ${status}`);
  }

  /** Files that are not what they are in the project. */
  changed() {
    const files = fs.readdirSync(this.folder, { recursive: true }).filter((file) => file.includes('bicep'));
    return files.filter((file) => fs.readFileSync(path.join(this.folder, file), 'utf8') !== fs.readFileSync(path.join(AZURE, file), 'utf8'));
  }
}
