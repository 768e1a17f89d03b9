import { describe, expect, test } from '@jest/globals';
import { digestOfRights, isNarrowed } from '../../../src/curate/archive/narrowed.ts';
import { newestOf, notBefore, placeEntry } from '../../../src/curate/archive/place-entry.ts';
import type { ComposeContext } from '../../../src/curate/compose-edition.ts';
import type { Article } from '../../../src/model/article.ts';
import type { PublishedEntry, PublishedVersion } from '../../../src/model/published-entry.ts';
import type { Site } from '../../../src/model/site.ts';
import type { Source } from '../../../src/model/source.ts';
import { aReadySite, aSite } from '../../support/a-topic.ts';
import { anArticle, aSource } from '../../support/an-entry.ts';

const [NOON, ONE, TWO] = ['2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z', '2026-11-24T14:00:00Z'];
const version = (given: Partial<PublishedVersion> = {}): PublishedVersion => ({
  topicId: 'world',
  entryId: 'urn:a',
  subjectId: 'urn:a',
  leadArticleId: 'urn:a',
  published: NOON,
  updated: NOON,
  extent: 'full',
  words: null,
  characters: null,
  shown: [{ storyId: 'urn:a', articleId: 'urn:a' }],
  ...given,
});
const there = (given: Partial<PublishedEntry> = {}): PublishedEntry => ({
  ...version(),
  page: null,
  isFormer: false,
  turn: 0,
  takenBack: [],
  ...given,
});
const takenBack = [{ articleId: 'urn:a', at: TWO, reason: 'retracted' }];
const contextOf = (source: Partial<Source> = {}, site: Partial<Site> = {}): ComposeContext => ({
  site: aReadySite(site),
  sources: new Map([['harbour', aSource(source)]]),
  states: new Map(),
  images: new Map(),
});
const given = { articles: new Map([['urn:a', anArticle({ id: 'urn:a' })]]), context: contextOf() };
const QUIET = { opened: null, hasLeft: false, tombstone: null, reopens: false, takesBack: false };

const takesBack = true;

describe('an entry', () => {
  test('that is new, or comes back, goes into the subscription document', () => {
    expect(placeEntry(version(), [], given)).toEqual({ ...QUIET, opened: version() });
    expect(placeEntry(version(), [there({ isFormer: true })], given)).toEqual({ ...QUIET, opened: version() });
  });

  test('that is archived stays there until it changes', () => {
    const archived = there({ page: 3 });
    expect(placeEntry(version(), [archived], given)).toEqual(QUIET);
    const changed = version({ updated: ONE });
    expect(placeEntry(changed, [archived], given)).toEqual({ ...QUIET, opened: changed });
    expect(placeEntry(changed, [archived, there({ page: 4, updated: ONE })], given)).toEqual(QUIET);
  });

  test('that has left its topic gets no tombstone, and stays in its archive', () => {
    expect(placeEntry(null, [there()], given)).toEqual({ ...QUIET, hasLeft: true });
    expect(placeEntry(null, [there({ page: 3 })], given)).toEqual(QUIET);
    expect(placeEntry(null, [there({ isFormer: true })], given)).toEqual(QUIET);
    expect(placeEntry(null, [], given)).toEqual(QUIET);
  });

  test('that was taken back gets one, and leaves its archive', () => {
    const tombstone = { topicId: 'world', entryId: 'urn:a', at: TWO, reason: 'retracted' };
    expect(placeEntry(null, [there({ takenBack })], given)).toEqual({ ...QUIET, hasLeft: true, tombstone, takesBack });
    expect(placeEntry(null, [there({ page: 3, takenBack })], given)).toEqual({
      ...QUIET,
      tombstone,
      reopens: true,
      takesBack,
    });
    expect(placeEntry(null, [there({ isFormer: true, takenBack })], given)).toEqual({ ...QUIET, tombstone, takesBack });
  });

  test('of which one report was taken back goes on, and its archive does not', () => {
    const back = { ...QUIET, reopens: true, takesBack };
    expect(placeEntry(version(), [there({ page: 3, takenBack })], given)).toEqual(back);
  });

  test('of which too much is shown leaves its archive, also where it has left its topic', () => {
    const narrowed = { ...given, context: contextOf({ republish: 'excerpt' }) };
    expect(placeEntry(null, [there({ page: 3 })], narrowed)).toEqual({ ...QUIET, reopens: true, takesBack });
    expect(placeEntry(version(), [there()], narrowed)).toMatchObject({ reopens: false, takesBack });
  });
});

