import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../src/extract/page-wishes.ts';
import { distrustOf, watch, watchAll, type Watched } from '../../src/extract/watch/watch.ts';
import { observe, type Observation } from '../../src/extract/watch/watch-observation.ts';
import type { FetchedPage } from '../../src/model/fetched-feed.ts';
import { newWatch, type MadeFrom, type SourceWatch } from '../../src/model/source-watch.ts';
import { anEntry, aSource } from '../support/an-entry.ts';

const NOW = '2026-11-24T12:00:00Z';
const GIVEN = { selectors: '', now: NOW };
const A_FEED = {
  url: 'https://harbour.example/feed.xml',
  title: null,
  link: null,
  language: null,
  rights: null,
  licence: null,
  rsl: [],
  authors: [],
};

const THINGS = 'harbour bridge ferry choir orchard museum tunnel market library chapel theatre quarry'.split(' ');
const one = (n: number): string => THINGS[n % THINGS.length]!;
/** Another word for each number, without digits: numbers say nothing about what a line is. */
const thing = (n: number): string => `${one(n)}${one(Math.floor(n / 12))}${one(Math.floor(n / 144))}`;

/** The paragraphs of the nth article: none stands in another. */
const paragraphs = (n: number): string[] =>
  Array.from(
    { length: 8 },
    (_, at) =>
      `The ${thing(n)} keeper told us in hour ${at} that the ${thing(n)} of ${thing(n)}town had seen ${thing(n + at + 1)} ${thing(n)} work before, but never one like this ${thing(n + at + 7)}.`,
  );
const tags = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('');
const inPage = (body: string): string =>
  `<html lang="en"><head><title>News</title></head><body><header><a href="/">Home</a></header><main><article><h1>News</h1><div class="text">${body}</div></article></main></body></html>`;

type Draw = (n: number) => string;
const good: Draw = (n) => inPage(tags(paragraphs(n)));
const legal = [
  'This text is for information alone and is no advice to buy or to sell anything at all, whatever you may have read here.',
  'What was earned in the past is no guide to what will be earned in the future, and you may lose all that you put in.',
  'Nothing on this page may be copied without leave in writing from the owners of this paper, who keep all of their rights.',
  'Names of goods and of firms belong to those who own them, and are used here without any wish to do them any harm.',
];
const withLegalText: Draw = (n) => inPage(tags([...paragraphs(n), ...legal]));
const front: Draw = () => inPage(tags(legal));
const shell: Draw = () => '<html><head><title>News</title></head><body><div id="app"></div></body></html>';
const otherTemplate: Draw = (n) =>
  `<html lang="en"><head><title>News</title></head><body><section class="x1">${tags(paragraphs(n).slice(0, 6))}</section></body></html>`;

function seen(n: number, draw: Draw, select: string | null = null, home = 'https://harbour.example'): Observation {
  const link = `${home}/${n}`;
  const summary = { type: 'text', value: paragraphs(n)[0]! } as const;
  const entry = anEntry({ id: String(n), link, title: `News of the ${thing(n)} keeper`, summary });
  const page: FetchedPage = { kind: 'fetched', url: link, contentType: 'text/html', body: Buffer.from(draw(n)) };
  const source = aSource({ content: 'page', select });
  return observe(entry, `urn:${n}`, [readAnswer({ url: link, as: 'page' }, page, { entry, source, now: NOW }, [])])!;
}

/** Articles numbered from `from`, drawn one after the other. */
function run(before: SourceWatch | null, from: number, draws: readonly Draw[]): Watched {
  return watchAll(
    before,
    draws.map((draw, at) => seen(from + at, draw)),
    GIVEN,
  );
}
const times = (count: number, draw: Draw): Draw[] => Array.from({ length: count }, () => draw);
const learnt = (): SourceWatch => run(null, 0, times(10, good)).watch;
const turnsOf = ({ turns }: Watched): string[] => turns.map(({ is }) => is);

