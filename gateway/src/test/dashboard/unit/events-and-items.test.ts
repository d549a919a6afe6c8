import assert from 'node:assert/strict';
import test from 'node:test';
import { parser, type StreamEvent } from '../../../main/dashboard/transport/events';
import { DONE, FAILED, Items } from '../../../main/dashboard/model/items';

function read(...chunks: string[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const take = parser(event => events.push(event));
  chunks.forEach(take);
  return events;
}

test('an event may be cut anywhere, and lines may end in any of three ways', () => {
  const text = ':\n\nid: e-1\nevent: point\ndata: {"at":1}\r\n\r\ndata:a\rdata: b\r\r';
  const whole = read(text + '\n');
  for (let at = 1; at < text.length; at++) assert.deepEqual(read(text.slice(0, at), text.slice(at), '\n'), whole, `cut at ${at}`);
  assert.deepEqual(whole, [{ id: 'e-1', type: 'point', data: '{"at":1}' }, { id: 'e-1', type: 'message', data: 'a\nb' }]);
});

test('comments and events without data are silent', () => {
  assert.deepEqual(read(': beat\n\n', 'event: x\n\n', 'id: 7\n\n'), []);
});

test('a delta changes states, totals and cells once', () => {
  const items = new Items(20_001, new Uint8Array(10_001), 5);
  assert.equal(items.perCell, 3);
  const delta = new Uint8Array([...varint(3, DONE), ...varint(19_995, FAILED)]);

  assert.equal(items.apply(5, 6, delta), true);
  assert.equal(items.apply(5, 6, delta), true);

  assert.equal(items.states[3], DONE);
  assert.equal(items.states[19_999], FAILED);
  assert.deepEqual([...items.totals], [19_999, 0, 1, 0, 1]);
  assert.deepEqual([...items.changed], [1, 6666]);
  assert.equal(items.count(6666, FAILED), 1);
});

test('a delta from a later time asks for a snapshot', () => {
  assert.equal(new Items(2, new Uint8Array(1), 5).apply(7, 8, new Uint8Array([2])), false);
});

test('a snapshot of the wrong size is refused', () => {
  assert.throws(() => new Items(10, new Uint8Array(4), 1), /4 bytes cannot hold 10 items/);
});

function varint(distance: number, state: number): number[] {
  const bytes: number[] = [];
  let value = distance * 8 + state;
  while (value > 127) {
    bytes.push((value & 127) | 128);
    value = Math.floor(value / 128);
  }
  return [...bytes, value];
}
