import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProxyServer, type ProxyServer } from '../support/proxy-server.ts';
import {
  answer,
  redirect,
  startScriptedServer,
  type Play,
  type ScriptedServer,
  type SeenRequest,
} from '../support/scripted-server.ts';
import { runTributary, type Run } from './run-tributary.ts';

// Secrets are planted in the environment; the program runs whole cycles and tells all that it can; nothing of them may be
// in any file that it makes and in any word that it says.

const PASSWORD = 'planted:pass/word?';
const SECRETS = { READER: 'planted-reader', PASSWORD, TOKEN: 'planted-token-0815', KEY: 'planted-key-4711' };
const PROXY_PASSWORD = 'planted-proxy-word';
const PAIR = Buffer.from(`${SECRETS.READER}:${PASSWORD}`).toString('base64');
/** As they are, and as they are sent. */
const TRACES = [
  ...Object.values(SECRETS),
  PROXY_PASSWORD,
  encodeURIComponent(PASSWORD),
  PAIR,
  ...Object.values(SECRETS).map((secret) => Buffer.from(secret).toString('hex')),
];

const room = mkdtempSync(join(tmpdir(), 'tributary-secrets-'));
const said: Run[] = [];
const told: { status?: Run; check?: Run; why?: Run } = {};
const servers = new AsyncDisposableStack();
let server: ScriptedServer;
let elsewhere: ScriptedServer;
let proxy: ProxyServer;

const item = (path: string): string =>
  `<item><guid isPermaLink="false">${path}</guid><title>The title of ${path}</title><link>${server.url(path)}</link><pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate><description>Few words.</description></item>`;
const feed = (...paths: string[]): string =>
  `<rss version="2.0"><channel><title>Harbour</title>${paths.map(item).join('')}</channel></rss>`;
const guarded =
  (isRight: (headers: SeenRequest['headers']) => boolean, body: () => string) =>
  (request: SeenRequest): Play =>
    isRight(request.headers) ? answer(body(), { etag: '"1"' }) : answer('no', { 'www-authenticate': 'Basic' }, 401);

async function run(...args: readonly string[]): Promise<Run> {
  const places = [
    '--sources',
    join(room, 'sources.json'),
    '--output',
    join(room, 'output'),
    '--data',
    join(room, 'data'),
  ];
  const loud = ['--log-level', 'debug', '--allow-network', '127.0.0.0/8', '--host-spacing-ms', '0'];
  const done = await runTributary([...args, ...places, ...loud], {
    ...SECRETS,
    TRIBUTARY_NOW: '2026-11-24T06:00:00Z',
    TRIBUTARY_PROXY: proxy.url.replace('//', `//me:${PROXY_PASSWORD}@`),
  });
  said.push(done);
  return done;
}

beforeAll(async () => {
  proxy = servers.use(await startProxyServer());
  elsewhere = servers.use(await startScriptedServer({ '/feed': () => answer(feed('/moved')) }));
  server = servers.use(
    await startScriptedServer({
      '/robots.txt': answer('', {}, 404),
      '/basic': guarded(
        ({ authorization }) => authorization === `Basic ${PAIR}`,
        () => feed('/basic-article', '/basic-elsewhere'),
      ),
      '/bearer': guarded(
        (headers) => headers['authorization'] === `Bearer ${SECRETS.TOKEN}` && headers['x-key'] === SECRETS.KEY,
        () => feed('/bearer-article'),
      ),
      '/wrong': answer('no', {}, 403),
      '/away': () => redirect(302, elsewhere.url('/feed')),
      '/basic-article': (request) =>
        request.headers['authorization'] === `Basic ${PAIR}`
          ? answer(`<article><h1>The title</h1><p>${'Subscribers read the whole text. '.repeat(40)}</p></article>`, {
              'content-type': 'text/html',
            })
          : answer('no', {}, 401),
      '/basic-elsewhere': () => redirect(302, elsewhere.url('/elsewhere')),
    }),
  );
  const source = (id: string, auth: object, more: object = {}): object => ({
    id,
    title: id,
    url: server.url(`/${id}`),
    topics: ['world'],
    auth,
    ...more,
  });
  const basic = { userEnv: 'READER', passwordEnv: 'PASSWORD' };
  const list = {
    site: { title: 'The Confluence', url: 'https://news.example.org/' },
    topics: [{ id: 'world', title: 'World' }],
    sources: [
      source('basic', basic, { content: 'page', adaptive: {} }),
      source('bearer', { tokenEnv: 'TOKEN', headersEnv: { 'X-Key': 'KEY' } }, { content: 'feed', republish: 'link' }),
      source('wrong', basic),
      source('away', basic, { content: 'feed' }),
      source('unset', { tokenEnv: 'NOT_SET_ANYWHERE' }),
    ],
  };
  writeFileSync(join(room, 'sources.json'), JSON.stringify(list));
  await run('once');
  await run('once', '--all', '--json');
  // These only look.
  [told.status, told.check, told.why] = await Promise.all([
    run('status', '--json'),
    run('check'),
    run('why', server.url('/basic-article'), '--json'),
    run('check', '--probe', '--json'),
    run('plan', '--json'),
    run('reprocess', '--dry-run', '--json'),
  ]);
}, 120_000);

