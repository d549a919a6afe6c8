import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { newKey } from './key.mjs';

test('an entry has the hash of its key, and every key is another one of 32 bytes', () => {
  const one = newKey('ci', 'submit+read');
  const other = newKey('ci', 'submit+read');

  assert.notEqual(one.key, other.key);
  assert.equal(Buffer.from(one.key, 'base64url').length, 32);
  assert.equal(one.entry, `ci:submit+read:${createHash('sha256').update(one.key).digest('hex')}`);
});

test('what is no name and what is no right is named', () => {
  assert.throws(() => newKey('', 'read'), /NAME is ''/);
  assert.throws(() => newKey('a:b', 'read'), /NAME is 'a:b'/);
  assert.throws(() => newKey('ci', 'write'), /RIGHTS is 'write'/);
});
