import { expect, test } from '@jest/globals';
import { extractArticle } from '../../src/extract/extract-article.ts';
import type { Order } from '../../src/config/sources-file.ts';
import type { Article, Declaration } from '../../src/model/article.ts';
import type { RslLicence } from '../../src/model/rsl.ts';
import type { Source } from '../../src/model/source.ts';
import { openListEntries } from '../../src/pipeline/list-entries.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { publishTopics } from '../../src/pipeline/publish-topics.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import type { Output } from '../../src/publish/write-output.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { arrival } from '../store/records.ts';
import { aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, anEntry, aSource } from '../support/an-entry.ts';
import { leaksIn } from '../support/withheld-runs.ts';

// A whole publication, of articles of every extent: no file may hold a run of eight words of a text that is withheld.

const NOW = '2026-11-24T06:00:00Z';
const EXCERPT_WORDS = 20;
const CC = 'https://creativecommons.org/licenses/';

const offer = (given: Partial<RslLicence>): Declaration => ({
  by: 'feed',
  kind: 'rsl',
  terms: {
    url: null,
    server: null,
    file: null,
    licences: [
      {
        usesPermitted: [],
        usesProhibited: [],
        usersPermitted: [],
        usersProhibited: [],
        isForPlaces: false,
        payment: 'free',
        ...given,
      },
    ],
  },
});
const robots = (noArchive: boolean, mostCharacters: number | null): Declaration => ({
  by: 'page',
  kind: 'robots',
  noArchive,
  mostCharacters,
});
const licence = (name: string): Declaration => ({ by: 'feed', kind: 'licence', url: `${CC}${name}/4.0/` });

type Case = {
  readonly name: string;
  /** How many words of its body are shown; null: all of it. */
  readonly shown: number | null;
  /** Whether the picture is shown without its words. */
  readonly isPictureMute?: boolean;
  /** Whether the publisher gives it no title: then its words are short, so that many have room in an address. */
  readonly isUntitled?: boolean;
  readonly source?: Partial<Source> | null;
  readonly declared?: readonly Declaration[];
  readonly article?: Partial<Article>;
};

/** What stands in the way of a text. */
const TITLED: readonly Case[] = [
  { name: 'whole', shown: null },
  { name: 'excerpted', shown: EXCERPT_WORDS, source: { republish: 'excerpt' } },
  { name: 'linked', shown: 0, source: { republish: 'link' } },
  { name: 'unlisted', shown: 0, source: null },
  { name: 'attributed', shown: null, declared: [licence('by')] },
  { name: 'uncommercial', shown: EXCERPT_WORDS, declared: [licence('by-nc')] },
  { name: 'unchanged', shown: EXCERPT_WORDS, source: { remove: ['.ad'] }, declared: [licence('by-nd')] },
  { name: 'prohibited', shown: 0, declared: [offer({ usesProhibited: ['all'] })] },
  { name: 'paid', shown: EXCERPT_WORDS, declared: [offer({ payment: 'subscription' })] },
  { name: 'unarchived', shown: EXCERPT_WORDS, declared: [robots(true, null)] },
  { name: 'unsnipped', shown: 0, declared: [robots(false, 0)] },
  { name: 'measured', shown: 3, isPictureMute: true, declared: [robots(false, 50)] },
  { name: 'optedout', shown: 0, article: { link: 'https://silent.example/a' } },
  {
    name: 'passedon',
    shown: 0,
    article: { sourceLink: { url: 'https://www.silent.example/b', name: null, foundBy: 'visible-link' } },
  },
];

/** Each of them without a title too. Of short words fifty characters hold twelve. */
const CASES: readonly Case[] = [
  ...TITLED,
  ...TITLED.map((each) => ({
    ...each,
    name: `untitled${each.name}`,
    shown: each.name === 'measured' ? 12 : each.shown,
    isUntitled: true,
  })),
];

const FEEDS = ['feeds/world.atom', 'feeds/world.rss', 'feeds/world.json', 'feeds/all.json'];

