import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { runCli } from '../../src/cli/cli.ts';
import { restoreBackup } from '../../src/pipeline/backup/restore-backup.ts';
import { openOutput } from '../../src/publish/write-output.ts';
import { openStore } from '../../src/store/open-store.ts';
import { sha256 } from '../../src/support/hash.ts';
import { processMark } from '../../src/support/own-leftovers.ts';
import { readTar, tarEnd, tarFile } from '../../src/support/tar.ts';
import { handClock } from '../support/hand-clock.ts';
import { articleOf, bring, NOW, openPlace, publishSome, type Place } from './upkeep-room.ts';

let published: Place & Disposable;
let place: Place & Disposable;
let other: Place & Disposable;
let file: string;
beforeAll(async () => {
  published = openPlace();
  await publishSome(published);
});
afterAll(() => published[Symbol.dispose]());
beforeEach(() => {
  place = openPlace(published);
  other = openPlace();
  file = join(place.folder, 'backup.tar.gz');
});
afterEach(() => {
  place[Symbol.dispose]();
  other[Symbol.dispose]();
});

type Written = { rows: Record<string, unknown>; files: { name: string; bytes: number; sha256: string }[] };

const privateFiles = (of: Place): ReadonlyMap<string, string> =>
  new Map([...of.files('data')].filter(([path]) => path.startsWith('private')));

