/**
 * Writes the redesigns as files, to be looked at: node bench/redesigns/make.ts FOLDER
 * A folder for each redesign, with before-1.html …, after-1.html … and redesign.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redesigns } from './redesigns.ts';
import type { Page } from './page.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: make.ts FOLDER');

for (const { before, after, ...told } of redesigns()) {
  const place = join(folder, told.sentence.replaceAll(/[^\p{L}\d]+/gu, '-'));
  mkdirSync(place, { recursive: true });
  const write = (when: string, pages: readonly Page[]): object[] =>
    pages.map(({ html, ...page }, at) => {
      const file = `${when}-${at + 1}.html`;
      writeFileSync(join(place, file), html);
      return { file, ...page };
    });
  const facts = { ...told, before: write('before', before), after: write('after', after) };
  writeFileSync(join(place, 'redesign.json'), `${JSON.stringify(facts, null, 2)}\n`);
}