describe('the watch', () => {
  test('believes a source whose articles go on as they were', () => {
    const { watch: known, distrust, turns } = run(null, 0, times(40, good));
    expect(turns).toEqual([]);
    expect(distrust.filter((one) => one !== null)).toEqual([]);
    expect(known.shapes).toHaveLength(20);
    expect(known.drift).toBeNull();
  });

  test('finds that every address answers with the same text, and says so', () => {
    const found = run(learnt(), 10, times(3, front));
    expect(turnsOf(found)).toEqual(['begins']);
    expect(found.watch.drift).toMatchObject({ since: NOW, reason: expect.stringContaining('that of another address') });
    expect(found.distrust).toEqual(Array(3).fill('the source’s pages have changed their shape'));
  });

  test('finds a text that is appended to every article', () => {
    const found = run(learnt(), 10, times(3, withLegalText));
    expect(found.watch.drift?.reason).toContain('stands in other articles');
    // The first of them could not be told from a longer article.
    expect(found.distrust.map((one) => one !== null)).toEqual([false, true, true]);
  });

  test('finds a selector that no longer finds anything, before anything was learnt', () => {
    const found = watchAll(
      null,
      [0, 1].map((n) => seen(n, good, '.gone')),
      GIVEN,
    );
    expect(found.watch.drift?.reason).toBe('the source’s selector finds nothing on its pages');
    expect(found.distrust).toEqual(Array(2).fill('the source’s selector finds nothing on its pages'));
  });

  test('says nothing of a source’s first pages, whatever they are: there is nothing yet that they could be unlike', () => {
    for (const draw of [shell, front]) expect(run(null, 0, times(5, draw)).turns).toEqual([]);
    // Pages without text are no measure of others, however many.
    expect(run(null, 0, [...times(9, shell), ...times(3, good), ...times(3, shell)]).turns).toEqual([]);
  });

  test('names those that looked strange before the drift was declared, to be made again from what they were made from', () => {
    const madeFrom = (n: number): MadeFrom => ({
      articleId: `urn:${n}`,
      given: { entry: anEntry({ id: String(n) }), feed: A_FEED },
      previous: null,
    });
    const among = (from: number, draws: readonly Draw[]): Observation[] =>
      draws.map((draw, at) => ({ ...seen(from + at, draw), madeFrom: madeFrom(from + at) }));
    const first = watchAll(learnt(), among(10, [front]), GIVEN);
    expect(first).toMatchObject({ turns: [], fallen: [] });
    const second = watchAll(first.watch, among(11, [front]), GIVEN);
    expect(second.fallen.map(({ articleId }) => articleId)).toEqual(['urn:10', 'urn:11']);
    expect(second.watch.latest.some((sighting) => 'madeFrom' in sighting)).toBe(false);
    // One that ordinary ones followed was chance.
    const passed = watchAll(first.watch, among(11, [good, good, front, front]), GIVEN);
    expect(passed.fallen.map(({ articleId }) => articleId)).toEqual(['urn:13', 'urn:14']);
    expect(watchAll(first.watch, among(11, [good]), GIVEN).watch.latest.map((one) => one.madeFrom)).toEqual([
      madeFrom(10),
      undefined,
    ]);
  });

  test('finds empty shells', () => {
    expect(turnsOf(run(learnt(), 10, times(2, shell)))).toEqual(['begins']);
  });

  test('takes a single strange page for chance, and learns from what follows', () => {
    const { turns, distrust } = run(learnt(), 10, [shell, ...times(3, good), front, ...times(3, good)]);
    expect(turns).toEqual([]);
    expect(distrust).toEqual(Array(8).fill(null));
  });

  test('puts a single page aside that surely is not its article', () => {
    const login: Draw = () => inPage('<p>Please log in to read on. It takes a minute and costs nothing at all.</p>');
    const { turns, distrust } = run(learnt(), 10, [login, good]);
    expect([turns, distrust]).toEqual([[], ['the page asks for a login', null]]);
  });

  test('learns nothing from an article that is read again', () => {
    const before = learnt();
    const { watch: after } = watch(before, seen(9, good), GIVEN);
    expect(after).toEqual(before);
  });

  test('finds a drift by articles that are read again, and keeps what it knows of them', () => {
    const found = run(learnt(), 0, times(8, front));
    expect(turnsOf(found)).toEqual(['begins']);
    expect(found.distrust).toEqual(Array(8).fill('the source’s pages have changed their shape'));
    expect(found.watch.shapes).toEqual(expect.arrayContaining([...learnt().shapes]));
  });

  test('does not mind that a source moves, and its articles with it', () => {
    const moved = [0, 1, 2, 3, 4, 5].map((n) => seen(n, good, null, 'https://new.harbour.example/stories'));
    expect(watchAll(learnt(), moved, GIVEN)).toMatchObject({ turns: [], distrust: Array(6).fill(null) });
  });

  test('takes one article that is read again and again for one', () => {
    let known = learnt();
    const turns = [shell, shell, shell, shell].map((draw) => {
      const { watch: after, verdict } = watch(known, seen(3, draw), GIVEN);
      known = after;
      return verdict.turn;
    });
    expect(turns).toEqual([null, null, null, null]);
  });

  test('does not mind a new template that leaves the article as it is', () => {
    expect(turnsOf(run(learnt(), 10, times(6, otherTemplate)))).toEqual([]);
  });

  test('comes to the same end however the articles are cut into refreshes', () => {
    const draws = [...times(9, good), ...times(4, front), ...times(4, good)];
    const whole = run(null, 0, draws);
    let known: SourceWatch | null = null;
    for (const [n, draw] of draws.entries()) known = run(known, n, [draw]).watch;
    expect(known).toEqual(whole.watch);
    expect(turnsOf(whole)).toEqual(['begins', 'ends']);
  });
});

