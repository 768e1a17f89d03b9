import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { changeBetween } from '../../src/extract/change-kind.ts';
import { extractArticle } from '../../src/extract/extract-article.ts';
import type { Article } from '../../src/model/article.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { escapeHtml } from '../../src/support/html.ts';
import { anEntry, aSource } from '../support/an-entry.ts';

const LONG =
  'The council met on Monday to speak about the bridge over the harbour. The repair will take three years, the engineer ' +
  'told the members, and no sailing is to be withdrawn while the work goes on below. Residents of the outer islands have ' +
  'asked for a late boat on Fridays, and the operator will publish a decision before the end of the month. ' +
  'The ferry had 5 % more passengers than in the year before, at a price of €12, and it was -4 degrees.';

describe('a change of a long text', () => {
  test.each([
    ['another case', 'council', 'Council'],
    ['another mark', 'harbour.', 'harbour!'],
    ['typographic quotes', 'late boat', '“late boat”'],
    ['an accent', 'decision', 'décision'],
    ['a joined word', 'late boat', 'lateboat'],
    ['letters that have changed places', 'withdrawn', 'withdarwn'],
    ['a letter that was missing', 'passengers', 'pasengers'],
    ['another letter within', 'engineer', 'enginear'],
  ])('that is %s is cosmetic', (_what, is, was) => {
    expect(changeBetween(LONG.replace(is, was), LONG)).toBe('cosmetic');
    expect(changeBetween(LONG, LONG.replace(is, was))).toBe('cosmetic');
  });

  test.each([
    ['another figure', 'three years', '3 years'],
    ['another digit', '€12', '€13'],
    ['another currency', '€12', '$12'],
    ['another unit', '5 %', '5'],
    ['another sign', '-4', '4'],
    ['a point in a figure', '€12', '€1.2'],
    ['another name', 'Monday', 'Sunday'],
    ['a name by one letter', 'The council', 'Anna Olsen'],
    ['a word that begins otherwise', 'boat', 'coat'],
    ['a word that ends otherwise', 'withdrawn', 'withdraws'],
    ['a negation', 'is to be', 'is not to be'],
    ['a word less', 'a late boat', 'a boat'],
  ])('that is %s is a correction', (_what, is, was) => {
    expect(changeBetween(LONG.replace(is, was), LONG)).toBe('correction');
  });

  test('that only adds sentences is an extension, wherever they stand', () => {
    expect(changeBetween(LONG, `${LONG} The mayor agreed.`)).toBe('extension');
    expect(changeBetween(LONG, `Update at noon.\n${LONG}`)).toBe('extension');
    expect(changeBetween(LONG, LONG.replace('. The repair', '. Nobody was surprised. The repair'))).toBe('extension');
  });

  test('that takes a sentence out is a correction', () => {
    expect(changeBetween(LONG, LONG.slice(LONG.indexOf('. ') + 2))).toBe('correction');
  });

  test('that there is not is none', () => {
    expect(changeBetween(LONG, LONG)).toBeNull();
  });
});

test('many misspellings at once, or one in a short text, are a correction', () => {
  const swap = (text: string, count: number): string =>
    ['council', 'engineer', 'withdrawn', 'residents', 'decision']
      .slice(0, count)
      .reduce(
        (changed, word) => changed.replace(new RegExp(word, 'i'), (is) => is[0]! + is[2]! + is[1]! + is.slice(3)),
        text,
      );
  expect([1, 2, 5].map((count) => changeBetween(swap(LONG, count), LONG))).toEqual([
    'cosmetic',
    'cosmetic',
    'correction',
  ]);
  expect(changeBetween('The enginere spoke.', 'The engineer spoke.')).toBe('correction');
});

// ---- Sequences of edits, as they come over many polls.

// A line that begins with "More about" leads elsewhere, and is no part of the text.
const VOCABULARY = LONG.toLowerCase()
  .match(/[a-z]{4,}/g)!
  .filter((word) => word !== 'more');
