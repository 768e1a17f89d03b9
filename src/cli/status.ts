import { openApp } from '../app.ts';
import { ENTRY_STATES } from '../model/trail.ts';
import type { Command } from './command.ts';
import { orderOrTell } from './read-order.ts';
import { oneLine, table } from './terminal.ts';

export const status: Command = {
  name: 'status',
  says: 'tell for every source when it was asked, what it brought, and what is wrong',
  options: [],
  positionals: 0,
  async run(context) {
    const { config, terminal, json, log } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    await using app = await openApp(config, order.site, log);
    const states = await app.store.sourceStates();
    const counts = await app.store.entryCounts();
    const countOf = (sourceId: string, state: string): number =>
      counts.find((one) => one.sourceId === sourceId && one.state === state)?.count ?? 0;
    const sources = order.sources.map((source) => {
      const state = states.get(source.id);
      return {
        id: source.id,
        title: source.title,
        enabled: source.enabled,
        checkedAt: state?.checkedAt ?? null,
        nextCheckAt: source.enabled ? (state?.nextCheckAt ?? null) : null,
        failures: state?.failures ?? 0,
        lastFailure: state?.lastFailure ?? null,
        repairs: state?.repairs ?? [],
        entries: Object.fromEntries(ENTRY_STATES.map((name) => [name, countOf(source.id, name)])),
      };
    });
    const schema = await app.store.schemaVersion();
    if (json) {
      terminal.print(JSON.stringify({ schema, sources }, null, 2));
      return 0;
    }
    const rows = sources.map((source) => [
      source.id,
      !source.enabled
        ? 'off'
        : source.checkedAt === null
          ? 'never asked'
          : source.failures > 0
            ? `failing (${source.failures})`
            : 'well',
      source.checkedAt ?? '–',
      source.nextCheckAt ?? '–',
      source.entries['published'] ?? 0,
      source.entries['merged'] ?? 0,
      source.entries['dropped'] ?? 0,
    ]);
    for (const line of table([['source', 'state', 'asked', 'next', 'published', 'merged', 'dropped'], ...rows]))
      terminal.print(line);
    const troubled = sources.filter(({ failures }) => failures > 0);
    if (troubled.length > 0) terminal.print('');
    for (const { id, lastFailure } of troubled)
      terminal.print(`${id}: ${oneLine(lastFailure?.message ?? 'failed', 300)} (since ${lastFailure?.at})`);
    for (const { id, repairs } of sources)
      for (const repair of repairs) terminal.print(`${id}: mended on reading: ${oneLine(repair, 200)}`);
    terminal.print(`\ndatabase: ${schema}`);
    return 0;
  },
};
