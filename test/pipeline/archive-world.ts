import type { Order } from '../../src/config/sources-file.ts';
import type { Article } from '../../src/model/article.ts';
import { curateAwaiting } from '../../src/pipeline/curate-awaiting.ts';
import { openEditionFiles, type EditionFiles } from '../../src/pipeline/edition-files.ts';
import { openTextMemory, type TextMemory } from '../../src/pipeline/recent-texts.ts';
import { publishTopics } from '../../src/pipeline/publish-topics.ts';
import type { Output } from '../../src/publish/write-output.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { stoppedClock } from '../../src/support/clock.ts';
import { plusSeconds, type Instant } from '../../src/support/instant.ts';
import { silentLog } from '../../src/support/log.ts';
import { aMatch, aSite, aTopic } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { inventedSentences, inventedTitle } from '../support/invented-text.ts';
import { aLedgerEntry, arrival, aStep } from '../store/records.ts';

// A newsroom whose articles, rules and rights change from publication to publication, as chance will have it.

export const START = '2026-11-24T06:00:00Z';
const DAY = 86_400;

export const KINDS = [
  'new entries',
  'a late arrival',
  'a correction',
  'a cosmetic change',
  'a copy by another source',
  'reports turn out to be one event',
  'a topic takes others',
  'a topic is closed, or comes back',
  'a topic groups, or does not any more',
  'feeds hold more, or fewer',
  'an article is retracted',
  'a story is retracted',
  'rights are tightened',
  'rights are widened',
  'a source is kept for a day, or for good',
  'a publisher narrows what may be shown',
  'a publisher opts out, or comes back',
  'a retracted article is changed by its publisher',
  'the program starts anew, in another version',
  'the output folder is lost',
  'a file is lost',
  'a publication is killed',
] as const;
export type Kind = (typeof KINDS)[number];
export type Step = { readonly kind: Kind; readonly pick: number };

/** What is done wrong on purpose. */
export type Fault = { readonly store?: (store: Store) => Store; readonly output?: (output: Output) => Output };

export type World = {
  readonly store: Store;
  readonly files: Map<string, string>;
  readonly output: Output;
  readonly articles: Map<string, Article>;
  readonly retracted: Set<string>;
  order: Order;
  now: Instant;
  version: number;
  memory: TextMemory;
  editionFiles: EditionFiles;
  written: number;
  /** What the step before the present publication was. */
  last: Kind;
};

const SOURCES = ['harbour', 'wire'] as const;
const topics = {
  world: aTopic({ id: 'world', title: 'World', maxEntries: 4 }),
  ferries: aTopic({ id: 'ferries', title: 'Ferries', maxEntries: 3, match: aMatch({ any: ['ferry'] }) }),
  events: aTopic({ id: 'events', title: 'Events', maxEntries: 3, group: true }),
};

export async function openArchiveWorld(fault: Fault = {}): Promise<World> {
  const files = new Map<string, string>();
  const store = await openMemoryStore();
  const output = memoryOutput(files);
  return {
    store: fault.store === undefined ? store : fault.store(store),
    files,
    output: fault.output === undefined ? output : fault.output(output),
    articles: new Map(),
    retracted: new Set(),
    order: {
      site: aSite({ commercial: false }),
      topics: Object.values(topics),
      formerTopics: [],
      sources: SOURCES.map((id) =>
        aSource({ id, title: id, url: `https://${id}.example/feed`, topicIds: ['world', 'events'], excerptWords: 12 }),
      ),
    },
    now: START,
    version: 1,
    memory: openTextMemory(),
    editionFiles: openEditionFiles(),
    written: 0,
    last: 'new entries',
  };
}

export function memoryOutput(files: Map<string, string>): Output {
  return {
    write: async (path, content) => {
      const text = typeof content === 'string' ? content : Buffer.from(content).toString('latin1');
      if (files.get(path) === text) return 'unchanged';
      files.set(path, text);
      return 'written';
    },
    remove: async (path) => void files.delete(path),
    read: async (path) => new TextEncoder().encode(files.get(path) ?? ''),
    exists: async (path) => files.has(path),
  };
}

/** Words that stand in one article's title, at the beginning of its text and at its end. */
export const marksOf = (id: string): { readonly title: string; readonly begin: string; readonly end: string } => ({
  title: `Headline${id.replaceAll(':', 'Q')}Q`,
  begin: `Beginning${id.replaceAll(':', 'Q')}Q`,
  end: `Ending${id.replaceAll(':', 'Q')}Q`,
});