afterAll(async () => {
  await servers.disposeAsync();
  rmSync(room, { recursive: true, force: true });
});

/** Everything that was made or said, as bytes. */
function everything(): ReadonlyMap<string, Buffer> {
  const files = readdirSync(room, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return new Map([
    ...files.map((file) => [file.name, readFileSync(join(file.parentPath, file.name))] as const),
    ...said.flatMap(({ stdout, stderr }, at) => [
      [`stdout ${at}`, Buffer.from(stdout)] as const,
      [`stderr ${at}`, Buffer.from(stderr)] as const,
    ]),
  ]);
}
const holding = (text: string): string[] =>
  [...everything()].filter(([, bytes]) => bytes.includes(text)).map(([name]) => name);

describe('a secret of the environment', () => {
  test('opens what it is for, all of it through the proxy that has its own', () => {
    const asked = (path: string): readonly unknown[] =>
      server.requests.filter((request) => request.path === path).map(({ headers }) => headers['authorization'] ?? null);
    expect(new Set(asked('/basic'))).toEqual(new Set([`Basic ${PAIR}`]));
    expect(new Set(asked('/bearer'))).toEqual(new Set([`Bearer ${SECRETS.TOKEN}`]));
    expect(proxy.seen.length).toBeGreaterThan(8);
    expect(
      proxy.seen.every(
        ({ authorization }) => authorization === `Basic ${Buffer.from(`me:${PROXY_PASSWORD}`).toString('base64')}`,
      ),
    ).toBe(true);
    expect(holding('The title of /bearer-article').length).toBeGreaterThan(3);
  });

  test('goes to pages of its feed’s own origin, which are read', () => {
    const pages = server.requests.filter(({ path }) => path === '/basic-article');
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.every(({ headers }) => headers['authorization'] === `Basic ${PAIR}`)).toBe(true);
    const { entries } = JSON.parse(told.why!.stdout) as { entries: { article: object }[] };
    expect(entries[0]!.article).toMatchObject({ contentFrom: 'page', wordCount: 200 });
  });

  test('goes to no robots.txt and no other host', () => {
    const others = [...server.requests.filter(({ path }) => path.includes('robots')), ...elsewhere.requests];
    expect(elsewhere.requests.map(({ path }) => path)).toContain('/elsewhere');
    expect(others.length).toBeGreaterThan(3);
    expect(
      others.filter(({ headers }) => headers['authorization'] ?? headers['x-key'] ?? headers['proxy-authorization']),
    ).toEqual([]);
  });

  test('is in no file and in no word of the program', () => {
    const found = TRACES.flatMap((trace) => holding(trace).map((where) => `${trace} is in ${where}`));
    expect(found).toEqual([]);
    // What is looked through is what is meant.
    expect(holding('READER')).toContain('sources.json');
    expect(everything().size).toBeGreaterThan(20);
  });

  test('is missed by its name, in check and in status', () => {
    const { status, check } = told;
    const { sources } = JSON.parse(status!.stdout) as {
      sources: readonly { id: string; lastFailure: { code: string; message: string } | null }[];
    };
    const { lastFailure } = sources.find(({ id }) => id === 'unset')!;
    expect(lastFailure).toMatchObject({ code: 'fetch-no-secret' });
    expect(lastFailure!.message).toContain('NOT_SET_ANYWHERE is not set');
    expect(check!.stdout).toContain('the environment variable NOT_SET_ANYWHERE, which its "auth" names, is not set');
    expect(sources.find(({ id }) => id === 'wrong')!.lastFailure).toMatchObject({ code: 'fetch-forbidden' });
  });
});
