// From an upstream entry to a downstream callback, over loopback and with real processes: a publisher with a hub of its
// own (here), the program as an operator starts it (a process of its own, default settings), a subscriber (here).
// Entries come at random moments, some in the spacing of the one before. Prints p50 and p95 of the time from the entry's
// publication to the callback that holds it, and ends with 1 where the p95 is 5 s or more, or an entry did not come.
//   node bench/push.ts [ENTRIES] [SOURCES]
// SOURCES: so many other sources are polled meanwhile, a tenth of them slow; 20 unless given.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTributary } from './support/run-program.ts';

const TARGET_MS = 5_000;
const GIVEN_UP_MS = 60_000;
const [entries, others] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 20)];
const room = mkdtempSync(join(tmpdir(), 'tributary-push-'));

type Answered = { readonly status: number; readonly type?: string; readonly link?: string; readonly body?: string };

async function serve(
  answer: (request: IncomingMessage, body: Buffer) => Answered | Promise<Answered>,
): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void Promise.resolve(answer(request, Buffer.concat(chunks))).then(({ status, type, link, body = '' }) => {
        const headers = { 'content-type': type ?? 'text/plain', ...(link === undefined ? {} : { link }) };
        response.writeHead(status, headers).end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The same numbers from 0 to 1 at every run. */
function numbers(): () => number {
  let state = 7;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 0xffff_ffff;
}

// The publisher and its hub.
const published: { readonly title: string; readonly at: Date }[] = [];
const hub = { callback: '', secret: '', confirmed: false };
const paragraph = (title: string): string =>
  `${title} was said at the harbour this morning, where ${title.toLowerCase()} had been looked for. `.repeat(12);

function feed(self: string): string {
  const items = published
    .slice(-30)
    .toReversed()
    .map(
      ({ title, at }) =>
        `<item><guid>${title}</guid><link>${publisher.url}article/${encodeURIComponent(title)}</link><title>${title}</title>` +
        `<pubDate>${at.toUTCString()}</pubDate><description>${paragraph(title)}</description></item>`,
    );
  return (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Harbour</title>' +
    `<atom:link rel="self" href="${self}"/><atom:link rel="hub" href="${publisher.url}hub"/>${items.join('')}</channel></rss>`
  );
}

const publisher = await serve(async ({ url = '', method }, body) => {
  const path = new URL(url, 'http://x').pathname;
  if (path === '/hub' && method === 'POST') {
    const form = new URLSearchParams(body.toString());
    const callback = new URL(form.get('hub.callback')!);
    Object.assign(hub, { callback: callback.href, secret: form.get('hub.secret') ?? '' });
    callback.search = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.topic': form.get('hub.topic')!,
      'hub.challenge': 'are you there',
      'hub.lease_seconds': form.get('hub.lease_seconds')!,
    }).toString();
    hub.confirmed = (await (await fetch(callback)).text()) === 'are you there';
    return { status: 202 };
  }
  if (path === '/feed.xml') return { status: 200, type: 'application/rss+xml', body: feed(`${publisher.url}feed.xml`) };
  if (path.startsWith('/article/')) {
    const title = decodeURIComponent(path.slice('/article/'.length));
    const text = `<p>${paragraph(title)}</p>`.repeat(4);
    return {
      status: 200,
      type: 'text/html',
      body: `<html><title>${title}</title><article><h1>${title}</h1>${text}</article></html>`,
    };
  }
  return { status: 404 };
});

// Other publishers, on a host of their own: requests to one host wait for each other, pushed for or not.
const elsewhere = await serve(async ({ url = '' }) => {
  const path = new URL(url, 'http://x').pathname;
  if (path.startsWith('/other/')) {
    const at = Number(path.slice('/other/'.length));
    // Those that take their time take more than the target.
    if (at % 10 === 0) await sleep(8_000);
    const item = `<item><guid>${at}-${Date.now()}</guid><title>Other news ${at} at ${Date.now()}</title><description>${paragraph(`Other ${at}`)}</description></item>`;
    return {
      status: 200,
      type: 'application/rss+xml',
      body: `<rss version="2.0"><channel><title>Other ${at}</title>${item}</channel></rss>`,
    };
  }
  return { status: 404 };
});

async function notifySubscriber(): Promise<void> {
  const body = feed(`${publisher.url}feed.xml`);
  const signature = `sha256=${createHmac('sha256', hub.secret).update(body).digest('hex')}`;
  await fetch(hub.callback, { method: 'POST', body, headers: { 'x-hub-signature': signature } });
}

