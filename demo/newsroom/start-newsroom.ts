import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { replyTo, type Reply } from './answer.ts';
import { issuesAt, type Issue, type Newsstand } from './issue.ts';
import { answerTo, type Drawings } from './publisher-answers.ts';
import { PUBLISHERS, type Publisher } from './publishers.ts';
import type { Articles } from './read-articles.ts';
import { Tally } from './tally.ts';

const HOST = '127.0.0.1';
const SLOW_MS = 1500;

export type NewsroomOptions = {
  readonly articles: Articles;
  /** The zero hour from which all dates are counted, RFC 3339. */
  readonly epoch: string;
  /** How many rounds of news are out. */
  readonly round: number;
  /** One for each of `PUBLISHERS`, in their order. 0: any free one. */
  readonly ports: readonly number[];
  readonly controlPort: number;
  /** Every answer waits so long. */
  readonly delayMs?: number;
  /** The slow publisher's feed waits so long. */
  readonly slowMs?: number;
};

export type Newsroom = AsyncDisposable & {
  readonly control: string;
  readonly publishers: readonly { id: string; title: string; origin: string; feed: string }[];
  /** Publishes the next rounds; returns the round that is out then. */
  readonly tick: (rounds: number) => number;
  /** What a publisher has on its site now. */
  readonly issue: (publisherId: string) => Issue;
};

/** Starts a server for each publisher and one for control. Throws, with nothing left running, if a port is taken. */
export async function startNewsroom(options: NewsroomOptions): Promise<Newsroom> {
  const stopping = new AbortController();
  await using servers = new AsyncDisposableStack();
  servers.defer(() => stopping.abort());
  const listen = async (listener: RequestListener, port: number, who: string) => {
    const server = await listenOn(createServer(listener), port, who);
    servers.defer(() => close(server));
    return originOf(server);
  };

  const drawings: Drawings = new Map();
  const tally = new Tally(PUBLISHERS.map(({ id }) => id));
  const origins = new Map<string, string>();
  const stand: Newsstand = {
    articles: options.articles,
    publishers: PUBLISHERS,
    origins,
    epoch: Date.parse(options.epoch),
  };
  let round = options.round;
  let issues: ReadonlyMap<string, Issue> = new Map();
  const serve =
    (publisher: Publisher): RequestListener =>
    async (request, response) => {
      await hold(waitingTime(options, publisher, request), stopping.signal);
      const reply = replyOf(issues.get(publisher.id)!, request, drawings);
      tally.note(publisher.id, noteOf(request, reply));
      send(request, response, reply);
    };
  for (const [index, publisher] of PUBLISHERS.entries()) {
    const port = options.ports[index] ?? 0;
    const dead = publisher.manner === 'dead';
    origins.set(publisher.id, dead ? await deadOrigin(port) : await listen(serve(publisher), port, publisher.title));
  }
  issues = issuesAt(stand, round);
  const tick = (rounds: number) => {
    round += rounds;
    issues = issuesAt(stand, round);
    return round;
  };
  const control = await listen(
    controlListener({ tally, tick, round: () => round }),
    options.controlPort,
    'the newsroom’s control',
  );

  const running = servers.move();
  return {
    control: `${control}/`,
    publishers: PUBLISHERS.map(({ id, title, feedPath }) => ({
      id,
      title,
      origin: origins.get(id)!,
      feed: origins.get(id)! + feedPath,
    })),
    tick,
    issue: (id) => issues.get(id)!,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function replyOf(issue: Issue, request: IncomingMessage, drawings: Drawings): Reply {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { Allow: 'GET, HEAD', 'Content-Length': 0 }, body: Buffer.alloc(0) };
  }
  return replyTo(request.headers, answerTo(issue, new URL(request.url ?? '/', issue.origin), drawings));
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Reply): void {
  // No Date: nothing that the newsroom says comes from the clock.
  response.sendDate = false;
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
}

function noteOf(request: IncomingMessage, reply: Reply) {
  return {
    line: `${request.method} ${request.url}`,
    status: reply.status,
    bytes: request.method === 'HEAD' ? 0 : reply.body.length,
    conditional: request.headers['if-none-match'] !== undefined || request.headers['if-modified-since'] !== undefined,
    userAgent: request.headers['user-agent'] ?? null,
  };
}

function waitingTime(options: NewsroomOptions, { manner, feedPath }: Publisher, request: IncomingMessage): number {
  const slow = manner === 'slow' && request.url === feedPath;
  return (options.delayMs ?? 0) + (slow ? (options.slowMs ?? SLOW_MS) : 0);
}

async function hold(waitMs: number, signal: AbortSignal): Promise<void> {
  if (waitMs === 0) return;
  // Whoever waits when the newsroom closes is answered at once; the connection is cut anyway.
  await wait(waitMs, undefined, { signal }).catch(() => undefined);
}

type Control = { readonly tally: Tally; readonly tick: (rounds: number) => number; readonly round: () => number };

function controlListener({ tally, tick, round }: Control): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`);
    const json = (status: number, value: object) => {
      const body = Buffer.from(`${JSON.stringify(value)}\n`);
      send(request, response, { status, headers: { 'Content-Type': 'application/json' }, body });
    };
    const asked = `${request.method} ${pathname}`;
    if (asked === 'GET /round') return json(200, { round: round() });
    if (asked === 'GET /stats') return json(200, { round: round(), ...tally.report() });
    if (asked === 'POST /stats/reset') {
      tally.reset();
      return json(200, { round: round(), ...tally.report() });
    }
    if (asked === 'POST /tick') {
      const rounds = Number(searchParams.get('rounds') ?? 1);
      if (!Number.isInteger(rounds) || rounds < 0) return json(400, { error: 'rounds is a whole number, 0 or more' });
      return json(200, { round: tick(rounds) });
    }
    return json(404, { error: 'there is GET /round, GET /stats, POST /stats/reset and POST /tick?rounds=1' });
  };
}

/** An address at which nothing listens. */
async function deadOrigin(port: number): Promise<string> {
  if (port !== 0) return `http://${HOST}:${port}`;
  const server = await listenOn(createServer(), 0, 'nobody');
  const origin = originOf(server);
  await close(server);
  return origin;
}

function listenOn(server: Server, port: number, who: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const advice = 'Another demo may be running: end it first.';
      reject(taken ? new Error(`Port ${port} of ${HOST}, meant for ${who}, is in use. ${advice}`, { cause }) : cause);
    });
    server.listen(port, HOST, () => resolve(server));
  });
}

function originOf(server: Server): string {
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
