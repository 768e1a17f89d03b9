import { SOURCE_DEFAULTS } from '../../config/schema/source-defaults.ts';
import type { Order } from '../../config/sources-file.ts';
import type { Source, SourceState } from '../../model/source.ts';
import { stateFor } from '../../pipeline/source-state.ts';
import { openStore, storeExists } from '../../store/open-store.ts';
import { systemClock } from '../../support/clock.ts';
import type { Command, CommandContext } from '../command.ts';
import { orderOrTell } from '../read-order.ts';
import { oneLine, table } from '../terminal.ts';
import { meets, readConditions, unknownSetting } from './assignments.ts';

export const listSources: Command = {
  name: 'sources list',
  says: 'show the sources of sources.json, and how each stands',
  group: 'look',
  options: [
    {
      name: 'where',
      argument: 'CONDITIONS',
      says: 'those that are so: key=value, key!=value, key~text, with commas between',
    },
  ],
  positionals: 0,
  about: ['A condition looks at what the source has in sources.json, or by "defaults" there.'],
  examples: [{ line: "tributary sources list --where 'enabled=false'", says: 'Those that are not asked.' }],
  async run(context) {
    const { options, terminal, json } = context;
    const where = typeof options['where'] === 'string' ? options['where'] : '';
    const conditions = where === '' ? [] : readConditions(where);
    if (conditions === null) {
      terminal.tell(`--where "${where}" is none; write it as key=value, key!=value or key~text`);
      return 2;
    }
    const unknown = unknownSetting(conditions);
    if (unknown !== null) {
      terminal.tell(unknown);
      return 2;
    }
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const states = await statesOf(context, order);
    const rows = order.sources
      .filter((source) => meets({ ...SOURCE_DEFAULTS, ...source, topics: source.topicIds }, conditions))
      .map((source) => ({
        id: source.id,
        title: source.title,
        topics: source.topicIds,
        standing: standingOf(source, states.get(source.id)),
        checkedAt: states.get(source.id)?.checkedAt ?? null,
        url: source.url,
      }));
    if (json) terminal.print(JSON.stringify(rows, null, 2));
    else if (rows.length === 0) terminal.print('There are none.');
    else
      for (const line of table([
        ['source', 'title', 'topics', 'stands', 'address'],
        ...rows.map(({ id, title, topics, standing, url }) => [
          id,
          oneLine(title, 40),
          topics.join(', ') || 'by rules',
          standing,
          oneLine(url, 120),
        ]),
      ]))
        terminal.print(line);
    return 0;
  },
};

async function statesOf({ config }: CommandContext, { sources }: Order): Promise<ReadonlyMap<string, SourceState>> {
  const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
  if (!(await storeExists(where))) return new Map();
  await using store = await openStore(where, { clock: systemClock() });
  const states = await store.sourceStates();
  return new Map(sources.map((source) => [source.id, stateFor(source, states.get(source.id))]));
}

function standingOf({ enabled }: Source, state: SourceState | undefined): string {
  if (!enabled) return 'not enabled';
  if (state?.checkedAt === undefined || state.checkedAt === null) return 'not asked yet';
  return state.failures > 0 ? `failing (${state.failures} in a row)` : 'well';
}
