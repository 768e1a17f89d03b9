import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDemoWorld, type DemoWorld } from '../../bench/support/demo-world.ts';
import { runTributary } from '../end-to-end/run-tributary.ts';
import { openNewsboat, type KeptItem, type Newsboat } from './newsboat.ts';
import { openClient, openMemory, type Memory, type Poll } from './reader-memory.ts';
import type { Reader } from './reading.ts';
import { startGazette, type Gazette } from './shifting-gazette.ts';

// Subscribers over time: newsboat and the readers of the matrix poll the served demo after every publication.

/** What a step of the story does upstream, and what it may bring to a subscriber. */
type Step = {
  readonly says: string;
  readonly now: string;
  readonly act: (world: DemoWorld, gazette: Gazette) => Promise<void> | void;
  /** `nothing`: not one new entry. `news`: some. `older at most`: none of them newer than what was there (they move up). */
  readonly brings: 'nothing' | 'news' | 'older at most';
};

const at = (hours: number): string =>
  new Date(Date.parse('2026-11-24T06:00:00Z') + hours * 3_600_000).toISOString().replace('.000Z', 'Z');

const STEPS: readonly Step[] = [
  {
    says: 'the first publication',
    now: at(0),
    act: (_, gazette) => ['A', 'B', 'C'].forEach((letter, index) => gazette.add(letter, at(-3 - index))),
    brings: 'news',
  },
  { says: 'an hour without news', now: at(1), act: () => {}, brings: 'nothing' },
  {
    says: 'a round of news, with corrections',
    now: at(2),
    act: (world) => void world.newsroom.tick(1),
    brings: 'news',
  },
  { says: 'an edited article', now: at(3), act: (_, gazette) => gazette.edit('B'), brings: 'nothing' },
  {
    says: 'other guids for all that a publisher has',
    now: at(4),
    act: (_, gazette) => gazette.changeGuids(),
    brings: 'nothing',
  },
  {
    says: 'one more article, under a guid of the new kind',
    now: at(5),
    act: (_, gazette) => gazette.add('D', at(4.5)),
    brings: 'news',
  },
  { says: 'a retraction', now: at(6), act: retractC, brings: 'older at most' },
  { says: 'a second round of news', now: at(7), act: (world) => void world.newsroom.tick(1), brings: 'news' },
  { says: 'a moved permalink', now: at(8), act: (_, gazette) => gazette.movePermalink('A'), brings: 'nothing' },
  { says: 'the last round of news', now: at(9), act: (world) => void world.newsroom.tick(1), brings: 'news' },
  { says: 'a night without news', now: at(18), act: () => {}, brings: 'nothing' },
];

/** Whether a step comes at or after another. */
const isSince = (step: Step, says: string): boolean =>
  STEPS.indexOf(step) >= STEPS.findIndex((one) => one.says === says);

const TOPICS = ['all', 'curios', 'world'] as const;

export type Story = {
  readonly faults: readonly string[];
  readonly checks: number;
  readonly publications: readonly {
    readonly says: string;
    readonly fresh: number;
    readonly notModified: number;
    readonly asked: number;
    readonly kept: number;
  }[];
};

type Item = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly external_url?: string;
  readonly date_published: string;
};
/** What one document has held so far: which id each article had, and which ids were there. */
type Ledger = { readonly idOf: Map<string, string>; readonly ids: Set<string>; newest: string };

