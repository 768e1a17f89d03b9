import { join } from 'node:path';
import { imageFolder, imagesIn } from '../pipeline/images/image-folder.ts';
import { VERSION } from '../app/version.ts';
import { restoreBackup, type RestoreReport } from '../pipeline/backup/restore-backup.ts';
import { openOutput, type Output } from '../publish/write-output.ts';
import { systemClock } from '../support/clock.ts';
import type { Command } from './command.ts';

export const restore: Command = {
  name: 'restore',
  says: 'put a backup in the place of what is kept',
  group: 'upkeep',
  about: [
    'The backup is read through and checked first, and made into a database beside the present one; only then anything is touched. One of an older version is brought up to date; one of a newer version is refused.',
    'It goes into the data folder, or (with DATABASE_URL) into PostgreSQL, whichever it was made of: so one moves from the one to the other. What is there already is replaced with --force alone, and kept aside: in data/replaced-…, or for PostgreSQL as a backup of that name. No service may run on it. Afterwards "tributary publish" makes output/ as it was.',
  ],
  examples: [
    { line: 'tributary restore /backups/tributary.tar.gz && tributary publish', says: 'Into an empty data folder.' },
    {
      line: 'DATABASE_URL=postgres://… tributary restore nightly.tar.gz',
      says: 'From whichever database it was made of into PostgreSQL.',
    },
  ],
  exits: { 1: 'the backup is damaged or too new, something is there already, or a service runs: nothing was changed' },
  options: [
    { name: 'force', argument: null, says: 'replace what is there, and keep it aside' },
    { name: 'keep-list', argument: null, says: 'leave sources.json as it is' },
  ],
  positionals: 1,
  operands: 'FILE',
  async run({ config, options, positionals, terminal, json, signal }) {
    const [file] = positionals;
    if (file === undefined) {
      terminal.tell('"restore" needs a backup: tributary restore FILE');
      return 2;
    }
    const rooms = new Map<string, Promise<Output>>();
    const opened = (folder: string): Promise<Output> => {
      const room = rooms.get(folder) ?? openOutput(folder);
      rooms.set(folder, room);
      return room;
    };
    const report = await restoreBackup(
      { clock: systemClock() },
      {
        file,
        where: { databaseUrl: config.databaseUrl, dataDir: config.data },
        sources: config.sources,
        program: VERSION,
        force: options['force'] === true,
        keepsList: options['keep-list'] === true,
        output: await opened(config.output),
        privateOutput: (topicId) => opened(join(config.data, 'private', topicId)),
        images: imageFolder(() => opened(imagesIn(config.data))),
      },
      (line) => terminal.showProgress(line),
      signal,
    );
    if ('refused' in report) {
      const advice = '--force replaces what is there, and keeps it aside';
      if (json) terminal.print(JSON.stringify({ ok: false, fault: report.refused, advice }, null, 2));
      else terminal.tell(`${report.refused}; ${advice}. Nothing was changed.`);
      return 1;
    }
    if (json) terminal.print(JSON.stringify({ ok: true, ...objectOf(report) }, null, 2));
    else for (const line of linesOf(report, config.sources)) terminal.print(line);
    return 0;
  },
};

function objectOf({ manifest, ...report }: RestoreReport): object {
  const { madeAt, program, database } = manifest;
  return { madeAt, program, database, ...report };
}

function linesOf({ manifest, rows, migrated, aside, list, files, removed }: RestoreReport, sources: string): string[] {
  const { madeAt, program } = manifest;
  return [
    `Restored what was stored at ${madeAt} (version ${program}): ${rows} rows, ${files} published files.`,
    ...(migrated.length === 0 ? [] : [`Brought up to date: ${migrated.join(', ')}.`]),
    ...(list === 'written' ? [`${sources} is as it was then.`] : []),
    ...(list === 'not in the backup' ? [`The backup holds no list of sources: ${sources} is as it is.`] : []),
    ...(removed === 0 ? [] : [`${removed} published files of later were removed.`]),
    ...(aside === null ? [] : [`What was there before is kept in ${aside}.`]),
    'Publish it now: tributary publish',
  ];
}