// The subscriber.
const SECRET = 'the subscriber’s';
const arrived = new Map<string, number>();
const seen = { confirmed: false, deliveries: 0, unsigned: 0 };
const subscriber = await serve(({ url = '', method, headers }, body) => {
  if (method === 'GET') {
    seen.confirmed = true;
    return { status: 200, body: new URL(url, 'http://x').searchParams.get('hub.challenge') ?? '' };
  }
  seen.deliveries++;
  const right = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  if (headers['x-hub-signature'] !== right) seen.unsigned++;
  const now = performance.now();
  for (const [title] of body.toString().matchAll(/Entry number \d+\b/g))
    if (!arrived.has(title)) arrived.set(title, now);
  return { status: 204 };
});

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + GIVEN_UP_MS; performance.now() < end; await sleep(50)) if (await holds()) return;
  throw new Error(`${what}: not within ${GIVEN_UP_MS / 1000} s`);
}

const free = await serve(() => ({ status: 404 }));
const port = new URL(free.url).port;
free.close();
const site = `http://127.0.0.1:${port}/`;
const source = (id: string, url: string, schedule: string) => ({
  id,
  title: id,
  url,
  schedule,
  topics: ['news'],
});
writeFileSync(
  join(room, 'sources.json'),
  JSON.stringify({
    site: { title: 'Push', url: site, hub: true },
    topics: [{ id: 'news', title: 'News' }],
    sources: [
      // Asked once an hour: what comes sooner was pushed.
      source('harbour', `${publisher.url}feed.xml`, '0 * * * *'),
      ...Array.from({ length: others }, (_, at) => source(`other-${at}`, `${elsewhere.url}other/${at}`, '* * * * *')),
    ],
  }),
);
const flags = { sources: 'sources.json', output: 'output', data: 'data' };
const program = startTributary(
  [
    'start',
    ...Object.entries(flags).flatMap(([flag, name]) => [`--${flag}`, join(room, name)]),
    '--port',
    port,
    '--allow-network',
    '127.0.0.0/8',
    '--log-level',
    'warn',
  ],
  { environment: { DATABASE_URL: '' } },
);

const latencies: number[] = [];
try {
  published.push({ title: 'The beginning', at: new Date() });
  await until(() => hub.confirmed, 'the program subscribes at the publisher’s hub');
  const topic = `${site}feeds/news.atom`;
  await until(async () => (await (await fetch(topic)).text()).includes('The beginning'), 'the first publication');
  const form = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': `${subscriber.url}callback`,
    'hub.secret': SECRET,
  });
  const asked = await fetch(`${site}hub`, { method: 'POST', body: form });
  if (asked.status !== 202) throw new Error(`the hub answers ${asked.status}: ${await asked.text()}`);
  await until(() => seen.confirmed, 'the hub asks the callback back');

  const random = numbers();
  const sentAt = new Map<string, number>();
  for (let at = 1; at <= entries; at++) {
    const title = `Entry number ${at}`;
    published.push({ title, at: new Date() });
    sentAt.set(title, performance.now());
    await notifySubscriber();
    await sleep(300 + random() * 3_400);
  }
  await until(() => arrived.size >= entries, 'every entry arrives').catch((error: unknown) =>
    console.error(String(error)),
  );
  for (const [title, at] of sentAt) if (arrived.has(title)) latencies.push(arrived.get(title)! - at);
} finally {
  program.child.kill('SIGTERM');
  await program.ended;
  publisher.close();
  elsewhere.close();
  subscriber.close();
  rmSync(room, { recursive: true, force: true });
}

const sorted = latencies.toSorted((a, b) => a - b);
const quantile = (part: number): number => Math.round(sorted[Math.ceil(sorted.length * part) - 1] ?? Infinity);
const p95 = quantile(0.95);
console.log(
  JSON.stringify({
    entries,
    arrived: sorted.length,
    otherSources: others,
    deliveries: seen.deliveries,
    unsigned: seen.unsigned,
    p50Ms: quantile(0.5),
    p95Ms: p95,
    mostMs: quantile(1),
    targetP95Ms: TARGET_MS,
  }),
);
process.exitCode = sorted.length === entries && seen.unsigned === 0 && p95 < TARGET_MS ? 0 : 1;
