import { openStore, storeExists } from '../store/open-store.ts';
import type { EntryStanding } from '../store/store.ts';
import { systemClock } from '../support/clock.ts';
import type { Command } from './command.ts';
import { oneLine } from './terminal.ts';
import { tellUnknownSource } from './unknown-source.ts';

export const holdList: Command = {
  name: 'hold list',
  says: 'list the entries that wait until you approve or reject them, and why',
  group: 'look',
  about: ['Entries are held by a filter with "then": "hold", and by the probation of a new source.'],
  examples: [{ line: 'tributary hold list --source harbour-news', says: 'What waits of one source.' }],
  options: [{ name: 'source', argument: 'ID', says: 'of this source alone' }],
  positionals: 0,
  async run(context) {
    const { config, options, terminal, json } = context;
    const sourceId = typeof options['source'] === 'string' ? options['source'] : null;
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    const entries = (await storeExists(where)) ? await heldIn(where, sourceId) : [];
    if (sourceId !== null && entries.length === 0) {
      const code = await tellUnknownSource(context, sourceId);
      if (code !== null) return code;
    }
    if (json) terminal.print(JSON.stringify(entries.map(heldObject), null, 2));
    else for (const line of heldLines(entries)) terminal.print(line);
    return 0;
  },
};

async function heldIn(
  where: { readonly databaseUrl: string | null; readonly dataDir: string },
  sourceId: string | null,
): Promise<readonly EntryStanding[]> {
  await using store = await openStore(where, { clock: systemClock() });
  return await store.heldEntries(sourceId);
}

function heldObject({ articleId, sourceId, title, link, reason, at }: EntryStanding): object {
  return { id: articleId, sourceId, title, link, reason, heldSince: at };
}

/** The queue for people, source by source. */
export function heldLines(entries: readonly EntryStanding[]): string[] {
  if (entries.length === 0) return ['Nothing is held.'];
  const lines = [...Map.groupBy(entries, ({ sourceId }) => sourceId)].flatMap(([sourceId, own]) => [
    `${sourceId}: ${own.length} held`,
    ...own.flatMap(entryLines),
    '',
  ]);
  const waits = entries.length === 1 ? 'One entry waits' : `${entries.length} entries wait`;
  const how = 'tributary hold approve (or reject) with ids, addresses, --source ID or --all';
  return [...lines, `${waits}: ${how}.`];
}

function entryLines({ articleId, title, link, reason, at }: EntryStanding): string[] {
  return [
    `  ${oneLine(title ?? '(untitled)', 100)}`,
    `    ${articleId}`,
    ...(link === null ? [] : [`    ${oneLine(link, 300)}`]),
    `    since ${at}: ${oneLine(reason, 300)}`,
  ];
}
