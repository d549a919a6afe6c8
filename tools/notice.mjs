#!/usr/bin/env node
/** Writes NOTICE anew, out of the bills of materials that a build has left. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { notice } from './lib/supply.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
fs.writeFileSync(path.join(root, 'NOTICE'), notice(root));
