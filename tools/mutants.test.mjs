import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const MUTANTS = path.join(ROOT, 'system-test/src/test/mutants');

const skip = spawnSync('patch', ['--version']).error ? 'there is no `patch`' : false;

// they are tried by `make mutants` alone, and the services go on meanwhile
for (const patch of fs.readdirSync(MUTANTS).filter((file) => file.endsWith('.patch'))) {
  test(`the deliberate mistake ${patch} fits the services as they are`, { skip }, () => {
    execFileSync('patch', ['--dry-run', '--silent', '--force', '-p1', '-i', path.join(MUTANTS, patch)], { cwd: ROOT });
  });
}
