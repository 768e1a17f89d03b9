import { describe, expect, test } from '@jest/globals';
import { sampleArchive, sampleEdition } from '../../bench/support/sample-edition.ts';
import type { Edition } from '../../src/model/edition.ts';
import { openEditionFiles, type EditionFiles } from '../../src/pipeline/edition-files.ts';
import { anEditionEntry } from '../support/an-edition.ts';

function made(files: EditionFiles, edition: Edition): (readonly [string, string])[] {
  return [...files(edition)].map(({ path, make }) => [path, String(make())] as const);
}

describe('the documents of an edition', () => {
  test('are three, at its path, whatever was made before', () => {
    const kept = openEditionFiles();
    const editions = [sampleEdition(6), sampleArchive(6), { ...sampleEdition(7), title: 'Other' }, sampleEdition(0)];
    for (const edition of [...editions, ...editions]) {
      const documents = made(kept, structuredClone(edition));
      expect(documents.map(([path]) => path)).toEqual(
        ['atom', 'rss', 'json'].map((ending) => `${edition.path}.${ending}`),
      );
      expect(documents).toEqual(made(openEditionFiles(), edition));
    }
  });

  test('say what an entry says now, after it was corrected and taken back again', () => {
    const kept = openEditionFiles();
    const titled = (title: string): Edition => ({ ...sampleEdition(3), entries: [anEditionEntry({ title })] });
    for (const title of ['First', 'Second', 'First', 'Third'])
      for (const [, text] of made(kept, titled(title))) expect(text).toContain(title);
  });

  test('are made without an entry that the gate refuses, which is named', () => {
    const kept = openEditionFiles();
    const faulty = { ...sampleEdition(3).entries[1]!, id: 'urn:x:faulty', url: '/relative' };
    const [good] = sampleEdition(1).entries;
    for (const file of kept({ ...sampleEdition(1), entries: [good!, faulty] })) {
      expect(() => file.make()).toThrow('not what was meant');
      const { content, leftOut } = file.makeWithoutFaulty!();
      expect(content).toContain(good!.id);
      expect(content).not.toContain('urn:x:faulty');
      expect(leftOut).toEqual([expect.stringContaining('urn:x:faulty')]);
    }
  });

  test('have the same entries: what one format cannot say rightly is in none', () => {
    const [good, other] = sampleEdition(2).entries;
    const nameless = { ...other!, id: 'urn:x:nameless', origin: { ...other!.origin, title: '\u0081' } };
    const edition = { ...sampleEdition(1), entries: [good!, nameless] };
    for (const file of openEditionFiles()(edition)) {
      expect(() => file.make()).toThrow('urn:x:nameless');
      expect(file.makeWithoutFaulty!().content).not.toContain('urn:x:nameless');
    }
  });

  test('are made from the same as long as the edition says the same', () => {
    const key = (edition: Edition): unknown => [...openEditionFiles()(edition)][0]!.madeFrom;
    expect(key(sampleEdition(3))).toEqual(key(structuredClone(sampleEdition(3))));
    expect(key({ ...sampleEdition(3), hub: null })).not.toEqual(key(sampleEdition(3)));
  });
});