/** Plays the story. `newsboat`: its program, or null for the readers of the matrix alone. */
export async function playSubscription(
  room: string,
  given: { readonly newsboat: string | null; readonly readers: readonly Reader[] },
): Promise<Story> {
  await using gazette = await startGazette();
  await using world = await openDemoWorld(join(room, 'world'), (written) => ({
    ...written,
    // A topic small enough for entries to scroll out, and one for the publisher that changes everything.
    topics: [
      ...written.topics.map((topic) => ('id' in topic && topic.id === 'world' ? { ...topic, maxEntries: 12 } : topic)),
      { id: 'curios', title: 'Curios' },
    ],
    sources: [
      ...written.sources,
      { id: 'shifting-gazette', title: 'The Shifting Gazette', url: gazette.feed, topics: ['curios'], content: 'feed' },
    ],
  }));
  const paths = TOPICS.flatMap((topic) => ['atom', 'rss', 'json'].map((format) => `feeds/${topic}.${format}`));
  const xml = paths.filter((path) => !path.endsWith('.json'));
  const subscribers = {
    newsboats: given.newsboat === null ? [] : openNewsboats(given.newsboat, room, world.siteUrl, xml),
    memories: given.readers.map(openMemory),
    client: openClient(),
  };
  const told = { faults: [] as string[], checks: 0 };
  const check = (holds: boolean, fault: () => string): void => {
    told.checks++;
    if (!holds) told.faults.push(fault());
  };
  const ledgers = new Map<string, Ledger>(paths.map((path) => [path, { idOf: new Map(), ids: new Set(), newest: '' }]));
  const publications: Story['publications'][number][] = [];
  for (const step of STEPS) {
    try {
      await step.act(world, gazette);
    } catch (error) {
      check(false, () => `${step.says}: ${(error as Error).message}`);
    }
    await world.publish({ now: step.now }, async () => {
      const polls: Poll[] = [];
      for (const path of paths) polls.push(await subscribers.client.ask(world.siteUrl + path, path));
      const fresh = keepLedgers(polls, ledgers, step, check);
      if (isSince(step, 'a retraction')) checkTombstones(world, ledgers, step, check);
      await pollMatrix(subscribers.memories, polls, fresh, step, check);
      const kept = await Promise.all(
        subscribers.newsboats.map((one) => pollNewsboat(one, { step, fresh, ledgers, check })),
      );
      publications.push({
        says: step.says,
        fresh: [...fresh.values()].reduce((sum, ids) => sum + ids.size, 0),
        notModified: polls.filter(({ status }) => status === 304).length,
        asked: polls.length,
        kept: kept.reduce((sum, items) => sum + items.length, 0),
      });
    });
  }
  return { ...told, publications };
}

type Check = (holds: boolean, fault: () => string) => void;

/** What is new in each document by its JSON twin, and whether it may be: an article has one id for ever. */
function keepLedgers(
  polls: readonly Poll[],
  ledgers: ReadonlyMap<string, Ledger>,
  { says, brings }: Step,
  check: Check,
): Map<string, ReadonlySet<string>> {
  const fresh = new Map<string, ReadonlySet<string>>();
  for (const { path, document } of polls.filter((poll) => poll.path.endsWith('.json'))) {
    const ledger = ledgers.get(path)!;
    const items = document === null ? [] : (JSON.parse(document.text) as { readonly items: readonly Item[] }).items;
    check(new Set(items.map(articleOf)).size === items.length, () => `${says}: ${path} holds an article twice`);
    for (const item of items) {
      const before = ledger.idOf.get(articleOf(item));
      check(
        before === undefined || before === item.id,
        () => `${says}: in ${path} "${item.title}" was ${before}, is ${item.id}`,
      );
      ledger.idOf.set(articleOf(item), item.id);
    }
    const added = items.filter(({ id }) => !ledger.ids.has(id));
    if (brings === 'nothing')
      check(added.length === 0, () => `${says}: ${path} brings "${added.map(({ title }) => title).join('", "')}"`);
    if (brings === 'older at most')
      check(
        added.every(({ date_published }) => date_published <= ledger.newest),
        () => `${says}: ${path} brings something newer`,
      );
    for (const { id, date_published } of items) {
      ledger.ids.add(id);
      if (date_published > ledger.newest) ledger.newest = date_published;
    }
    for (const format of ['atom', 'rss', 'json'])
      fresh.set(path.replace(/json$/, format), new Set(added.map(({ id }) => id)));
  }
  const count = [...fresh.values()].reduce((sum, ids) => sum + ids.size, 0);
  if (brings === 'news') check(count > 0, () => `${says}: nothing new came`);
  return fresh;
}

/** What was taken back stands in no document any more, and its id is named as deleted (RFC 6721). */
function checkTombstones(world: DemoWorld, ledgers: ReadonlyMap<string, Ledger>, { says }: Step, check: Check): void {
  const id = ledgers.get('feeds/curios.json')!.idOf.get('Dispatch C:') ?? 'no id';
  for (const topic of ['all', 'curios'])
    for (const format of ['atom', 'rss', 'json']) {
      const text = readFileSync(join(world.output, `feeds/${topic}.${format}`), 'utf8');
      check(!text.includes('Dispatch C:'), () => `${says}: feeds/${topic}.${format} holds what was taken back`);
      if (format === 'rss') continue;
      const [deleted] =
        format === 'atom'
          ? text.matchAll(/deleted-entry[^>]*ref="([^"]*)"/g)
          : text.matchAll(/"deleted":\s*\[[^\]]*"(urn:[^"]*)"/g);
      check(deleted?.[1] === id, () => `${says}: feeds/${topic}.${format} does not tell that ${id} is deleted`);
    }
}