/** Words that stand in no other text. */
const words = (of: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${of}${at}word`);
const bodyOf = ({ name, isUntitled = false }: Case): string[] =>
  isUntitled ? Array.from({ length: 200 }, (_, at) => `${lettersOf(name)}${at}`) : words(`${name}body`, 200);
/** Two letters for each case. */
const lettersOf = (name: string): string =>
  `u${'abcdefghijklmnopqrstuvwxyz'[CASES.findIndex((each) => each.name === name) - TITLED.length]!}`;

/** As extraction calls an entry that has a text and no title. */
function titleOf(each: Case, contentHtml: string): string {
  if (each.isUntitled !== true) return `The headline of ${each.name}`;
  const { title } = extractArticle({
    id: `urn:${each.name}`,
    entryId: each.name,
    entry: anEntry({ id: each.name, content: { type: 'html', value: contentHtml } }),
    source: sourceOf(each) ?? aSource(),
    feed: {
      url: `https://${each.name}.example/feed`,
      title: null,
      link: null,
      language: null,
      authors: [],
      rights: null,
      licence: null,
      rsl: [],
    },
    answers: [],
    firstSeenAt: NOW,
    now: NOW,
    previous: null,
  });
  return title;
}

/** An article with its own words in every place that can hold some. */
function articleOf(at: number, each: Case): Article {
  const { name, declared = [], article = {} } = each;
  const body = bodyOf(each);
  const contentHtml = `<p>${body.slice(0, 100).join(' ')}</p><ul><li>${body.slice(100).join('</li><li>')}</li></ul>`;
  return anArticle({
    id: `urn:${name}`,
    sourceId: name,
    entryId: name,
    link: `https://${name}.example/a`,
    publisher: { name: `${name} News`, url: null },
    title: titleOf(each, contentHtml),
    published: `2026-11-20T08:${String(at).padStart(2, '0')}:00Z`,
    updated: `2026-11-20T08:${String(at).padStart(2, '0')}:00Z`,
    summary: words(`${name}summary`, 30).join(' '),
    contentHtml,
    wordCount: body.length,
    image: {
      url: `https://${name}.example/a.jpg`,
      width: 800,
      height: 600,
      type: 'image/jpeg',
      alt: words(`${name}alt`, 12).join(' '),
      caption: words(`${name}caption`, 12).join(' '),
      credit: null,
      licence: null,
    },
    enclosures: [
      { url: `https://${name}.example/a.mp3`, type: 'audio/mpeg', lengthBytes: 9, title: null, durationSeconds: null },
    ],
    rights: { text: `© ${name} News`, licence: `${CC}by/4.0/`, declared },
    corrections: [
      { at: '2026-11-20T09:00:00Z', kind: 'correction', note: `Correction: ${body.slice(120, 150).join(' ')}` },
    ],
    ...article,
  });
}

/** The texts of an article of which no run may be seen. */
function withheldOf(each: Case): string[][] {
  const { name, shown, isPictureMute = shown === 0 } = each;
  if (shown === null) return [];
  const beyond = [bodyOf(each).slice(shown), words(`${name}summary`, 30)];
  return isPictureMute ? [...beyond, words(`${name}alt`, 12), words(`${name}caption`, 12)] : beyond;
}

function sourceOf({ name, source = {} }: Case): Source | null {
  if (source === null) return null;
  return aSource({
    id: name,
    title: `${name} News`,
    url: `https://${name}.example/feed`,
    topicIds: ['world'],
    excerptWords: EXCERPT_WORDS,
    ...source,
  });
}