test('the newest version is that in no archive, then that of the last archive, then the former one', () => {
  const [former, third, tenth, open] = [there({ isFormer: true }), there({ page: 3 }), there({ page: 10 }), there()];
  expect(newestOf([former, third, open, tenth])).toBe(open);
  expect(newestOf([former, tenth, third])).toBe(tenth);
  expect([newestOf([former]), newestOf([])]).toEqual([former, null]);
});

test('what is taken back of an event changes it then', () => {
  expect(notBefore(there({ updated: ONE }))).toBe(ONE);
  expect(notBefore(there({ updated: ONE, takenBack }))).toBe(TWO);
});

describe('rights', () => {
  const article = (mostCharacters: number | null): Article =>
    anArticle({
      contentHtml: `<p>${'word '.repeat(100)}</p>`,
      rights: {
        text: null,
        licence: null,
        declared: [{ by: 'page', kind: 'robots', noArchive: true, mostCharacters }],
      },
    });
  const all = anArticle();
  const excerpt = { extent: 'excerpt', words: 60, characters: null } as const;
  const link = { extent: 'link', words: 0, characters: null } as const;
  const full = { extent: 'full', words: null, characters: null } as const;

  test.each([
    ['all of it was shown, and an excerpt is left', full, all, { republish: 'excerpt' }, true],
    ['an excerpt was shown, and a link is left', excerpt, all, { republish: 'link' }, true],
    ['an excerpt was shown, and a shorter one is left', excerpt, all, { republish: 'excerpt', excerptWords: 59 }, true],
    ['its publisher asks for it', full, article(null), {}, true],
    ['its publisher gives a length', excerpt, article(50), {}, true],
    ['as much is left', excerpt, all, { republish: 'excerpt' }, false],
    ['more may be shown', excerpt, all, {}, false],
    ['a link was shown', link, all, { republish: 'link' }, false],
    ['as many characters are left, which are fewer words', { ...excerpt, characters: 50 }, article(50), {}, false],
    ['fewer characters are left', { ...excerpt, characters: 51 }, article(50), {}, true],
  ] as const)('when %s', (_, shown, of, source, narrowed) => {
    expect(isNarrowed(shown, of, contextOf(source))).toBe(narrowed);
  });

  test('of a source that is not listed any more, or whose publisher has opted out, leave a link', () => {
    expect(isNarrowed(full, all, { ...contextOf(), sources: new Map() })).toBe(true);
    expect(isNarrowed(full, all, contextOf({}, { optOut: ['harbour.example'] }))).toBe(true);
  });

  test('are told by a digest of what the operator says of them, and of nothing else', () => {
    const digest = (source: Partial<Source>, site: Partial<Site> = {}): string =>
      digestOfRights(aSite(site), [aSource(source), aSource({ id: 'wire' })]);
    const before = digest({});
    for (const same of [digest({ title: 'Other', weight: 3, schedule: '0 * * * *' }), digest({ remove: [] })])
      expect(same).toBe(before);
    expect(digestOfRights(aSite(), [aSource({ id: 'wire' }), aSource()])).toBe(before);
    const others = [
      digest({ republish: 'link' }),
      digest({ excerptWords: 3 }),
      digest({ remove: ['.x'] }),
      digest({}, { commercial: false }),
      digest({}, { optOut: ['x.example'] }),
    ];
    expect(new Set([before, ...others]).size).toBe(6);
  });
});
