// Feeds served by us and by nginx from the same files, in one run, in turn: node bench/serve.ts [--rounds N] [--requests N]
// Ends with 1 when we answer less than half as many requests for each second of CPU time.
// nginx: apt-get install nginx libnginx-mod-http-brotli-static
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { median } from './support/cpu-time.ts';
import { runNode } from './support/run-program.ts';
import { startNginx } from './serve/nginx.ts';
import type { Loaded } from './serve/load.ts';

const LEAST_RATIO = 0.5;
const RESTING = 10_000;
const FEED_BYTES = 100 * 1024;
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, requests: { type: 'string', default: '30000' } },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);

type Served = { readonly name: string; readonly port: number; readonly pid: number };
type Kind = '304' | 'br';
type Figures = { readonly perCpuSecond: number; readonly loaded: Loaded };

/** A feed of the size that is asked for, with words enough that packing it is no wonder. */
function aFeed(): string {
  let seed = 1;
  const word = (): string => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const [first, second] = [seed % 40, Math.floor(seed / 64) % 40];
    return `${SYLLABLES[first % SYLLABLES.length]!}${SYLLABLES[second % SYLLABLES.length]!}${first % 3 === 0 ? 'en' : ''}`;
  };
  const words = (count: number): string => Array.from({ length: count }, word).join(' ');
  let text = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n';
  for (let number = 1; text.length < FEED_BYTES; number++)
    text += `<entry><id>urn:example:${number}</id><title>${words(8)}</title><content type="html">${words(260)}</content></entry>\n`;
  return `${text}</feed>\n`;
}
const SYLLABLES = 'ba den ge kor lu mi nos pra ri sto ten ur val wei zo fal grun hed ist jul'.split(' ');

function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMbOf(pid: number): number {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

async function drive(server: Served, kind: Kind, tag: string): Promise<Figures> {
  const head = [
    'GET /feeds/world.atom HTTP/1.1',
    `Host: 127.0.0.1:${server.port}`,
    'User-Agent: reader/1.0 (+https://reader.example/)',
    'Accept: application/atom+xml, application/rss+xml, application/feed+json',
    'Accept-Encoding: gzip, deflate, br',
    ...(kind === '304' ? [`If-None-Match: ${tag}`] : []),
    '\r\n',
  ].join('\r\n');
  const asked = { port: server.port, requests, connections: 16, head };
  const before = cpuSecondsOf(server.pid);
  const { code, stdout, stderr } = await runNode(['bench/serve/load.ts', JSON.stringify(asked)]);
  if (code !== 0) throw new Error(stderr.join('\n'));
  const loaded = JSON.parse(stdout) as Loaded;
  const expected = kind === '304' ? 304 : 200;
  if (loaded.status !== expected || loaded.unlike > 0)
    throw new Error(`${server.name} answered ${loaded.status}, and ${loaded.unlike} times something else`);
  return { perCpuSecond: requests / (cpuSecondsOf(server.pid) - before), loaded };
}

/** Connections that were opened and never asked for anything. */
async function openResting(port: number, count: number): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    await Promise.all(some.map((socket) => once(socket, 'connect')));
    sockets.push(...some);
  }
  return sockets;
}

async function tagOf({ port }: Served): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/feeds/world.atom`, { headers: { 'accept-encoding': 'br' } });
      await answer.arrayBuffer();
      if (answer.headers.get('content-encoding') !== 'br') throw new Error('not packed');
      return answer.headers.get('etag')!;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

if (spawnSync('nginx', ['-v']).error !== undefined) {
  console.log('nginx is not installed: apt-get install nginx libnginx-mod-http-brotli-static');
  process.exit(1);
}
const room = mkdtempSync(join(tmpdir(), 'tributary-serve-'));
const files = join(room, 'files');
mkdirSync(join(files, 'feeds'), { recursive: true });
const feed = Buffer.from(aFeed());
const packed = brotliCompressSync(feed, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
writeFileSync(join(files, 'feeds/world.atom'), feed);
writeFileSync(join(files, 'feeds/world.atom.br'), packed);
writeFileSync(join(files, 'feeds/world.atom.gz'), gzipSync(feed, { level: 7 }));
// nginx, which runs as another user, has to get there.
spawnSync('chmod', ['-R', 'a+rX', room]);

const ours = spawn(process.execPath, ['bench/serve/our-server.ts', files], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = 20_000 + (process.pid % 20_000);
const nginx = startNginx({ room: join(room, 'nginx'), files, port });
try {
  const [address] = (await once(createInterface({ input: ours.stdout }), 'line')) as [string];
  const us: Served = { name: 'tributary', port: Number(new URL(address).port), pid: ours.pid! };
  await tagOf({ ...us, port });
  const them: Served = { name: 'nginx', port, pid: nginx.workerPid() };
  const servers = [us, them];
  const tags = new Map<Served, string>();
  for (const server of servers) tags.set(server, await tagOf(server));
  const figures = new Map<string, Figures[]>();
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (const kind of ['304', 'br'] as const) {
      for (const server of servers) {
        const figure = await drive(server, kind, tags.get(server)!);
        const key = `${kind} ${server.name}`;
        if (round > 0) figures.set(key, [...(figures.get(key) ?? []), figure]);
      }
    }
  }
  console.log(
    `A feed of ${feed.length} bytes, ${packed.length} with br; ${rounds} rounds of ${requests} requests over 16 connections`,
  );
  let isMissed = false;
  for (const kind of ['304', 'br'] as const) {
    const rates = servers.map(({ name }) => median(figures.get(`${kind} ${name}`)!.map((one) => one.perCpuSecond)));
    for (const [at, { name }] of servers.entries()) {
      const of = figures.get(`${kind} ${name}`)!;
      const [p50, p99] = [median(of.map((one) => one.loaded.p50Ms)), median(of.map((one) => one.loaded.p99Ms))];
      console.log(
        `${kind.padEnd(4)}${name.padEnd(10)} ${rates[at]!.toFixed(0).padStart(7)} for each CPU second, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
      );
    }
    const ratio = rates[0]! / rates[1]!;
    if (ratio < LEAST_RATIO) isMissed = true;
    console.log(
      `${ratio < LEAST_RATIO ? 'MISSED' : 'met   '}  ${kind}: ${ratio.toFixed(2)} of nginx's (≥ ${LEAST_RATIO})`,
    );
  }
  console.log(
    `Memory: tributary ${residentMbOf(us.pid).toFixed(0)} MB, nginx's worker ${residentMbOf(them.pid).toFixed(0)} MB`,
  );
  const before = residentMbOf(us.pid);
  const resting = await openResting(us.port, RESTING);
  const beside = await drive(us, '304', tags.get(us)!);
  console.log(
    `Beside ${RESTING} connections that rest: 304s ${beside.perCpuSecond.toFixed(0)} for each CPU second, p99 ${beside.loaded.p99Ms.toFixed(2)} ms; ${(residentMbOf(us.pid) - before).toFixed(0)} MB more`,
  );
  for (const socket of resting) socket.destroy();
  process.exitCode = isMissed ? 1 : 0;
} finally {
  ours.kill();
  nginx.master.kill();
  for (const child of [ours, nginx.master]) if (child.exitCode === null) await once(child, 'exit');
  rmSync(room, { recursive: true });
}