async function published(order: Order): Promise<ReadonlyMap<string, string>> {
  await using store = await openMemoryStore();
  const files = new Map<string, string>();
  const output: Output = {
    write: async (path, content) => {
      files.set(path, typeof content === 'string' ? content : Buffer.from(content).toString('latin1'));
      return 'written';
    },
    remove: async (path) => void files.delete(path),
    read: async (path) => new TextEncoder().encode(files.get(path) ?? ''),
    exists: async (path) => files.has(path),
  };
  for (const [at, each] of CASES.entries()) await store.saveRefresh(arrival([articleOf(at, each)]));
  const clock = stoppedClock(NOW);
  // Those that are not listed any more were when they were sorted.
  const unlisted = CASES.filter(({ source }) => source === null);
  const gone = unlisted.map(({ name }) => aSource({ id: name, title: 'Unlisted', topicIds: ['world'] }));
  const everybody = [...order.sources, ...gone];
  await curateAwaiting({ store, clock, log: silentLog, memory: openTextMemory() }, { ...order, sources: everybody });
  const report = await publishTopics({ store, output, clock, log: silentLog, rendererDigest: 'one' }, order);
  expect(report.refused).toEqual([]);
  const list = openListEntries({ store, orderNow: () => order });
  for (const topicId of ['world', 'all']) {
    const answer = await list({ topicId, since: null, limit: 100 });
    files.set(`api/topics/${topicId}/entries`, JSON.stringify(answer));
  }
  return files;
}

const ORDER: Order = {
  site: aSite({ optOut: ['silent.example'] }),
  topics: [aTopic()],
  formerTopics: [],
  sources: CASES.flatMap((each) => sourceOf(each) ?? []),
};
const WITHHELD = CASES.flatMap(withheldOf).map((text) => text.join(' '));

test('no file of a publication holds a run of eight words beyond what may be shown', async () => {
  const files = await published(ORDER);
  expect(leaksIn(files, WITHHELD)).toEqual([]);
  // What may be shown is.
  for (const each of CASES.filter(({ shown }) => shown === null))
    expect(leaksIn(files, [bodyOf(each).join(' ')]).map((leak) => leak.split(':')[0])).toEqual(
      expect.arrayContaining([
        'feeds/world.atom',
        'feeds/world.rss',
        'feeds/world.json',
        'feeds/all.atom',
        'api/topics/world/entries',
      ]),
    );
  for (const each of CASES.filter(({ shown }) => shown === EXCERPT_WORDS)) {
    expect(leaksIn(files, [bodyOf(each).slice(0, EXCERPT_WORDS).join(' ')])).not.toEqual([]);
    expect(leaksIn(files, [words(`${each.name}caption`, 12).join(' ')])).not.toEqual([]);
  }
  // Whatever has no title is called by six of its words, in the address of its page too.
  for (const { name, ...each } of CASES.filter(({ isUntitled }) => isUntitled)) {
    const slug = bodyOf({ name, ...each })
      .slice(0, 6)
      .join('-');
    if (each.article === undefined && each.source !== null)
      expect([name, [...files.keys()].some((path) => path.includes(`/${slug}-`))]).toEqual([name, true]);
  }
});

test('attribution stands with every entry that is shown, in every feed and on its page', async () => {
  const files = await published(ORDER);
  for (const { name } of TITLED.filter((each) => each.article === undefined && each.source !== null)) {
    const page = [...files.keys()].find((path) => path.includes(`the-headline-of-${name}-`))!;
    for (const path of [page, 'feeds/world.atom', 'feeds/world.rss', 'feeds/world.json', 'api/topics/world/entries'])
      for (const part of [`${name} News`, `https://${name}.example/a`, `© ${name} News`, `${CC}by/4.0/`])
        expect(files.get(path)).toContain(part);
  }
});

test('the scan finds each text that a fault lets out, in every place', async () => {
  // As if nobody had asked for less: all sources whole, nothing declared, nobody on the list.
  const careless: Order = {
    ...ORDER,
    site: aSite({ commercial: false }),
    sources: ORDER.sources.map((source) => ({ ...source, republish: 'full', remove: [] })),
  };
  const leaks = leaksIn(await published(careless), WITHHELD);
  for (const name of ['excerpted', 'linked', 'uncommercial', 'unchanged', 'optedout', 'passedon'])
    for (const path of [...FEEDS, 'api/topics/world/entries', 'api/topics/all/entries'])
      expect(leaks).toContainEqual(expect.stringMatching(new RegExp(`^${path}: ${name}body`)));
  expect(leaks).toContainEqual(expect.stringMatching(/^articles\/.*: linkedbody/));
  expect(leaks).toContainEqual(expect.stringMatching(/^topics\/world\/index.html: linkedsummary/));
});
