import { expect, test } from '@jest/globals';
import { tellTurnover } from '../../src/pipeline/told-turnover.ts';
import { silentLog, type LogFields } from '../../src/support/log.ts';
import { anEntry, aSource } from '../support/an-entry.ts';

type Kind = 'new' | 'changed' | 'known';

function told(before: string | null, title: string | null, kinds: readonly Kind[]): [string, string, LogFields][] {
  const lines: [string, string, LogFields][] = [];
  const note =
    (level: string) =>
    (says: string, fields: LogFields = {}): void =>
      void lines.push([level, says, fields]);
  const log = { ...silentLog, info: note('info'), warn: note('warn') };
  const entries = kinds.map((_, at) => anEntry({ link: `https://www.casino.example/${at}` }));
  const admitted = kinds.map((kind) => ({ kind }));
  tellTurnover(log, aSource(), { before: { feedTitle: before }, feed: { title, entries }, admitted });
  return lines;
}

test('a feed with another title and none of its old entries is a warning, with both titles and where it leads now', () => {
  expect(told('Harbour News', 'Casino', ['new', 'new'])).toEqual([
    [
      'warn',
      'a feed has another title and none of its old entries; is it still the same publisher’s?',
      {
        sourceId: 'harbour',
        url: 'https://harbour.example/feed.xml',
        titleBefore: 'Harbour News',
        title: 'Casino',
        linksLeadTo: 'casino.example',
      },
    ],
  ]);
});

test('a feed that is renamed and goes on is told, and is no warning', () => {
  expect(told('Harbour News', 'Harbour Weekly', ['new', 'known']).map(([level]) => level)).toEqual(['info']);
});

test('nothing is told of the first reading, of the same title, nor of a title that is wanting', () => {
  expect([...told(null, 'Casino', ['new']), ...told('A', 'A', ['new']), ...told('A', null, ['new'])]).toEqual([]);
});
