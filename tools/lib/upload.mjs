import fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { Calculations, inputLine, resultLine } from './calculator.mjs';
import { Failure } from './failure.mjs';

const CHUNK_CHARACTERS = 65_536;

/** Seeded calculator lines, made while they are sent; what each must give is known. */
export function calculatorInput(lines) {
  const sent = { lines: 0, bytes: 0 };
  return {
    name: `${lines.toLocaleString('en-US')} calculator lines`,
    lines,
    headers: {},
    open: () => Readable.from(chunks(lines, sent), { objectMode: false }),
    sent: () => sent,
    expected: () => expectedLines(lines),
  };
}

/** The user's own file, sent as it is. */
export function fileInput(file) {
  try {
    fs.accessSync(file, fs.constants.R_OK);
  } catch (error) {
    throw new Failure(`INPUT=${file} cannot be read (${error.code}).`);
  }
  if (!fs.statSync(file).isFile()) throw new Failure(`INPUT=${file} is not a file.`);
  let stream;
  return {
    name: path.basename(file),
    headers: file.endsWith('.gz') ? { 'Content-Encoding': 'gzip' } : {},
    open: () => (stream = fs.createReadStream(file)),
    sent: () => ({ bytes: stream?.bytesRead ?? 0 }),
  };
}

function* chunks(lines, sent) {
  const calculations = new Calculations();
  let chunk = '';
  for (let made = 1; made <= lines; made++) {
    chunk += `${inputLine(calculations.next())}\n`;
    if (chunk.length < CHUNK_CHARACTERS && made < lines) continue;
    sent.lines = made;
    sent.bytes += chunk.length;
    yield Buffer.from(chunk, 'latin1');
    chunk = '';
  }
}

function expectedLines(lines) {
  const calculations = new Calculations();
  let made = 0;
  return () => (made++ < lines ? resultLine(calculations.next()) : undefined);
}
