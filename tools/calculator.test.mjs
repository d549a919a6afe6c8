import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Calculations, formatNumber, inputLine, resultLine } from './lib/calculator.mjs';

const NUMBERS = [
  [0, '0.0'],
  [-0, '-0.0'],
  [3123, '3123.0'],
  [-318188, '-318188.0'],
  [0.1 + 0.2, '0.30000000000000004'],
  [3123 / 321311, '0.009719555197301057'],
  [1e-5, '0.00001'],
  [1.25e-5, '0.0000125'],
  [9.999999999999999e-6, '9.999999999999999E-06'],
  [1.5e-7, '1.5E-07'],
  [999999999999999, '999999999999999.0'],
  [999999999999999.9, '999999999999999.9'],
  [1e15, '1E+15'],
  [-1.25e21, '-1.25E+21'],
  [1.5e300, '1.5E+300'],
  [5e-324, '5E-324'],
];

for (const [number, expected] of NUMBERS) {
  test(`${number} is written as ${expected}`, () => assert.equal(formatNumber(number), expected));
}

test('every number that is written reads back as the same double', () => {
  const calculations = new Calculations(7);
  for (let i = 0; i < 10_000; i++) {
    const { left, right } = calculations.next();
    const quotient = Number(left) / Number(right);
    assert.equal(Number(formatNumber(quotient)), quotient);
  }
});

test('a calculation goes in and comes out in the form of the four known examples', () => {
  const calculation = { id: '3', left: '3123', right: '321311', op: '/' };

  assert.equal(inputLine(calculation), '{ "id": "3", "value1": 3123, "value2": 321311, "op": "/" }');
  assert.equal(resultLine(calculation), '{"id":"3","value1":3123.0,"value2":321311.0,"op":"/","result":0.009719555197301057}');
});

test('the same seed gives the same bytes for ever', () => {
  const hash = createHash('sha256');
  const calculations = new Calculations();
  for (let i = 0; i < 10_000; i++) hash.update(`${inputLine(calculations.next())}\n`);

  assert.equal(hash.digest('hex'), '23ccf8cfcbd5dd83a3fb24759856d69924d62b12bb4ae0c693ea8c63ca6e16e0');
});

test('a series has all operations, signs, whole and broken numbers, exponents both ways, and no zero', () => {
  const calculations = new Calculations();
  const seen = new Set();
  for (let i = 0; i < 100_000; i++) {
    const calculation = calculations.next();
    const operands = [calculation.left, calculation.right];
    assert.ok(operands.every((operand) => Number(operand) !== 0 && JSON.parse(operand) === Number(operand)));
    seen.add(calculation.op);
    for (const operand of operands) seen.add(operand.includes('.') ? 'broken' : 'whole').add(operand[0] === '-' ? 'negative' : 'positive');
    const exponent = /E[+-]/.exec(resultLine(calculation));
    if (exponent) seen.add(exponent[0]);
  }

  assert.deepEqual([...seen].sort(), ['*', '+', '-', '/', 'E+', 'E-', 'broken', 'negative', 'positive', 'whole']);
});