function write(world: World, given: Partial<Article> = {}): Article {
  const number = world.written++;
  const id = given.id ?? `urn:n${number}`;
  const sourceId = given.sourceId ?? SOURCES[number % SOURCES.length]!;
  const { title, begin, end } = marksOf(id);
  const sentences = [begin, ...inventedSentences(number, 5), end].join(' ');
  return anArticle({
    id,
    sourceId,
    entryId: id,
    link: `https://${sourceId}.example/news/${number}`,
    title: `${inventedTitle(number)} ${title}`,
    published: world.now,
    updated: world.now,
    firstSeenAt: world.now,
    publisher: { name: sourceId, url: `https://${sourceId}.example/` },
    summary: sentences.slice(0, 60),
    contentHtml: `<p>${sentences}</p>`,
    wordCount: 100,
    ...given,
  });
}

/** Brings articles into the store: new ones, or others in the place of known ones. */
async function bring(world: World, articles: readonly Article[]): Promise<void> {
  for (const article of articles) {
    world.articles.set(article.id, article);
    const { id, sourceId, entryId, firstSeenAt } = article;
    const ledger = [aLedgerEntry({ articleId: id, sourceId, entryId, firstSeenAt, digest: JSON.stringify(article) })];
    const trail = [aStep({ articleId: id, at: world.now, reason: 'its feed has it' })];
    await world.store.saveRefresh(arrival([article], { ledger, trail }));
  }
}

/** Does a step, without publishing it. False: nothing came of it. */
export async function take(world: World, { kind, pick }: Step): Promise<boolean> {
  world.now = plusSeconds(world.now, 3600);
  world.last = kind;
  const live = [...world.articles.values()].filter(({ id }) => !world.retracted.has(id));
  const one = live[pick % live.length];
  if (kind === 'new entries') {
    const many = Array.from({ length: 1 + (pick % 5) }, (_, at) => {
      const published = plusSeconds(world.now, at - 10);
      return write(world, { published, updated: published });
    });
    await bring(world, many);
    return true;
  }
  if (kind === 'a late arrival') {
    const published = plusSeconds(world.now, -(1 + (pick % 12)) * DAY);
    await bring(world, [write(world, { published, updated: published })]);
    return true;
  }
  if (kind === 'the program starts anew, in another version') {
    world.version++;
    world.memory = openTextMemory();
    world.editionFiles = openEditionFiles();
    return true;
  }
  if (kind === 'the output folder is lost') {
    world.files.clear();
    return true;
  }
  if (kind === 'a publication is killed') return true;
  if (kind === 'a file is lost') {
    const paths = [...world.files.keys()].filter((path) => path.startsWith('feeds/')).toSorted();
    return paths.length > 0 && world.files.delete(paths[pick % paths.length]!);
  }
  if (one === undefined) return false;
  return (await takeOfArticle(world, one, { kind, pick })) || takeOfOrder(world, { kind, pick });
}

async function takeOfArticle(world: World, one: Article, { kind, pick }: Step): Promise<boolean> {
  const { store, now } = world;
  switch (kind) {
    case 'a correction': {
      const correction = { at: now, kind: 'correction', note: 'The text was changed.' } as const;
      const contentHtml = `${one.contentHtml}<p>Put right at ${now}.</p>`;
      await bring(world, [{ ...one, contentHtml, updated: now, corrections: [...one.corrections, correction] }]);
      return true;
    }
    case 'a cosmetic change':
      await bring(world, [
        { ...one, contentHtml: one.contentHtml.replace('<p>', '<p class="x">').replace(' class="x"', '') + ' ' },
      ]);
      return true;
    case 'a copy by another source': {
      const sourceId = one.sourceId === 'wire' ? 'harbour' : 'wire';
      const sourceLink = { url: one.link!, name: null, foundBy: 'visible-link' } as const;
      await bring(world, [write(world, { sourceId, sourceLink })]);
      return true;
    }
    case 'reports turn out to be one event': {
      const stories = (await store.newestStories(null, 8)).map(({ story }) => story);
      if (stories.length < 2) return false;
      const into = stories[pick % stories.length]!;
      const moved = stories[(pick + 1) % stories.length]!;
      await store.moveStories([{ storyId: moved.id, eventId: into.eventId }], {});
      return true;
    }
    case 'an article is retracted':
      await retract(world, [one.id]);
      return true;
    case 'a story is retracted': {
      const storyId = (await store.storiesOfArticles([one.id])).get(one.id);
      if (storyId === undefined) return false;
      const [told] = await store.stories([storyId]);
      await retract(world, told!.story.articleIds);
      return true;
    }
    case 'a retracted article is changed by its publisher': {
      const id = [...world.retracted][pick % Math.max(1, world.retracted.size)];
      if (id === undefined) return false;
      await bring(world, [{ ...world.articles.get(id)!, updated: now }]);
      return true;
    }
    case 'a publisher narrows what may be shown': {
      const declared = [
        { by: 'page', kind: 'robots', noArchive: pick % 2 === 0, mostCharacters: pick % 2 === 0 ? null : 60 } as const,
      ];
      await bring(world, [{ ...one, rights: { ...one.rights, declared } }]);
      return true;
    }
    default:
      return false;
  }
}

