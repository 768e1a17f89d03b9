import { join } from 'node:path';
import { keepCopy } from '../store/backup/keep-copy.ts';
import { withDatabase } from '../store/backup/with-database.ts';
import { migrate as bringUpToDate, migrationsOf, SCHEMA_CHANGES, stepsAhead } from '../store/migrate.ts';
import { storeExists } from '../store/open-store.ts';
import { systemClock } from '../support/clock.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  says: 'bring the database up to date, and keep a copy of it first',
  group: 'upkeep',
  about: [
    'Every other command that works on the database brings it up to date by itself, without a copy. This one is for those who want to see what would be done, have it done at a moment of their own, and be able to go back: of SQLite a copy is kept in the data folder first, with which the older version goes on working. Of PostgreSQL make one with "backup", or with its own tools.',
    'All steps are taken, or none. A database of a newer version is refused, here as everywhere.',
  ],
  examples: [
    { line: 'tributary migrate --check', says: 'Tells what would be done; exit code 1 where there is anything.' },
    { line: 'tributary migrate', says: 'Does it.' },
  ],
  exits: { 1: 'it failed and nothing was changed; with --check: the database is behind' },
  options: [{ name: 'check', argument: null, says: 'change nothing, and tell what would be done' }],
  positionals: 0,
  async run({ config, options, terminal, json }) {
    const clock = systemClock();
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    const isCheck = options['check'] === true;
    const newest = SCHEMA_CHANGES.at(-1)!.name;
    if (!(await storeExists(where))) {
      if (json) terminal.print(JSON.stringify({ ok: true, schema: null, newest, steps: [], copy: null }, null, 2));
      else terminal.print(`There is no database in ${config.data} yet; the first start makes one.`);
      return 0;
    }
    return withDatabase(where, { clock }, async (database) => {
      const done = await migrationsOf(database);
      const steps = stepsAhead(done);
      // What it says of a newer database is said in one place.
      if (steps === null) await bringUpToDate(database);
      const schema = done.at(-1) ?? null;
      const todo = steps ?? [];
      const isFile = database.flavour.name === 'sqlite';
      const keeps = !isCheck && isFile && todo.length > 0 && schema !== null;
      const name = `before-${todo.at(-1)}-${clock.now().replaceAll(/[-:]/g, '')}.sqlite`;
      const copy = keeps ? join(config.data, name) : null;
      if (copy !== null) {
        terminal.showProgress(`Copying to ${copy} …`);
        await keepCopy(database, copy);
      }
      if (!isCheck && todo.length > 0) {
        terminal.showProgress(`Taking ${todo.length} steps …`);
        await bringUpToDate(database);
      }
      const isBehind = isCheck && todo.length > 0;
      if (json) terminal.print(JSON.stringify({ ok: !isBehind, schema, newest, steps: todo, copy }, null, 2));
      else for (const line of linesOf({ schema, todo, copy, isCheck })) terminal.print(line);
      return isBehind ? 1 : 0;
    });
  },
};

function linesOf(given: {
  readonly schema: string | null;
  readonly todo: readonly string[];
  readonly copy: string | null;
  readonly isCheck: boolean;
}): string[] {
  const { schema, todo, copy, isCheck } = given;
  if (todo.length === 0) return [`The database is up to date: ${schema ?? 'empty'}.`];
  const steps = todo.length === 1 ? 'one step' : `${todo.length} steps`;
  return [
    isCheck
      ? `The database is that of an older version (${schema ?? 'empty'}): ${steps} to take:`
      : `The database was brought from ${schema ?? 'nothing'} up to date by ${steps}:`,
    ...todo.map((name) => `  ${name}`),
    ...(copy === null ? [] : [`As it was before it is kept in ${copy}; remove it when you do not need it.`]),
  ];
}