const sentence = fc
  .array(fc.constantFrom(...VOCABULARY), { minLength: 6, maxLength: 14 })
  .map((words) => `${words[0]![0]!.toUpperCase()}${words.join(' ').slice(1)}.`);

type Step = { readonly kind: 'cosmetic' | 'correction' | 'extension'; readonly at: number; readonly how: number };
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('cosmetic', 'cosmetic', 'correction', 'extension'),
  at: fc.nat({ max: 10_000 }),
  how: fc.nat({ max: 5 }),
});

/** Paragraphs after an edit that is of its kind by the way it is made. `tag` wraps what is shown, and is no text. */
type Version = { readonly paragraphs: readonly string[]; readonly tag: string };

function edited({ paragraphs, tag }: Version, { kind, at, how }: Step, n: number): Version {
  const place = at % paragraphs.length;
  const put = (text: string): Version => ({ tag, paragraphs: paragraphs.with(place, text) });
  const text = paragraphs[place]!;
  if (kind === 'extension') return { tag, paragraphs: paragraphs.toSpliced(place, 0, `Report number ${n} came in.`) };
  if (kind === 'correction') return put(text.replace(/[a-z]{4,}/, `figure${n}`));
  const words = text.split(' ');
  const word = at % words.length;
  const otherwise = [
    () => put(words.with(word, words[word]!.toUpperCase()).join(' ')),
    () => put(text.endsWith('.') ? `${text.slice(0, -1)}!` : `${text}.`),
    () => put(words.with(word, `“${words[word]!}”`).join(' ')),
    () => ({ paragraphs, tag: tag === 'em' ? 'strong' : 'em' }),
    () => put(text.replaceAll(' ', '  ')),
    () => put(words.with(word, words[word]!.normalize('NFD')).join(' ')),
  ];
  return otherwise[how]!();
}

function poll(version: Version, previous: Article | null, minutes: number): Article {
  const html = version.paragraphs.map((text) => `<p><${version.tag}>${escapeHtml(text)}</${version.tag}></p>`);
  const now = plusSeconds('2026-11-20T09:00:00Z', minutes * 60);
  // A publisher who moves both his dates at every poll.
  const entry = anEntry({
    id: 'a',
    link: 'https://harbour.example/a',
    title: 'The bridge',
    published: plusSeconds(now, -60),
    updated: now,
    content: { type: 'html', value: html.join('') },
  });
  return extractArticle({
    entry,
    id: 'urn:a',
    entryId: 'a',
    source: aSource({ content: 'feed' }),
    feed: {
      url: 'https://harbour.example/feed',
      title: null,
      link: null,
      language: null,
      rights: null,
      licence: null,
      rsl: [],
      authors: [],
    },
    answers: [],
    firstSeenAt: '2026-11-20T09:00:00Z',
    now,
    previous,
  });
}

test('over any edits published never moves, and updated with real changes alone, each told as its kind', () => {
  const taken = { cosmetic: 0, correction: 0, extension: 0 };
  fc.assert(
    fc.property(
      fc.array(sentence, { minLength: 6, maxLength: 10 }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      (paragraphs, steps) => {
        let version: Version = { paragraphs, tag: 'em' };
        let article = poll(version, null, 0);
        const { published } = article;
        for (const [n, each] of steps.entries()) {
          version = edited(version, each, n);
          const next = poll(version, article, n + 1);
          taken[each.kind]++;
          expect(next.published).toBe(published);
          if (each.kind === 'cosmetic')
            expect([next.updated, next.corrections]).toEqual([article.updated, article.corrections]);
          else {
            expect(next.updated > article.updated).toBe(true);
            expect(next.corrections.at(-1)).toMatchObject({ at: next.updated, kind: each.kind });
          }
          article = next;
        }
      },
    ),
    { numRuns: 150 },
  );
  for (const count of Object.values(taken)) expect(count).toBeGreaterThan(50);
});