describe('a backup', () => {
  test('that is restored elsewhere is published as it was, byte for byte', async () => {
    const archives = [...place.files('output').keys()].filter((path) => path.includes('/archive/'));
    expect(archives.length).toBeGreaterThan(5);
    expect(privateFiles(place).size).toBeGreaterThan(5);
    expect(await place.run('backup', file)).toMatchObject({ code: 0, told: '' });
    const restored = await other.run('restore', file);
    expect(restored).toMatchObject({ code: 0, told: '' });
    expect(restored.out).toContain('Restored what was stored at');
    expect(await other.run('publish')).toMatchObject({ code: 0 });
    expect(other.files('output')).toEqual(place.files('output'));
    expect(privateFiles(other)).toEqual(privateFiles(place));
    expect(readFileSync(other.list, 'utf8')).toBe(readFileSync(place.list, 'utf8'));
  });

  test('goes on where it was: what comes then is published in both places alike', async () => {
    await place.run('backup', file);
    await other.run('restore', file);
    for (const one of [place, other]) {
      await one.inStore((store) =>
        bring(
          store,
          [20, 21, 22, 23, 24, 25].map((number) => articleOf(number)),
        ),
      );
      await one.run('publish');
    }
    expect(other.files('output')).toEqual(place.files('output'));
  });

  test('can be looked into, and can be read by its owner alone', async () => {
    await place.run('backup', file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = gunzipSync(readFileSync(file)).toString('latin1');
    for (const name of ['sources.json', 'tables/ledger/00001.jsonl', 'files/output/feeds/world/archive/1.atom'])
      expect(text).toContain(`${name}\u0000`);
    expect(text).toContain('"format": "tributary-backup"');
  });

  test('takes no other file’s place, unless it is told to', async () => {
    writeFileSync(file, 'precious');
    const said = await place.run('backup', file);
    expect(said).toEqual({
      code: 1,
      out: '',
      told: `${file} is there already; --force replaces it. Nothing was written.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect(await place.run('backup', '--force', file)).toMatchObject({ code: 0 });
    expect(readFileSync(file).length).toBeGreaterThan(1000);
    expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('is not written among what is published, where everybody could read it', async () => {
    const before = place.files('output');
    const said = await place.run('backup', '--force', join(place.output, 'feeds', 'backup.tar.gz'));
    expect(said).toMatchObject({ code: 1, out: '', told: expect.stringContaining('which is published') });
    expect(place.files('output')).toEqual(before);
  });

  test('clears away what one left that was killed', async () => {
    const host = processMark().split('-')[0]!;
    const left = `${file}.${host}-${spawnSync(process.execPath, ['--eval', '']).pid}-abcdef012345.part`;
    const others = `${file}.${processMark()}-abcdef012345.part`;
    for (const path of [left, others]) writeFileSync(path, 'a half');
    expect(await place.run('backup', file)).toMatchObject({ code: 0 });
    expect([left, others].map((path) => existsSync(path))).toEqual([false, true]);
  });

  test('has no archive that is not as it was written; it is made again like any other', async () => {
    const archive = 'feeds/world/archive/1.atom';
    writeFileSync(join(place.output, archive), 'damaged on the disk');
    expect(await place.run('backup', file)).toMatchObject({ code: 0 });
    expect(await other.run('restore', file)).toMatchObject({ code: 0 });
    expect(other.files('output').has(archive)).toBe(false);
    expect(await other.run('publish')).toMatchObject({ code: 0 });
    expect(other.files('output').get(archive)).toContain('</feed>');
    // Where the damaged one lies in its place it is made again all the same.
    expect(await place.run('restore', '--force', file)).toMatchObject({ code: 0 });
    expect(place.files('output').get(archive)).toBe('damaged on the disk');
    expect(await place.run('publish')).toMatchObject({ code: 0 });
    expect(place.files('output').get(archive)).toContain('</feed>');
  });

  test('is made while a service works on the database', async () => {
    await using service = await openStore({ databaseUrl: null, dataDir: place.data }, { clock: handClock(NOW) });
    await service.saveFact('at-work', 'yes');
    expect(await place.run('backup', file)).toMatchObject({ code: 0 });
    await service.saveFact('at-work', 'still');
    await other.run('restore', file);
    expect(await other.inStore((store) => store.fact('at-work'))).toBe('yes');
  });

  test('of nothing is refused', async () => {
    expect(await other.run('backup', file)).toMatchObject({ code: 1, told: expect.stringContaining('no database') });
    expect(await other.run('backup')).toMatchObject({ code: 2 });
  });

  test('without the history has all else', async () => {
    const answer = {
      kind: 'page' as const,
      url: 'https://harbour.example/news/1',
      askedAs: '',
      at: NOW,
      outcome: { kind: 'failed' as const, code: 'fetch-timed-out' as const, detail: null, retryAfterSeconds: null },
    };
    await place.inStore((store) => store.history.keep([answer]));
    const whole = await place.run('backup', file, '--json');
    const less = await place.run('backup', '--force', file, '--without-history', '--json');
    expect(JSON.parse(whole.out).rows - JSON.parse(less.out).rows).toBe(1);
    expect(await other.run('restore', file)).toMatchObject({ code: 0 });
    expect(await other.inStore((store) => store.history.size())).toMatchObject({ answers: 0 });
  });
});

describe('a restoration', () => {
  beforeEach(async () => void (await place.run('backup', file)));

  test('touches nothing of a filled place, unless it is told to, and then keeps it aside', async () => {
    await place.inStore((store) => bring(store, [articleOf(30)]));
    await place.run('publish');
    const later = place.files('output');
    const refused = await place.run('restore', file);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.told).toBe(
      `${place.data} holds a database already; --force replaces what is there, and keeps it aside. Nothing was changed.\n`,
    );
    expect(place.files('output')).toEqual(later);

    const said = await place.run('restore', '--force', file, '--json');
    const { aside, removed } = JSON.parse(said.out) as { aside: string; removed: number };
    expect(removed).toBeGreaterThan(0);
    expect(readdirSync(aside)).toEqual(expect.arrayContaining(['tributary.sqlite', 'private']));
    await place.run('publish');
    const paths = [...place.files('output').keys()];
    expect(paths).not.toEqual([...later.keys()]);
    await other.run('restore', file);
    await other.run('publish');
    expect(place.files('output')).toEqual(other.files('output'));
    expect(readdirSync(place.data).filter((name) => name.startsWith('restoring'))).toEqual([]);
  });

  test('is refused while a service runs', async () => {
    await using service = await openStore({ databaseUrl: null, dataDir: place.data }, { clock: handClock(NOW) });
    const said = await place.run('restore', '--force', file);
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.told).toContain('another program works on the database');
    expect(await service.fact('founded')).not.toBe(null);
  });

  test('of a list that is another is refused, unless either is chosen', async () => {
    writeFileSync(other.list, '{ "mine": true }');
    expect(await other.run('restore', file)).toMatchObject({
      code: 1,
      told: expect.stringContaining('is another than in the backup'),
    });
    expect(await other.run('restore', '--keep-list', file)).toMatchObject({ code: 0 });
    expect(readFileSync(other.list, 'utf8')).toBe('{ "mine": true }');
    expect(await other.run('restore', '--force', file)).toMatchObject({ code: 0 });
    expect(readFileSync(other.list, 'utf8')).toBe(readFileSync(place.list, 'utf8'));
    const kept = readdirSync(other.folder).filter((name) => name.startsWith('sources.json.replaced-'));
    expect(kept.map((name) => readFileSync(join(other.folder, name), 'utf8'))).toEqual(['{ "mine": true }']);
  });

  test('touches nothing where the list cannot be written', async () => {
    const list = join(other.folder, 'none', 'sources.json');
    const told: string[] = [];
    const code = await runCli(['restore', file, '--sources', list, '--data', other.data, '--output', other.output], {
      environment: {},
      stdout: { write: (text) => told.push(text) },
      stderr: { write: (text) => told.push(text) },
      signal: new AbortController().signal,
    });
    expect(code).toBe(1);
    expect(told.join('')).toContain(`${list}: there is no folder ${join(other.folder, 'none')}`);
    expect(existsSync(join(other.data, 'tributary.sqlite'))).toBe(false);
    mkdirSync(other.list);
    expect(await other.run('restore', file)).toMatchObject({
      code: 1,
      told: expect.stringContaining(`${other.list}: a folder stands where the file should be`),
    });
    expect(existsSync(join(other.data, 'tributary.sqlite'))).toBe(false);
  });

  test('follows a list that is a link, which stays, and has it read by whom it was read by', async () => {
    const real = join(other.folder, 'kept-elsewhere.json');
    writeFileSync(real, '{}', { mode: 0o640 });
    symlinkSync(real, other.list);
    expect(await other.run('restore', '--force', file)).toMatchObject({ code: 0 });
    expect(lstatSync(other.list).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe(readFileSync(place.list, 'utf8'));
    expect(statSync(real).mode & 0o777).toBe(0o640);
  });

  test('is refused where somebody begins to work while the backup is read', async () => {
    const { data, output } = place;
    const opened: DatabaseSync[] = [];
    const room = await openOutput(output);
    const restoring = restoreBackup(
      { clock: handClock(NOW) },
      {
        file,
        where: { databaseUrl: null, dataDir: data },
        sources: place.list,
        program: '0',
        force: true,
        keepsList: true,
        output: room,
        privateOutput: async () => room,
        images: room,
      },
      (line) => {
        if (opened.length > 0 || !line.startsWith('Reading rows')) return;
        const service = new DatabaseSync(join(data, 'tributary.sqlite'));
        service.exec('pragma journal_mode = wal; select 1 from facts');
        opened.push(service);
      },
      new AbortController().signal,
    );
    await expect(restoring).rejects.toMatchObject({ code: 'store-in-use' });
    const [service] = opened;
    expect(service!.prepare("select value from facts where name = 'founded'").all()).toHaveLength(1);
    service!.close();
    expect(readdirSync(data).filter((name) => /^(?:restoring|replaced)-/.test(name))).toEqual([]);
  });

  test('clears away what one left that was killed', async () => {
    const host = processMark().split('-')[0]!;
    const ended = `${host}-${spawnSync(process.execPath, ['--eval', '']).pid}`;
    const [own, left] = [`restoring-${processMark()}-abcDEF`, `restoring-${ended}-abcDEF`];
    for (const name of [own, left]) mkdirSync(join(other.data, name), { recursive: true });
    writeFileSync(join(other.data, left, 'tributary.sqlite'), 'a half');
    expect(await other.run('restore', file)).toMatchObject({ code: 0 });
    expect(readdirSync(other.data).filter((name) => name.startsWith('restoring'))).toEqual([own]);
  });

  test('takes the place of a damaged database', async () => {
    await place.run('restore', '--keep-list', file);
    writeFileSync(join(place.data, 'tributary.sqlite'), 'this is no database at all, however long it is');
    expect(await place.run('restore', file)).toMatchObject({ code: 1 });
    expect(await place.run('restore', '--force', file)).toMatchObject({ code: 0 });
    expect(await place.run('status')).toMatchObject({ code: 0 });
  });

  const damages: readonly (readonly [string, (file: string) => void, string])[] = [
    ['cut in the middle', (one) => truncateSync(one, 5000), 'ends in the middle'],
    ['no backup', (one) => writeFileSync(one, 'a letter'), 'it is no backup, or a damaged one'],
    ['empty', (one) => truncateSync(one, 0), 'ends in the middle'],
    ['another archive', (one) => writeFileSync(one, gzipSync(Buffer.alloc(1024))), 'its manifest is missing'],
    ['not there', (one) => rmSync(one), 'there is no such file'],
    [
      'altered',
      (one) => {
        const bytes = gunzipSync(readFileSync(one));
        const at = bytes.indexOf('Ünïcode');
        bytes.write('!', at);
        writeFileSync(one, gzipSync(bytes));
      },
      'is not as it was written',
    ],
    [
      'of a newer version',
      (one) => writeFileSync(one, withText(one, '0013-retention', '9913-retention')),
      'was made by a newer version',
    ],
  ];
  test.each(damages)('of a file that is %s changes nothing', async (_, damage, says) => {
    damage(file);
    const said = await other.run('restore', file);
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.told).toContain(says);
    expect(existsSync(join(other.data, 'tributary.sqlite'))).toBe(false);
    expect(existsSync(other.list)).toBe(false);
  });

  const wrong: readonly (readonly [string, (manifest: Written, files: Map<string, string>) => void, string])[] = [
    ['names no rows', (manifest) => void ((manifest as { rows: unknown }).rows = null), '"rows" is missing'],
    [
      'counts in words',
      (manifest) => void (manifest.rows['ledger'] = 'many'),
      '"rows" is missing, or is something else',
    ],
    ['names what is no file', (manifest) => void manifest.files.push(null!), '"files" is missing'],
    [
      'has a row of another shape',
      (_, files) => void files.set('tables/facts/00001.jsonl', '{"name":"a","worth":"b"}\n'),
      'a row of "facts" does not fit its schema',
    ],
    [
      'has a row twice',
      (_, files) => void files.set('tables/facts/00001.jsonl', '{"name":"a","value":"b"}\n'.repeat(2)),
      'a row of "facts" does not fit its schema',
    ],
    [
      'has rows of a table that there is not',
      (_, files) => void files.set('tables/ships/00001.jsonl', '{"a":1}\n'),
      '"ships"',
    ],
    [
      'has a row that refers to none',
      (_, files) =>
        void files.set(
          'tables/ledger/00001.jsonl',
          files.get('tables/ledger/00001.jsonl')!.split('\n').slice(1).join('\n'),
        ),
      'rows refer to others that are not there',
    ],
    [
      'leads out of the folder',
      (_, files) => void files.set('files/output/../../evil', 'x'),
      '"files/output/../../evil" is nothing',
    ],
  ];
  test.each(wrong)('of one that %s changes nothing', async (_, change, says) => {
    await rewrite(file, change);
    const said = await other.run('restore', file);
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(said.told).toContain(`${file}: `);
    expect(said.told).toContain(says);
    expect(existsSync(join(other.data, 'tributary.sqlite'))).toBe(false);
    expect(existsSync(other.list)).toBe(false);
  });

  test('of a file with something behind its end is refused', async () => {
    appendFileSync(file, 'more');
    expect(await other.run('restore', file)).toMatchObject({ code: 1, told: expect.stringContaining('damaged') });
    expect(existsSync(join(other.data, 'tributary.sqlite'))).toBe(false);
  });
});

/** Changes what is in a backup, and has its manifest say so. */
async function rewrite(file: string, change: (manifest: Written, files: Map<string, string>) => void): Promise<void> {
  const files = new Map<string, string>();
  for await (const { name, content } of readTar(Readable.from([gunzipSync(readFileSync(file))]), 1e9))
    files.set(name, Buffer.from(content).toString('utf8'));
  const manifest = JSON.parse(files.get('manifest.json')!) as Written;
  files.delete('manifest.json');
  const before = new Map(files);
  change(manifest, files);
  for (const [name, text] of files) {
    if (before.get(name) === text) continue;
    manifest.files = manifest.files.filter((one) => one.name !== name);
    manifest.files.push({ name, bytes: Buffer.byteLength(text), sha256: sha256(text) });
  }
  const parts = [...files, ['manifest.json', JSON.stringify(manifest)] as const].map(([name, text]) =>
    tarFile({ name, content: Buffer.from(text) }, { mode: 0o600, mtimeS: 0 }),
  );
  writeFileSync(file, gzipSync(Buffer.concat([...parts, tarEnd()])));
}

/** The archive with one text in the place of another that is as long. */
function withText(file: string, from: string, to: string): Buffer {
  const text = gunzipSync(readFileSync(file)).toString('latin1');
  return gzipSync(Buffer.from(text.replaceAll(from, to), 'latin1'));
}
