import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { Ports } from './lib/ports.mjs';
import { Settings } from './lib/settings.mjs';

test('a variable that is no port is named with what it should be', () => {
  assert.throws(() => new Settings({ GATEWAY_PORT: '8o80' }).port('GATEWAY_PORT'), /^Error: GATEWAY_PORT=8o80 is not a whole number from 1 to 65535/);
  assert.throws(() => new Settings({ GATEWAY_PORT: '70000' }).port('GATEWAY_PORT'), /GATEWAY_PORT=70000/);
});

test('an empty variable counts as not set', () => {
  assert.equal(new Settings({ WORKERS: ' ' }).number('WORKERS', { min: 1, max: 2 }), undefined);
});

test('a flag is off by 0 and on by 1', () => {
  assert.deepEqual(['0', 'false', '', '1', 'yes'].map((value) => new Settings({ NATIVE: value }).flag('NATIVE')), [false, false, false, true, true]);
});

test('a taken port is refused with the variable that moves it', async (t) => {
  const taken = net.createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address();

  await assert.rejects(new Ports().wanted('AZURITE_PORT', port, 3), new RegExp(`Port ${port} is taken: set AZURITE_PORT`));
});

test('no port is given twice', async () => {
  const ports = new Ports();
  const first = await ports.free(3);

  await assert.rejects(ports.wanted('GATEWAY_PORT', first + 2), /is taken/);
});
