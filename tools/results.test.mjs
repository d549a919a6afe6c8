import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventData } from './lib/jobs.mjs';
import { ResultCheck } from './lib/results.mjs';

function check(expected, ...chunks) {
  const rest = [...expected];
  const result = new ResultCheck(() => rest.shift());
  chunks.forEach((chunk) => result.accept(Buffer.from(chunk)));
  result.end();
  return result;
}

test('right lines are right wherever the chunks are cut', () => {
  const result = check(['aa', 'bb', 'cc'], 'a', 'a\nb', 'b\ncc\n');

  assert.deepEqual([result.wrong, result.lines, result.first, result.last], [undefined, 3, 'aa', 'cc']);
});

test('a last line without a newline counts', () => {
  assert.equal(check(['a', 'b'], 'a\nb').wrong, undefined);
});

test('the first wrong line is told with its number', () => {
  assert.deepEqual(check(['a', 'b', 'c'], 'a\nx\ny\n').wrong, { line: 2, expected: 'b', got: 'x' });
});

test('two lines in the wrong order are wrong', () => {
  assert.deepEqual(check(['a', 'b'], 'b\na\n').wrong, { line: 1, expected: 'a', got: 'b' });
});

test('a missing line is wrong', () => {
  assert.deepEqual(check(['a', 'b'], 'a\n').wrong, { line: 2, expected: 'b', got: undefined });
});

test('a line too many is wrong', () => {
  assert.deepEqual(check(['a'], 'a\nb\n').wrong, { line: 2, expected: undefined, got: 'b' });
});

test('an empty result where lines were due is wrong', () => {
  assert.deepEqual(check(['a']).wrong, { line: 1, expected: 'a', got: undefined });
});

test('events are read wherever the chunks are cut, comments and names are passed over', async () => {
  const chunks = ['id: 1\nda', 'ta: {"a":1}\n', '\n:beat\n\nevent: x\r\ndata:2\r\ndata: 3\r\n\r\n', 'data: cut off'].map((text) => Buffer.from(text));
  const events = [];
  for await (const event of eventData(chunks)) events.push(event);

  assert.deepEqual(events, ['{"a":1}', '2\n3']);
});
