// Builds the container image by the Dockerfile, runs it as compose.yaml does (read-only root, no privileges), and looks.
//   node bench/container.ts [--npmrc FILE] [--image NAME]
// --npmrc: settings of this machine's npm, for the build alone; --image: one that is built already.
// Needs buildah and podman, and mmdebstrap where the base image cannot be pulled. Ends with 1 when something is missed.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { baseOf, buildImage, provideBase } from './container/build-image.ts';
import { missing, must, run, type Ran } from './container/tools.ts';
import { freePort } from '../src/support/free-port.ts';
import { findPostgres, startPostgres } from '../test/support/postgres.ts';
import { openDemoWorld } from './support/demo-world.ts';
import { root } from './support/run-program.ts';

const GRACE_S = 10;
const LONGEST_WAIT_MS = 60_000;

const { values } = parseArgs({ options: { npmrc: { type: 'string' }, image: { type: 'string' } } });
const absent = await missing(['podman', ...(values.image === undefined ? ['buildah'] : [])]);
if (absent.length > 0) {
  console.error(`Nothing was shown: ${absent.join(' and ')} cannot be run here (apt-get install podman buildah).`);
  process.exit(1);
}

let missed = 0;
function show(isMet: boolean, says: string): void {
  if (!isMet) missed++;
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${says}`);
}

/** A publisher that takes a request and does not answer until it is told to: a refresh that is under way for sure. */
async function openSilentPublisher() {
  let isAsked = false;
  const answering = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    isAsked = true;
    void answering.promise.then(() => {
      response.setHeader('Content-Type', 'application/rss+xml');
      response.end(
        `<rss version="2.0"><channel><title>Slow Post</title><link>http://127.0.0.1/</link><description>Slow</description>
        <item><guid>slow-1</guid><title>The last ferry has come in</title><link>http://127.0.0.1/slow-1</link>
        <pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate><description>It was late, and nobody minded.</description></item>
        </channel></rss>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`,
    isAsked: () => isAsked,
    answer: () => answering.resolve(),
    close: () => {
      answering.resolve();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function until<Value>(look: () => Promise<Value | null>): Promise<Value | null> {
  const end = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < end) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    await wait(200);
  }
  return null;
}

const room = mkdtempSync(join(tmpdir(), 'tributary-container-'));
const image = values.image ?? `tributary-shown-${process.pid}`;
const name = `tributary-shown-${process.pid}`;
const volumes = { data: `${name}-data`, output: `${name}-output` };
const operatorPort = await freePort();
const silent = await openSilentPublisher();
try {
  if (values.image === undefined) {
    const base = baseOf(readFileSync(join(root, 'Dockerfile'), 'utf8'));
    console.log(`base image ${base}: ${await provideBase(base, room)}`);
    await buildImage(image, room, values.npmrc ?? null);
    const size = Number(await must('podman', ['image', 'inspect', '--format', '{{.Size}}', image]));
    show(true, `the Dockerfile is built as it stands (${(size / 1e6).toFixed(0)} MB with its base)`);
  }
  await showRuns();
  await showPostgres();
} finally {
  silent.close();
  await run('podman', ['rm', '-f', '-t', '1', name]);
  await run('podman', ['volume', 'rm', '-f', volumes.data, volumes.output]);
  if (values.image === undefined) await run('podman', ['rmi', '-f', image]);
  rmSync(room, { recursive: true, force: true });
}
console.log(missed === 0 ? 'all met' : `${missed} missed`);
process.exitCode = missed === 0 ? 0 : 1;

async function showRuns(): Promise<void> {
  const config = join(room, 'config');
  mkdirSync(config);
  await using demo = await openDemoWorld(config, (written) => ({
    ...written,
    sources: [...written.sources, { id: 'slow-post', title: 'Slow Post', url: silent.url, topics: ['world'] }],
  }));
  chmodSync(config, 0o755);
  const feed = `${demo.siteUrl}feeds/all.atom`;
  await startAnew(config, demo.siteUrl);

  if ((await until(async () => (silent.isAsked() ? true : null))) === null) {
    const { stdout, stderr } = await run('podman', ['logs', name]);
    show(false, `it starts and asks its sources: ${`${stdout}${stderr}`.trim().split('\n').at(-1)}`);
    return;
  }
  await showStop('SIGTERM during a refresh');
  silent.answer();
  await must('podman', ['start', name]);
  const bytes = await until(async () => {
    const text = await (await fetch(feed)).text();
    return text.includes('The last ferry has come in') && text.split('<entry').length > 10 ? text : null;
  });
  show(
    bytes !== null,
    `started again, it refreshes and serves: ${(bytes ?? '').split('<entry').length - 1} entries in all.atom`,
  );
  await showGuards();
  await showHealth();

  const before = await settled(feed);
  await showStop('SIGTERM at rest');
  await must('podman', ['rm', name]);
  await startAnew(config, demo.siteUrl);
  const after = await until(async () => ((await fetch(`${demo.siteUrl}readyz`)).ok ? await settled(feed) : null));
  show(before === after, 'a new container on the same volumes serves the same bytes');
  await run('podman', ['stop', '-t', String(GRACE_S), name]);
}

/** The same image with everything in PostgreSQL, which it reaches by a socket here. */
async function showPostgres(): Promise<void> {
  const found = findPostgres();
  if ('reason' in found) return;
  const postgres = await startPostgres(found);
  try {
    const address = await postgres.createDatabase();
    const [, folder = ''] = /@([^/]+)\//.exec(address) ?? [];
    chmodSync(decodeURIComponent(folder), 0o711);
    const reached = address.replace(folder, encodeURIComponent('/postgres'));
    const more = ['-v', `${decodeURIComponent(folder)}:/postgres`, '-e', `DATABASE_URL=${reached}`];
    const config = join(room, 'config-postgres');
    mkdirSync(config);
    await using demo = await openDemoWorld(config);
    chmodSync(config, 0o755);
    const feed = `${demo.siteUrl}feeds/all.atom`;
    await run('podman', ['rm', '-f', name]);
    await run('podman', ['volume', 'rm', '-f', volumes.data, volumes.output]);
    await startAnew(config, demo.siteUrl, more);
    const before = await settled(feed);
    show(
      before !== null,
      `with PostgreSQL it refreshes and serves: ${(before ?? '').split('<entry').length - 1} entries`,
    );
    await showStop('SIGTERM with PostgreSQL');
    await must('podman', ['rm', name]);
    await must('podman', ['volume', 'rm', volumes.output]);
    await startAnew(config, demo.siteUrl, more);
    show((await settled(feed)) === before, 'and serves the same bytes after output/ was lost');
  } finally {
    await run('podman', ['rm', '-f', name]);
    await postgres.stop();
  }
}

/** As compose.yaml has it, but for the network: what is shown here needs no bridge, and the newsroom is on this machine. */
async function startAnew(config: string, siteUrl: string, more: readonly string[] = []): Promise<void> {
  const { port } = new URL(siteUrl);
  const environment = {
    TRIBUTARY_HOST: '127.0.0.1',
    TRIBUTARY_PORT: port,
    TRIBUTARY_OPERATOR_HOST: '127.0.0.1',
    TRIBUTARY_OPERATOR_PORT: String(operatorPort),
    TRIBUTARY_ALLOW_NETWORK: '127.0.0.0/8',
    TRIBUTARY_HOST_SPACING_MS: '0',
  };
  await must('podman', [
    'run',
    '-d',
    '--name',
    name,
    '--network=host',
    // No more than any machine grants.
    '--ulimit=nofile=4096:4096',
    '--ulimit=nproc=4096:4096',
    ...((await missing(['runc'])).length === 0 ? ['--runtime', 'runc'] : []),
    '--read-only',
    '--read-only-tmpfs=false',
    '--tmpfs',
    '/tmp',
    '--cap-drop',
    'all',
    '--security-opt',
    'no-new-privileges',
    '-v',
    `${config}:/config:ro`,
    '-v',
    `${volumes.data}:/data`,
    '-v',
    `${volumes.output}:/output`,
    ...Object.entries(environment).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
    ...more,
    image,
  ]);
}

async function showStop(when: string): Promise<void> {
  const from = performance.now();
  const stopped = await run('podman', ['stop', '-t', String(GRACE_S), name]);
  const seconds = (performance.now() - from) / 1000;
  const state = await must('podman', ['inspect', '--format', '{{.State.ExitCode}}', name]);
  const said = (await run('podman', ['logs', name])).stdout.trim().split('\n').at(-1);
  const isClean = stopped.code === 0 && state.trim() === '0' && said === 'Stopped.' && seconds < GRACE_S;
  show(
    isClean,
    `${when}: ended after ${seconds.toFixed(1)} s (of ${GRACE_S}) with exit ${state.trim()}, and said "${said}"`,
  );
}

function inside(...args: readonly string[]): Promise<Ran> {
  return run('podman', ['exec', name, ...args]);
}

async function showGuards(): Promise<void> {
  const { stdout: user } = await inside('id');
  show(/^uid=(?!0\()/.test(user), `not root: ${user.trim()}`);
  const { stdout: first } = await inside('cat', '/proc/1/cmdline');
  show(
    first.startsWith('node\0'),
    `the first process, which signals reach, is Node itself: ${first.replaceAll('\0', ' ').trim()}`,
  );
  const { stdout: status } = await inside('cat', '/proc/1/status');
  const guards = ['CapEff', 'NoNewPrivs'].map((field) => new RegExp(`^${field}:\\s*(\\S+)`, 'm').exec(status)?.[1]);
  show(
    guards[0] === '0000000000000000' && guards[1] === '1',
    `no capabilities (${guards[0]}), no new privileges (${guards[1]})`,
  );
  const outside = ['/app', '/app/src', '/config', '/etc', '/home/node', '/usr/local/bin', '/var/tmp', '/'];
  const places = await Promise.all(outside.map((folder) => inside('touch', join(folder, 'written'))));
  const written = outside.filter((_, at) => places[at]!.code === 0);
  show(
    written.length === 0,
    `nothing is written outside of volumes and /tmp: ${written.join(' ') || `${outside.length} places tried`}`,
  );
  const volumesTried = await Promise.all(
    ['/data', '/output', '/tmp'].map((folder) => inside('touch', `${folder}/.tried`)),
  );
  show(
    volumesTried.every(({ code }) => code === 0),
    'volumes and /tmp are written to',
  );
  const told = await inside('tributary', 'status', '--json');
  const { sources = [] } = JSON.parse(told.stdout || '{}') as { sources?: unknown[] };
  show(told.code === 0 && sources.length > 10, `"podman exec … tributary status" tells of ${sources.length} sources`);
}

async function showHealth(): Promise<void> {
  const tried: number[] = [];
  for (let at = 0; at < 5; at++) tried.push((await run('podman', ['healthcheck', 'run', name])).code ?? -1);
  show(
    tried.every((code) => code === 0),
    `the health check passes (${tried.join(' ')})`,
  );
  const deaf = await run('podman', ['exec', '-e', 'TRIBUTARY_PORT=1', name, 'node', '-e', await healthProgram()]);
  show(deaf.code === 1, `and fails where nothing answers (${deaf.code})`);
  const metrics = await fetch(`http://127.0.0.1:${operatorPort}/metrics`).then((answer) => answer.text());
  const series = metrics.split('\n').filter((line) => line.startsWith('tributary_')).length;
  show(series > 20, `metrics are told on the operator's port: ${series} series`);
  const { stdout } = await inside('sh', '-c', 'cat /proc/[0-9]*/stat 2>/dev/null | grep -c ") Z " || true');
  show(stdout.trim() === '0', `no process is left behind as a zombie (${stdout.trim()})`);
}

/** What the image's own health check runs. */
async function healthProgram(): Promise<string> {
  const check = await must('podman', ['image', 'inspect', '--format', '{{json .HealthCheck}}', image]);
  const { Test } = JSON.parse(check) as { Test: readonly string[] };
  return Test.at(-1)!;
}

/** The feed once it has stopped to change. */
async function settled(feed: string): Promise<string | null> {
  let before = '';
  return await until(async () => {
    const now = await (await fetch(feed)).text();
    if (now === before && now.includes('<entry')) return now;
    before = now;
    await wait(1500);
    return null;
  });
}