describe('a drift', () => {
  const drifted = (): SourceWatch => run(learnt(), 10, times(3, front)).watch;

  test('goes on while pages stay strange, and ends when three in a row look as before', () => {
    const ended = run(drifted(), 13, [good, good, front, good, good, good]);
    expect(turnsOf(ended)).toEqual(['ends']);
    expect(ended.watch.drift).toBeNull();
    expect(ended.distrust.map((one) => one === null)).toEqual([false, false, false, true, true, true]);
  });

  test('is not forgotten for articles that are read again as they are now', () => {
    const before = drifted();
    const { watch: after, turns } = run(before, 0, times(10, front));
    expect(turns).toEqual([]);
    expect(after.shapes).toEqual(before.shapes);
  });

  test('ends when articles that are read again look as before', () => {
    const { watch: after, turns } = run(drifted(), 0, times(3, good));
    expect(turns.map(({ is }) => is)).toEqual(['ends']);
    expect(new Set(after.shapes.map(({ address }) => address)).size).toBe(after.shapes.length);
  });

  test('ends when eight in a row agree among themselves in a new shape that is sound', () => {
    // Everything is much longer now, and has two pictures of its own; the feed still tells of it.
    const long: Draw = (n) => inPage(tags([0, 300, 600, 900].flatMap((more) => paragraphs(n + more))));
    const profile = run(null, 0, times(20, good)).watch;
    const found = run(profile, 20, times(3, long));
    expect(found.watch.drift?.reason).toBe('the text is far longer than any before');
    const ended = run(found.watch, 23, times(5, long));
    expect(turnsOf(ended)).toEqual(['ends']);
    expect(turnsOf(run(ended.watch, 28, times(8, long)))).toEqual([]);
  });

  test('does not end by itself while what stands in every article is no part of it', () => {
    const found = run(learnt(), 10, times(3, withLegalText)).watch;
    const later = run(found, 13, times(20, withLegalText));
    expect(later.turns).toEqual([]);
    expect(later.watch.latest).toHaveLength(8);
  });

  test('ends with the profile when the operator chooses the text anew', () => {
    const before = drifted();
    const { watch: after, verdict } = watch(before, seen(13, good), { selectors: '.text', now: NOW });
    expect(verdict.turn).toEqual({ is: 'ends', drift: before.drift });
    expect(after).toMatchObject({ selectors: '.text', shapes: [], drift: null });
  });

  test('keeps pages from being believed that are only judged', () => {
    expect(distrustOf(drifted(), seen(30, good), GIVEN)).not.toBeNull();
    expect(distrustOf(learnt(), seen(30, good), GIVEN)).toBeNull();
    expect(distrustOf(newWatch(''), seen(30, good), GIVEN)).toBeNull();
  });
});
