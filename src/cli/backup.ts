import { existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { VERSION } from '../app/version.ts';
import { writeBackup } from '../pipeline/backup/write-backup.ts';
import { openOutputToRead } from '../publish/write-output.ts';
import { storeExists } from '../store/open-store.ts';
import { systemClock } from '../support/clock.ts';
import type { Command, CommandContext } from './command.ts';

export const backup: Command = {
  name: 'backup',
  says: 'write everything that is kept into one file',
  group: 'upkeep',
  about: [
    'Consistent while the service runs: the file holds what was stored at one moment, and sources.json. It is a tar archive packed by gzip, with a row a line as JSON, so that one can look into it; it fits SQLite and PostgreSQL alike, whichever it was made of. It is there as a whole or not at all.',
    'output/ is not in it, but for what could not be made again: closed archives, copies of pictures, and last good files of what the gate refuses. All else comes out of "tributary publish" as it was, byte for byte. Secrets of the environment are not in it; tokens of private topics and of subscriptions are, so it can be read by its owner alone.',
  ],
  examples: [
    { line: 'tributary backup /backups/tributary.tar.gz', says: 'One file, which must not be there yet.' },
    {
      line: 'tributary backup --force --without-history nightly.tar.gz',
      says: 'In the place of the one of yesterday, without what sources and pages answered.',
    },
    { line: 'tar -xOzf nightly.tar.gz manifest.json', says: 'Tells what is in it.' },
  ],
  exits: { 1: 'there is no database, the file is there already, or it cannot be written' },
  options: [
    { name: 'force', argument: null, says: 'replace the file if it is there' },
    {
      name: 'without-history',
      argument: null,
      says: 'leave out what sources and pages answered (for plan and reprocess)',
    },
    {
      name: 'without-images',
      argument: null,
      says: 'leave out copies of pictures; after "restore" they are asked for again, as far as they are still there',
    },
  ],
  positionals: 1,
  operands: 'FILE',
  async run(context) {
    const { config, options, positionals, terminal, json, signal } = context;
    const [file] = positionals;
    if (file === undefined) {
      terminal.tell('"backup" needs a file to write to: tributary backup FILE');
      return 2;
    }
    const refusal = refusalOf(file, { force: options['force'] === true, output: config.output });
    if (refusal !== null) return told(context, refusal);
    const where = { databaseUrl: config.databaseUrl, dataDir: config.data };
    if (!(await storeExists(where))) return told(context, `there is no database in ${config.data}`);
    const manifest = await writeBackup(
      { clock: systemClock() },
      {
        where,
        sources: config.sources,
        file,
        program: VERSION,
        withHistory: options['without-history'] !== true,
        withImages: options['without-images'] !== true,
        readPublished: publishedReader(config),
      },
      (table, rows) => terminal.showProgress(`${rows} rows, now of ${table} …`),
      signal,
    );
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    const { madeAt, database, schema } = manifest;
    const files = manifest.files.filter(({ name }) => name.startsWith('files/')).length;
    const hasList = manifest.files.some(({ name }) => name === 'sources.json');
    if (json)
      terminal.print(
        JSON.stringify(
          { ok: true, file, madeAt, database, schema: schema.at(-1) ?? null, rows, files, hasList },
          null,
          2,
        ),
      );
    else {
      terminal.print(`${file}: ${rows} rows, ${files} published files${hasList ? ', sources.json' : ''}`);
      if (!hasList) terminal.tell(`${config.sources} could not be read, and is not in it`);
    }
    return 0;
  },
};

function refusalOf(
  file: string,
  { force, output }: { readonly force: boolean; readonly output: string },
): string | null {
  if (resolve(file).startsWith(resolve(output) + sep))
    return `${file} lies in ${output}, which is published, and secrets are in a backup; name a file elsewhere`;
  if (existsSync(file) && !force) return `${file} is there already; --force replaces it`;
  return existsSync(dirname(file)) ? null : `there is no folder ${dirname(file)}`;
}

function told({ terminal, json }: CommandContext, fault: string): 1 {
  if (json) terminal.print(JSON.stringify({ ok: false, fault }, null, 2));
  else terminal.tell(`${fault}. Nothing was written.`);
  return 1;
}

/** Reads a published file by the path of its record, a private one too. */
function publishedReader(config: { readonly output: string; readonly data: string }) {
  return async (path: string): Promise<Uint8Array | null> => {
    const [, topicId, rest] = /^private:([^/]+)\/(.+)$/.exec(path) ?? [];
    const room =
      topicId === undefined
        ? await openOutputToRead(config.output)
        : await openOutputToRead(join(config.data, 'private', topicId));
    return room.read(rest ?? path);
  };
}