async function retract(world: World, ids: readonly string[]): Promise<void> {
  const verdicts = ids.map((articleId) => ({ articleId, verdict: 'retracted' as const, at: world.now, note: null }));
  await world.store.saveVerdicts(verdicts);
  for (const id of ids) world.retracted.add(id);
}

function takeOfOrder(world: World, { kind, pick }: Step): boolean {
  const { site, sources } = world.order;
  const source = sources[pick % sources.length]!;
  const withTopic = (
    id: keyof typeof topics,
    change: (topic: (typeof topics)[typeof id]) => Partial<(typeof topics)[typeof id]>,
  ) => {
    world.order = {
      ...world.order,
      topics: world.order.topics.map((topic) => (topic.id === id ? { ...topic, ...change(topic) } : topic)),
    };
    return world.order.topics.some((topic) => topic.id === id);
  };
  const withSource = (change: Partial<typeof source>): boolean => {
    world.order = { ...world.order, sources: sources.map((each) => (each === source ? { ...each, ...change } : each)) };
    return true;
  };
  switch (kind) {
    case 'a topic takes others':
      return withTopic('ferries', ({ match }) => ({
        match: aMatch({ any: match!.any[0] === 'ferry' ? ['bridge', 'pumps'] : ['ferry'] }),
      }));
    case 'a topic is closed, or comes back': {
      const rest = world.order.topics.filter(({ id }) => id !== 'ferries');
      world.order = {
        ...world.order,
        topics: rest.length < world.order.topics.length ? rest : [...rest, topics.ferries],
      };
      return true;
    }
    case 'a topic groups, or does not any more':
      return withTopic('events', ({ group }) => ({ group: !group }));
    case 'feeds hold more, or fewer':
      return withTopic('world', () => ({ maxEntries: 2 + (pick % 5) }));
    case 'rights are tightened':
      return source.republish === 'full'
        ? withSource({ republish: 'excerpt' })
        : source.excerptWords > 4
          ? withSource({ excerptWords: source.excerptWords - 4 })
          : withSource({ republish: 'link' });
    case 'a source is kept for a day, or for good':
      return withSource({ retentionDays: source.retentionDays === null ? 1 : null });
    case 'rights are widened':
      return withSource({ republish: 'full', excerptWords: 12 });
    case 'a publisher opts out, or comes back':
      world.order = {
        ...world.order,
        site: { ...site, optOut: site.optOut.length === 0 ? [`${source.id}.example`] : [] },
      };
      return true;
    default:
      return false;
  }
}

/** Sorts and publishes; of a killed one a part at first. */
export async function publish(world: World, { pick, kind }: Step): Promise<void> {
  if (kind === 'a publication is killed') {
    let left = pick % 25;
    const killed: Output = {
      ...world.output,
      write: async (path, content) => {
        if (left-- === 0) throw new Error('killed');
        return world.output.write(path, content);
      },
    };
    await publishInto(world, killed).catch((error: unknown) => {
      if (!Error.isError(error) || error.message !== 'killed') throw error;
    });
    world.memory = openTextMemory();
  }
  await publishInto(world, world.output);
}

async function publishInto({ store, order, now, memory, version, editionFiles }: World, output: Output): Promise<void> {
  const clock = stoppedClock(now);
  await curateAwaiting({ store, clock, log: silentLog, memory }, order);
  await publishTopics({ store, output, clock, log: silentLog, rendererDigest: String(version), editionFiles }, order);
}
