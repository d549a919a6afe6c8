import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const main = path.join(process.cwd(), '../../main/dashboard');
const MAY_KNOW: Record<string, RegExp> = {
  transport: /^\.\//,
  model: /^(\.\/|@preact\/signals$)/,
  view: /^(\.\/|\.\.\/(model|transport|style)\/|@?preact|uplot)/,
};

for (const [folder, known] of Object.entries(MAY_KNOW)) {
  test(`${folder} knows what it may`, () => {
    const files = fs.readdirSync(path.join(main, folder));
    assert.ok(files.length > 0);
    for (const file of files) {
      const source = fs.readFileSync(path.join(main, folder, file), 'utf8');
      for (const [, wanted] of source.matchAll(/^import .*?'([^']+)';$/gm)) assert.match(wanted!, known, `${folder}/${file}`);
      if (folder === 'model') assert.doesNotMatch(source, /\b(document|window|location)\./, `${file} knows the DOM`);
      if (folder !== 'transport') assert.doesNotMatch(source, /innerHTML|insertAdjacentHTML|dangerouslySetInnerHTML/, file);
      if (file !== 'schema.ts') assert.ok(source.split('\n').length <= 300, `${file} is long`);
    }
  });
}
