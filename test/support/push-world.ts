import { createHash } from 'node:crypto';
import type { Order } from '../../src/config/sources-file.ts';
import { StageError, type ErrorCode } from '../../src/model/errors.ts';
import type { OutboundRequest, OutboundResponse } from '../../src/model/outbound.ts';
import type { DoorAnswer } from '../../src/pipeline/push-doors.ts';
import { openPushService, type PushService } from '../../src/pipeline/push-service.ts';
import type { PushTools } from '../../src/pipeline/push-tools.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { silentLog } from '../../src/support/log.ts';
import { sha256 } from '../../src/support/hash.ts';
import { aSource } from './an-entry.ts';
import { aSite, aTopic } from './a-topic.ts';
import { handClock, type HandClock } from './hand-clock.ts';

export const SITE = 'https://news.example.org/';
export const CALLBACK = 'https://reader.example/callback';

export type Sent = Pick<OutboundRequest, 'url'> & {
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

/** What another's server does with a request: a text is an answer, a code a failure, a promise is waited for. */
export type Played = string | { readonly fails: ErrorCode; readonly retryAfterSeconds?: number } | Promise<never>;

export type PushWorld = AsyncDisposable & {
  readonly store: Store;
  readonly clock: HandClock;
  readonly service: PushService;
  /** Everything that was asked of others, in order. */
  readonly sent: Sent[];
  /** What lies under output/. */
  readonly files: Map<string, string>;
  order: Order;
  /** How others answer; those that nothing is said of confirm whatever they are asked. */
  play: (request: Sent) => Played | undefined;
  publish(path: string, text: string | null): Promise<void>;
  subscribe(given?: Readonly<Record<string, string>>, client?: string): Promise<DoorAnswer>;
  /** A push to our callback; what is answered with its body unread is answered so here. */
  push(
    token: string,
    given: { readonly body: Uint8Array; readonly signature: string | null; readonly links: string | null },
  ): Promise<DoorAnswer>;
  /** Entries of the topic `world` are taken back. */
  takeBack(...entryIds: readonly string[]): Promise<void>;
  /** Does all that is due now. */
  settle(): Promise<void>;
  /** The same store and files, and a program that was started anew. */
  restarted(): PushService;
  /** Requests with a body, and those without. */
  posts(): Sent[];
  gets(): Sent[];
};

export async function openPushWorld(
  given: { readonly tools?: Partial<PushTools>; readonly order?: Partial<Order> } = {},
): Promise<PushWorld> {
  const clock = handClock('2026-11-24T12:00:00Z');
  const store = await openMemoryStore();
  const files = new Map<string, string>();
  const sent: Sent[] = [];
  const versions = { made: 0, texts: 0 };
  const outbound = async (request: OutboundRequest): Promise<OutboundResponse> => {
    const body = request.send === undefined ? null : Buffer.from(request.send).toString();
    const one = { url: request.url, body, headers: request.headers ?? {} };
    sent.push(one);
    const played = world.play(one);
    if (played instanceof Promise) return played;
    if (typeof played === 'object')
      throw new StageError(played.fails, { url: request.url, retryAfterSeconds: played.retryAfterSeconds ?? null });
    const text = played ?? new URL(request.url).searchParams.get('hub.challenge') ?? '';
    return { url: request.url, status: 200, headers: {}, body: Buffer.from(text), redirects: [] };
  };
  const tools: PushTools = {
    store,
    clock,
    outbound,
    log: silentLog,
    refusalOf: () => null,
    seed: 'a seed',
    secretOf: (name) => (name === 'HOOK_SECRET' ? 'hook secret' : null),
    // Of the length of real ones; each is another.
    randomText: () => createHash('sha256').update(String(versions.texts++)).digest('base64url'),
    output: {
      read: async (path) => (files.has(path) ? Buffer.from(files.get(path)!) : null),
      exists: async (path) => files.has(path),
      write: async () => 'written',
      remove: async () => undefined,
    },
    ...given.tools,
  };
  const open = (): PushService => {
    const service = openPushService(tools);
    service.follow(world.order);
    return service;
  };
  const signal = new AbortController().signal;
  const world: PushWorld = {
    store,
    clock,
    sent,
    files,
    order: {
      site: aSite({ url: SITE, hub: { url: `${SITE}hub`, isOwn: true } }),
      topics: [aTopic()],
      formerTopics: [],
      sources: [aSource()],
      ...given.order,
    },
    play: () => undefined,
    service: null as unknown as PushService,
    async publish(path, text) {
      if (text === null) {
        files.delete(path);
        await store.saveOutputs({ written: [], removed: [path] });
      } else {
        files.set(path, text);
        const record = { path, inputKey: String(versions.made++), sha256: sha256(text) };
        await store.saveOutputs({ written: [record], removed: [] });
      }
      world.service.published();
    },
    subscribe: (changed = {}, client) =>
      world.service.doors.hubRequest(
        new URLSearchParams({
          'hub.mode': 'subscribe',
          'hub.topic': `${SITE}feeds/world.atom`,
          'hub.callback': CALLBACK,
          ...changed,
        }),
        client ?? null,
      ),
    async push(token, { body, signature, links }) {
      const push = await world.service.doors.pushed(token, { signature, links });
      if ('says' in push) return push;
      push.take(body);
      return await push.end();
    },
    takeBack: (...entryIds) =>
      store.savePlaced({
        opened: [],
        left: [],
        tombstones: entryIds.map((entryId) => ({ topicId: 'world', entryId, at: clock.now(), reason: 'retracted' })),
        reopened: [],
        done: [],
        there: [],
        gone: [],
      }),
    settle: () => world.service.run({ until: 'idle', isListening: true }, signal),
    restarted: open,
    posts: () => sent.filter(({ body }) => body !== null),
    gets: () => sent.filter(({ body }) => body === null),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
  return Object.assign(world, { service: open() });
}
