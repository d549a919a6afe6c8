import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const MINUTE = 60_000;
const require = createRequire(new URL('azurite/package.json', import.meta.url));
require('./mends.cjs');
const { default: Extents } = require('azurite/dist/src/common/persistence/LokiExtentMetadataStore.js');

async function extents(count, age) {
  const store = new Extents('in memory', true);
  await store.init();
  const ids = Array.from({ length: count }, (_, i) => `extent-${i}`);
  for (const id of ids) await store.updateExtent({ id, locationId: id, path: id, size: 1, lastModifiedInMS: Date.now() - age });
  return { store, ids, all: async () => (await store.iteratorExtents().next()).value };
}

test('a sweep of the emulator spares what has just been written', async () => {
  assert.deepEqual(await (await extents(3, 0)).all(), []);
  assert.deepEqual(await (await extents(3, 11 * MINUTE)).all(), ['extent-0', 'extent-1', 'extent-2']);
});

test('requests get their turn while the emulator sweeps', async () => {
  const { store, ids, all } = await extents(20, 11 * MINUTE);
  let turns = 0;
  const request = () => {
    turns++;
    waiting = setImmediate(request);
  };
  let waiting = setImmediate(request);

  for (const id of ids) await store.deleteExtent(id);
  clearImmediate(waiting);

  assert.ok(turns >= ids.length - 1, `${turns} turns`);
  assert.deepEqual(await all(), []);
});
