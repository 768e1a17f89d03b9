import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { admit } from '../../src/admit/admit.ts';
import type { Entry } from '../../src/model/feed.ts';
import type { KnownEntry } from '../../src/model/ledger.ts';
import { uuidUrn } from '../../src/support/hash.ts';
import { anEntry } from '../support/an-entry.ts';
import { ids, remembered, type Admit } from './remembered.ts';

// Random histories of one source: documents one after the other, of few guids, links, titles and dates, so that they meet.

const SEED = 20261124;
const IDENTITIES = ['guid', 'link', 'title'] as const;
type History = readonly (readonly Entry[])[];

const anyEntry = fc
  .record({
    id: fc.constantFrom(null, 'g1', 'g2', 'g3', 'https://x.example/a', 'https://x.example/b#1'),
    link: fc.constantFrom(null, 'a', 'b', 'a#1', 'http://www.x.example/a?utm_source=rss', '', '#!a'),
    title: fc.constantFrom(null, 'One', 'Two', 'TWO'),
    published: fc.constantFrom(null, '2026-11-01T07:30:00Z', '2026-11-02T07:30:00Z', '2026-11-02T00:00:00Z'),
    text: fc.constantFrom(null, 'first', 'second'),
  })
  .map(({ link, text, ...rest }) =>
    anEntry({
      ...rest,
      link: link === null ? null : new URL(link, 'https://x.example/').href,
      content: text === null ? null : { type: 'text', value: text },
    }),
  );
const anyHistory = fc.array(fc.array(anyEntry, { maxLength: 6 }), { minLength: 1, maxLength: 6 });
/** As most feeds are: each entry has a guid, no two of a document the same. */
const soundHistory = fc.array(
  fc.uniqueArray(
    fc.tuple(anyEntry, fc.constantFrom('g1', 'g2', 'g3', 'g4')).map(([entry, id]) => ({ ...entry, id })),
    { maxLength: 4, selector: ({ id }) => id },
  ),
  { minLength: 1, maxLength: 6 },
);

/** What must be true of every history; empty where it is. */
function faultsOf(history: History, identity: (typeof IDENTITIES)[number], by: Admit): string[] {
  const poll = remembered(identity, by);
  const given = new Set<string>();
  const faults: string[] = [];
  for (const document of history) {
    const admitted = poll(...document);
    if (new Set(ids(admitted)).size < admitted.length) faults.push('two entries of one document share an id');
    for (const { kind, ledger } of admitted) {
      if (kind === 'new' && given.has(ledger.articleId)) faults.push('a new entry has an id that was given before');
      given.add(ledger.articleId);
    }
    const idOf = new Map(admitted.map(({ ledger }) => [ledger.digest, ledger.articleId]));
    for (const { kind, learnt, ledger } of poll(...document.toReversed())) {
      if (kind !== 'known' || learnt) faults.push('an unchanged document is not all known');
      if (idOf.get(ledger.digest) !== ledger.articleId) faults.push('the order of a document changes ids');
    }
  }
  return faults;
}

/** Articles that were written over by an entry with which they never had guid, title or date in common. */
function writtenOver(history: History, by: Admit): string[] {
  const poll = remembered('guid', by);
  const told = new Map<string, Entry[]>();
  const faults: string[] = [];
  for (const document of history) {
    for (const { kind, entry, ledger } of poll(...document)) {
      const before = told.get(ledger.articleId) ?? [];
      const alike = before.some(
        (one) =>
          one.id === entry.id ||
          (one.published !== null && one.published === entry.published) ||
          nameOf(one) === nameOf(entry),
      );
      if (kind !== 'new' && !alike) faults.push(`${entry.id} has written over ${before[0]?.id}`);
      told.set(ledger.articleId, [...before, entry]);
    }
  }
  return faults;
}

function nameOf({ title, content }: Entry): string | undefined {
  return (title ?? content?.value)?.toLowerCase();
}

const OPTIONS = { seed: SEED, numRuns: 250 };
/** Both throw for a history that shows a fault, with the smallest such history in words. */
const holds = (by: Admit): void =>
  fc.assert(
    fc.property(anyHistory, fc.constantFrom(...IDENTITIES), (history, identity) => {
      expect(faultsOf(history, identity, by)).toEqual([]);
    }),
    OPTIONS,
  );
const keepsArticles = (by: Admit): void =>
  fc.assert(
    fc.property(soundHistory, (history) => expect(writtenOver(history, by)).toEqual([])),
    OPTIONS,
  );

describe('in every history of a source', () => {
  test('no two entries of a document share an id, no id is given twice, and what is unchanged is known', () => {
    holds(admit);
  });

  test('no article is written over by an entry that shares nothing but its link', () => {
    keepsArticles(admit);
  });

  test('the same documents give the same ids', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom(...IDENTITIES), (history, identity) => {
        const [one, other] = [remembered(identity), remembered(identity)];
        for (const document of history) expect(ids(one(...document))).toEqual(ids(other(...document)));
      }),
      OPTIONS,
    );
  });
});

describe('these properties see', () => {
  const planted: readonly (readonly [string, (by: Admit) => void, Admit])[] = [
    ['a ledger that forgets', holds, (marks, _, context) => admit(marks, [], context)],
    ['repeated entries that are not taken out', holds, (marks, known, at) => admit([...marks, ...marks], known, at)],
    [
      'ids that are made of the upstream id alone',
      holds,
      (marks, known, at) =>
        admit(marks, known, at).map((one) => ({
          ...one,
          ledger: { ...one.ledger, articleId: uuidUrn(one.ledger.entryId) },
        })),
    ],
    ['a link that is enough by itself', keepsArticles, (marks, known, at) => admit(marks, known.map(withoutGuids), at)],
  ];

  test.each(planted)('%s', (_, property, faulty) => {
    expect(() => property(faulty)).toThrow('Property failed');
  });
});

function withoutGuids(known: KnownEntry): KnownEntry {
  return { ...known, entryId: 'title:', aliases: known.aliases.filter(({ kind }) => kind !== 'guid') };
}
