import { randomBytes } from 'node:crypto';
import type { Order } from '../config/sources-file.ts';
import { feedLinksOf } from '../curate/compose-edition.ts';
import { privateUrl, type PrivateToken } from '../model/private-token.ts';
import type { Topic } from '../model/topic.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { systemClock } from '../support/clock.ts';
import type { Instant } from '../support/instant.ts';
import type { Command, ExitCode } from './command.ts';
import { orderOrTell } from './read-order.ts';
import { oneLine } from './terminal.ts';

const WORDS = ['list', 'renew'] as const;
type Word = (typeof WORDS)[number];

/** The `private` command; that word is taken. */
export const privateTopics: Command = {
  name: 'private',
  says: 'show the addresses of private topics, or give one a new address',
  group: 'upkeep',
  about: [
    'Who knows the address of a private topic may read it. Where one has got about, a new one is made: the old one answers no more, and every reader has to be told the new one.',
  ],
  examples: [
    { line: 'tributary private', says: 'Shows the addresses.' },
    { line: 'tributary private renew board', says: 'Gives the topic "board" a new one.' },
  ],
  options: [],
  positionals: 2,
  operands: '[list|renew TOPIC]',
  async run(context) {
    const { config, positionals, terminal, json } = context;
    const [word = 'list', topicId] = positionals;
    const wrong = (line: string): ExitCode => {
      terminal.tell(line);
      return 2;
    };
    if (!isWord(word)) return wrong(`"${word}" is none of ${WORDS.join(', ')}`);
    if (word === 'renew' && topicId === undefined) return wrong('Say which: tributary private renew TOPIC');
    if (word === 'list' && topicId !== undefined) return wrong('"private list" takes no topic');
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const topics = order.topics.filter((topic) => topic.private);
    if (topicId !== undefined && !topics.some(({ id }) => id === topicId))
      return wrong(`sources.json has no private topic "${topicId}"`);
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    const clock = systemClock();
    if (word === 'list' && !(await storeExists(where))) {
      const addresses = topics.map((topic) => addressOf(order, topic, []));
      terminal.print(json ? JSON.stringify(addresses, null, 2) : addressLines(addresses).join('\n'));
      return 0;
    }
    await using store = await openStore(where, { clock });
    if (topicId !== undefined) {
      const token = randomBytes(32).toString('base64url');
      await store.savePrivateToken({ topicId, token, madeAt: clock.now() }, { inPlaceOfOlder: true });
    }
    const tokens = await store.privateTokens();
    const shown = topics.filter(({ id }) => topicId === undefined || id === topicId);
    const addresses = shown.map((topic) => addressOf(order, topic, tokens));
    if (json) terminal.print(JSON.stringify(addresses, null, 2));
    else for (const line of addressLines(addresses)) terminal.print(line);
    if (topicId !== undefined && !json)
      terminal.print('The old address opens nothing any more. The next publication makes the documents anew.');
    return 0;
  },
};

function isWord(word: string): word is Word {
  return (WORDS as readonly string[]).includes(word);
}

type Address = {
  readonly topicId: string;
  readonly title: string;
  readonly madeAt: string | null;
  /** Null: it was not published yet. */
  readonly url: string | null;
  readonly feeds: ReturnType<typeof feedLinksOf> | null;
};

function addressOf({ site }: Order, { id, title }: Topic, tokens: readonly PrivateToken[]): Address {
  const known = tokens.find(({ topicId }) => topicId === id);
  if (known === undefined) return { topicId: id, title, madeAt: null, url: null, feeds: null };
  const url = privateUrl(site.url, known);
  return { topicId: id, title, madeAt: known.madeAt, url, feeds: feedLinksOf({ url }, id) };
}

function addressLines(addresses: readonly Address[]): string[] {
  if (addresses.length === 0) return ['No topic of sources.json is private.'];
  return addresses.flatMap(({ topicId, title, madeAt, url, feeds }) =>
    url === null || feeds === null
      ? [`${topicId} (${title}): it gets its address when it is published first`]
      : [
          `${topicId} (${title}), since ${madeAt}`,
          `    ${url}`,
          `    ${feeds.atom}`,
          `    ${feeds.rss}`,
          `    ${feeds.json}`,
        ],
  );
}

/** What `status` tells of private topics: everything but their addresses. */
export type PrivateStatus = { readonly id: string; readonly title: string; readonly openSince: Instant | null };

/** @param order null while there is no list to go by: then of those that have an address */
export async function gatherPrivateStatus(
  store: Pick<Store, 'privateTokens'>,
  order: Pick<Order, 'topics'> | null,
): Promise<readonly PrivateStatus[]> {
  const tokens = await store.privateTokens();
  if (order === null) return tokens.map(({ topicId, madeAt }) => ({ id: topicId, title: topicId, openSince: madeAt }));
  const madeAt = new Map(tokens.map((known) => [known.topicId, known.madeAt]));
  return order.topics
    .filter((topic) => topic.private)
    .map(({ id, title }) => ({ id, title, openSince: madeAt.get(id) ?? null }));
}

export function privateLines(topics: readonly PrivateStatus[]): string[] {
  if (topics.length === 0) return [];
  const lines = topics.map(({ id, title, openSince }) => {
    const name = title === id ? id : `${id} (${oneLine(title, 100)})`;
    return `private: ${name}, ${openSince === null ? 'not published yet' : `at its address since ${openSince}`}`;
  });
  return [...lines, 'tributary private list shows the addresses'];
}