/** One and the same article, whatever its publisher does to guid, headline and address. */
function articleOf({ title, external_url, url }: Item): string {
  return /^Dispatch [A-Z]:/.exec(title)?.[0] ?? external_url ?? url;
}

async function pollMatrix(
  memories: readonly Memory[],
  polls: readonly Poll[],
  fresh: ReadonlyMap<string, ReadonlySet<string>>,
  { says }: Step,
  check: Check,
): Promise<void> {
  for (const memory of memories) {
    for (const [path, ids] of await memory.take(polls)) {
      const expected = fresh.get(path)!;
      check(
        ids.length === expected.size && ids.every((id) => expected.has(id)),
        () => `${says}: ${memory.name} finds ${ids.length} new entries in ${path}, there are ${expected.size}`,
      );
      const titles = [...memory.held(path).values()].map((title) => /^Dispatch [A-Z]:/.exec(title)?.[0] ?? title);
      check(new Set(titles).size === titles.length, () => `${says}: ${memory.name} holds a title twice in ${path}`);
    }
  }
}

/** A subscriber, by the documents that it is subscribed to. */
type Subscribed = { readonly to: string; readonly paths: readonly string[]; readonly newsboat: Newsboat };

/**
 * One for each document, since newsboat knows an entry by its guid wherever it stands; and one that has subscribed to all of
 * them at once, to which an entry of two topics and formats is one entry.
 */
function openNewsboats(
  program: string,
  room: string,
  siteUrl: string,
  paths: readonly string[],
): readonly Subscribed[] {
  const open = (to: string, some: readonly string[]): Subscribed => {
    const folder = join(room, 'newsboat', to.replaceAll('/', '-'));
    return {
      to,
      paths: some,
      newsboat: openNewsboat(
        program,
        folder,
        some.map((path) => siteUrl + path),
      ),
    };
  };
  return [...paths.map((path) => open(path, [path])), open('all documents', paths)];
}

async function pollNewsboat(
  { to, paths, newsboat }: Subscribed,
  given: {
    readonly step: Step;
    readonly fresh: ReadonlyMap<string, ReadonlySet<string>>;
    readonly ledgers: ReadonlyMap<string, Ledger>;
    readonly check: Check;
  },
): Promise<readonly KeptItem[]> {
  const { step, fresh, ledgers, check } = given;
  const { says } = step;
  const known = new Set(newsboat.known());
  await newsboat.poll();
  const kept = newsboat.kept();
  const published = new Set(paths.flatMap((path) => [...ledgers.get(path.replace(/\w+$/, 'json'))!.ids]));
  const expected = new Set(paths.flatMap((path) => [...(fresh.get(path) ?? [])]).filter((id) => !known.has(id)));
  const unread = kept.filter((item) => item.unread).map(({ guid }) => guid);
  check(
    new Set(kept.map(({ guid }) => guid)).size === kept.length,
    () => `${says}: newsboat holds a guid twice, of ${to}`,
  );
  check(
    kept.length === published.size && kept.every(({ guid }) => published.has(guid)),
    () => `${says}: newsboat holds ${kept.length} entries of ${to}, ${published.size} were published`,
  );
  check(
    unread.length === expected.size && unread.every((guid) => expected.has(guid)),
    () => `${says}: newsboat has ${unread.length} unread of ${to}, ${expected.size} are new`,
  );
  check(
    kept.every(({ title, url, content }) => title !== '' && url !== '' && content !== ''),
    () => `${says}: newsboat holds an entry of ${to} without title, address or text`,
  );
  const edited = isSince(step, 'an edited article');
  for (const { title } of kept.filter((item) => item.title.startsWith('Dispatch B:')))
    check(title.endsWith('as was found later') === edited, () => `${says}: newsboat has another headline: ${title}`);
  newsboat.markAllRead();
  return kept;
}

/** By the command, as an operator does it. */
async function retractC(world: DemoWorld): Promise<void> {
  const { items } = JSON.parse(readFileSync(join(world.output, 'feeds/curios.json'), 'utf8')) as {
    readonly items: readonly Item[];
  };
  const { id } = items.find(({ title }) => title.startsWith('Dispatch C:'))!;
  const { code, stdout, stderr } = await runTributary(['retract', id, ...world.flags], { TRIBUTARY_NOW: at(6) });
  if (code !== 0) throw new Error(`tributary retract ended with ${code}: ${(stderr || stdout).split('\n')[0]}`);
}
