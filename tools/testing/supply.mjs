/** What is in the packaged services, and whether we may hand it on. `make test` runs this after the build. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { components, fits, notice, SERVICES } from '../lib/supply.mjs';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

for (const service of SERVICES) {
  test(`the bill of materials of the ${service} has every jar that is packaged`, () => {
    const billed = new Set(components(ROOT, service).map(({ group, name, version }) => `${group}.${name}-${version}`));
    const lib = path.join(ROOT, service, 'target/quarkus-app/lib');
    const jars = fs.readdirSync(lib, { recursive: true }).filter((file) => file.endsWith('.jar')).map((file) => path.basename(file, '.jar'));

    assert.ok(jars.length > 50, `only ${jars.length} jars`);
    assert.deepEqual(jars.filter((jar) => !jar.startsWith('io.freshet.') && ![...billed].some((name) => jar === name || jar.startsWith(`${name}-`))), []);
  });

  test(`the ${service} has nothing that does not fit its licence`, () => {
    assert.deepEqual(components(ROOT, service).filter((component) => !fits(component)), []);
  });
}

test('NOTICE names what is in the services; `make notice` writes it anew', () => {
  assert.equal(fs.readFileSync(path.join(ROOT, 'NOTICE'), 'utf8'), notice(ROOT));
});
