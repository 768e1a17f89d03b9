import type { WebhookDelivery } from '../model/push.ts';
import { shownAddress } from '../support/shown-address.ts';
import { openStore, storeExists } from '../store/open-store.ts';
import { systemClock } from '../support/clock.ts';
import type { Command, ExitCode } from './command.ts';
import { oneLine } from './terminal.ts';

const WORDS = ['list', 'retry', 'drop'] as const;
type Word = (typeof WORDS)[number];

export const webhooks: Command = {
  name: 'webhooks',
  says: 'list the deliveries to webhooks that were given up, and retry or drop them',
  group: 'upkeep',
  about: [
    'A delivery that fails is tried again by itself, ever more rarely, and given up after a day. Those are listed here, with the numbers by which they are retried or dropped.',
  ],
  examples: [
    { line: 'tributary webhooks', says: 'Lists them.' },
    { line: 'tributary webhooks retry --all', says: 'When the other site is back.' },
  ],
  options: [{ name: 'all', argument: null, says: 'retry or drop all of them' }],
  positionals: 200,
  operands: '[list|retry|drop] [NUMBER …]',
  async run({ config, options, positionals, terminal, json }) {
    const [word = 'list', ...written] = positionals;
    const all = options['all'] === true;
    if (!isWord(word)) return wrong(`"${word}" is none of ${WORDS.join(', ')}`, terminal);
    const numbers = written.map(Number);
    const bad = written.find((_, at) => !Number.isSafeInteger(numbers[at]));
    if (bad !== undefined) return wrong(`"${bad}" is no number of a delivery`, terminal);
    if (word !== 'list' && numbers.length === 0 && !all)
      return wrong(`Say which: tributary webhooks ${word} NUMBER …, or --all`, terminal);
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    const clock = systemClock();
    if (!(await storeExists(where))) {
      terminal.print(json ? '[]' : NONE);
      return 0;
    }
    await using store = await openStore(where, { clock });
    const dead = await store.push.deadWebhooks();
    if (word === 'list') {
      if (json) terminal.print(JSON.stringify(dead.map(deadObject), null, 2));
      else for (const line of deadLines(dead)) terminal.print(line);
      return 0;
    }
    const known = new Set(dead.map(({ number }) => number));
    const stranger = all ? undefined : numbers.find((number) => !known.has(number));
    if (stranger !== undefined) return wrong(`No delivery ${stranger} was given up`, terminal);
    const chosen = all ? [...known] : numbers;
    if (word === 'retry') await store.push.reviveWebhooks(chosen, clock.now());
    else await store.push.dropWebhooks(chosen);
    const done = word === 'retry' ? 'on their way again' : 'dropped';
    terminal.print(json ? JSON.stringify({ [word]: chosen }) : `Deliveries ${done}: ${chosen.length}.`);
    return 0;
  },
};

const NONE = 'No delivery was given up.';

function isWord(word: string): word is Word {
  return (WORDS as readonly string[]).includes(word);
}

function wrong(line: string, terminal: { tell(line: string): void }): ExitCode {
  terminal.tell(line);
  return 2;
}

function deadObject({ number, id, topicId, url, createdAt, tries, lastFailure }: WebhookDelivery): object {
  return { number, id, topicId, webhook: shownAddress(url), createdAt, tries, lastFailure };
}

/** The dead letters for people, the oldest first. */
export function deadLines(dead: readonly WebhookDelivery[]): string[] {
  if (dead.length === 0) return [NONE];
  const lines = dead.flatMap(({ number, topicId, url, createdAt, lastFailure }) => [
    `${number}: ${topicId} to ${oneLine(shownAddress(url), 200)}, of ${createdAt}`,
    `    ${oneLine(lastFailure ?? 'it failed', 300)}`,
  ]);
  return [...lines, '', 'tributary webhooks retry (or drop) with their numbers, or --all'];
}
