import type { Order } from '../../src/config/sources-file.ts';
import type { Article } from '../../src/model/article.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { publishTopics, type PublishReport } from '../../src/pipeline/publish-topics.ts';
import type { PrivateRooms } from '../../src/pipeline/rooms.ts';
import type { Output } from '../../src/publish/write-output.ts';
import { openTextMemory } from '../../src/pipeline/recent-texts.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { plusSeconds } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aMatch, aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { inventedSentences, inventedTitle } from '../support/invented-text.ts';
import { aLedgerEntry, arrival, aStep } from '../store/records.ts';
import { marksOf, memoryOutput } from './archive-world.ts';

// A newsroom with a private topic, whose sources also report what is public.

export const SITE = 'https://news.example.org/';
export const CIRCLE = aTopic({ id: 'circle', title: 'Inner Circle', private: true, maxEntries: 3 });
export const WORLD = aTopic({ id: 'world', title: 'World', maxEntries: 4 });
export const FERRIES = aTopic({
  id: 'ferries',
  title: 'Ferries',
  maxEntries: 3,
  match: aMatch({ any: ['ferrymark'] }),
});

export const ORDER: Order = {
  site: aSite({ url: SITE, commercial: false, hub: { url: `${SITE}hub`, isOwn: true } }),
  topics: [WORLD, FERRIES, CIRCLE],
  formerTopics: [],
  sources: [
    aSource({ id: 'open', title: 'Open News', url: 'https://open.example/feed', topicIds: ['world'] }),
    aSource({ id: 'letter', title: 'The Letter', url: 'https://letter.example/?key=k3y', topicIds: ['circle'] }),
    aSource({ id: 'both', title: 'Both Ways', url: 'https://both.example/feed', topicIds: ['world', 'circle'] }),
  ],
};

export type PrivateWorld = {
  readonly store: Store;
  readonly files: Map<string, string>;
  /** By topic. */
  readonly rooms: Map<string, Map<string, string>>;
  readonly logged: string[];
  order: Order;
  now: string;
  written: number;
};

export async function openPrivateWorld(): Promise<PrivateWorld> {
  return {
    store: await openMemoryStore(),
    files: new Map(),
    rooms: new Map(),
    logged: [],
    order: ORDER,
    now: '2026-11-24T06:00:00Z',
    written: 0,
  };
}

/** An article with words of its own in title and text; `like`: the same words as another has, and its own marks. */
export function written(
  world: PrivateWorld,
  sourceId: string,
  given: Partial<Article> & { readonly word?: string; readonly like?: number } = {},
): Article {
  const { word = '', like, ...rest } = given;
  const number = world.written++;
  const id = `urn:${sourceId}${number}`;
  const { title, begin, end } = marksOf(id);
  const published = plusSeconds(world.now, number);
  return anArticle({
    id,
    sourceId,
    entryId: id,
    link: `https://${sourceId}.example/news/${number}`,
    title: `${inventedTitle(like ?? number)} ${title}`,
    published,
    updated: published,
    firstSeenAt: published,
    publisher: { name: sourceId, url: `https://${sourceId}.example/` },
    summary: begin,
    contentHtml: `<p>${[begin, word, ...inventedSentences(like ?? number, 12), end].join(' ')}</p>`,
    wordCount: 150,
    ...rest,
  });
}

export async function bring(world: PrivateWorld, articles: readonly Article[]): Promise<void> {
  world.now = plusSeconds(world.now, 3600);
  for (const article of articles) {
    const { id, sourceId, entryId, firstSeenAt } = article;
    const ledger = [aLedgerEntry({ articleId: id, sourceId, entryId, firstSeenAt, digest: JSON.stringify(article) })];
    const trail = [aStep({ articleId: id, at: world.now, reason: 'its feed has it' })];
    await world.store.saveRefresh(arrival([article], { ledger, trail }));
  }
}

export async function publish(
  world: PrivateWorld,
  given: {
    readonly store?: Store;
    readonly curates?: boolean;
    /** Where it is published, in the place of memory. */
    readonly output?: Output;
    readonly privateRooms?: PrivateRooms;
  } = {},
): Promise<PublishReport> {
  world.now = plusSeconds(world.now, 60);
  const { store = world.store, curates = true, ...places } = given;
  const clock = stoppedClock(world.now);
  const log = {
    ...silentLog,
    debug: (message: string, fields?: object) => void world.logged.push(`${message} ${JSON.stringify(fields)}`),
    error: (message: string, fields?: object) => void world.logged.push(`${message} ${JSON.stringify(fields)}`),
  };
  if (curates) await curateAwaiting({ store, clock, log, memory: openTextMemory() }, world.order);
  let made = 0;
  const privateRooms = {
    newToken: () => `token-of-test-${made++}-${world.now.replaceAll(/\D/g, '')}`,
    output: (topicId: string) => {
      const files = world.rooms.get(topicId) ?? new Map<string, string>();
      world.rooms.set(topicId, files);
      return Promise.resolve(memoryOutput(files));
    },
  };
  const tools = {
    store,
    output: memoryOutput(world.files),
    clock,
    log,
    rendererDigest: 'one',
    privateRooms,
    ...places,
  };
  return publishTopics(tools, world.order);
}

export async function tokenOf(world: PrivateWorld, topicId: string): Promise<string> {
  return (await world.store.privateTokens()).find((one) => one.topicId === topicId)!.token;
}

/** Where any of the words stands among public files. */
export function leaksOf(files: ReadonlyMap<string, string>, words: readonly string[]): readonly string[] {
  return [...files].flatMap(([path, text]) =>
    words.filter((word) => path.includes(word) || text.includes(word)).map((word) => `${path}: ${word}`),
  );
}

/** All by which an article could be known. */
export function signsOf(article: Article): readonly string[] {
  const { title, begin, end } = marksOf(article.id);
  return [article.id, title, begin, end, title.toLowerCase(), article.link!];
}
