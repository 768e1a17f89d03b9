import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config/config.ts';
import type { Order } from './config/sources-file.ts';
import { fetchPage } from './fetch/fetch-page.ts';
import { openOutbound } from './fetch/open-outbound.ts';
import { openRobots } from './fetch/robots.ts';
import type { HubOffer } from './model/push.ts';
import { curateAwaiting, type CurationReport } from './pipeline/curate-awaiting.ts';
import { openEditionFiles } from './pipeline/edition-files.ts';
import { openListEntries } from './pipeline/list-entries.ts';
import { fateOf } from './pipeline/former-topics.ts';
import { noteAppliedList } from './pipeline/plan/applied-list.ts';
import { openHistoryKeeper } from './pipeline/keep-history.ts';
import { openTextMemory } from './pipeline/recent-texts.ts';
import { openPrivateRooms } from './pipeline/private-rooms.ts';
import { publishTopics, type PublishReport } from './pipeline/publish-topics.ts';
import { openPushService, type PushService } from './pipeline/push-service.ts';
import { refreshDue, refreshPushed } from './pipeline/refresh-due.ts';
import { refreshWeather } from './pipeline/refresh-weather.ts';
import type { RefreshReport } from './pipeline/refresh-report.ts';
import { openOutput } from './publish/write-output.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { stoppedClock, systemClock, type Clock } from './support/clock.ts';
import type { Log } from './support/log.ts';
import { oneAtATime } from './support/one-at-a-time.ts';
import { plusSeconds } from './support/instant.ts';
import { startServer, type RunningServer } from './web/server.ts';

export const VERSION = '0.1.0';

/** The service, put together from its settings. Closing it takes its parts apart in reverse order. */
export type App = AsyncDisposable & {
  readonly store: Store;
  readonly clock: Clock;
  /** Asks sources, as a stream of reports. */
  refresh(order: Order, which: 'due' | 'all', signal: AbortSignal): AsyncIterable<RefreshReport>;
  refreshWeather(order: Order, signal: AbortSignal): Promise<void>;
  curate(order: Order, signal: AbortSignal): Promise<CurationReport>;
  publish(order: Order, signal: AbortSignal): Promise<PublishReport>;
  /** Asks one source because its hub has pushed; null for one that must not be asked now. */
  refreshPushed(order: Order, sourceId: string, signal: AbortSignal): Promise<RefreshReport | null>;
  askAgainSoon(sourceId: string): Promise<void>;
  readonly push: PushService;
  /** Serves output/ until disposed. */
  serve(): Promise<RunningServer>;
};

/** A source that was pushed for and had nothing new is asked again so much later. */
const ASK_AGAIN_S = 60;

const noSecrets = (): null => null;

/**
 * Throws StageError when the database or the output folder cannot be used.
 * @param secretOf what webhooks are signed with, by its name in the environment
 */
export async function openApp(
  config: Config,
  site: { readonly url: string },
  log: Log,
  secretOf: (name: string) => string | null = noSecrets,
): Promise<App> {
  const parts = new AsyncDisposableStack();
  try {
    const clock = config.now === null ? systemClock() : stoppedClock(config.now);
    const output = await openOutput(config.output);
    const store = parts.use(await openStore({ databaseUrl: config.databaseUrl, dataDir: config.data }, { clock }));
    const userAgent = `Tributary/${VERSION} (+${site.url})`;
    const { outbound, slowDown, refusalOf } = parts.use(
      openOutbound({ clock }, { userAgent, allowedNetworks: config.allowNetwork, hostSpacingMs: config.hostSpacingMs }),
    );
    const bounds = { days: config.historyDays, megabytes: config.historyMegabytes };
    const history = openHistoryKeeper({ history: store.history, clock }, bounds);
    const robots = openRobots({ outbound: history.listening('robots', outbound), clock, slowDown }, { userAgent });
    const pageTools = { outbound: history.listening('page', outbound), robots };
    const timeoutMs = config.timeoutSeconds * 1000;
    const randomText = (): string => randomBytes(32).toString('base64url');
    const privateRooms = openPrivateRooms({ store, newToken: randomText }, { dataDir: config.data });
    const pushTools = {
      store,
      privateRoomOf: privateRooms.roomOf,
      output,
      outbound,
      refusalOf,
      clock,
      log,
      randomText,
      seed: randomText(),
      secretOf,
    };
    const push = openPushService(pushTools);
    const refreshTools = {
      outbound: history.listening('feed', outbound),
      fetchPage: (url: string, signal: AbortSignal) =>
        fetchPage(pageTools, { url, maxBodyBytes: config.maxPageBytes, timeoutMs }, signal),
      store,
      clock,
      log,
      limits: { maxFeedBytes: config.maxFeedBytes, timeoutMs },
      noteOffer: (sourceId: string, offer: HubOffer | null) => push.noteOffer(sourceId, offer),
    };
    const publishTools = {
      store,
      output,
      clock,
      log,
      rendererDigest: await digestOfRenderer(),
      editionFiles: openEditionFiles(),
      privateRooms,
    };
    const memory = openTextMemory();
    // What a hub has pushed for is sorted and published beside the rounds: never two at once.
    const inTurn = oneAtATime();
    const servers = new Set<RunningServer>();
    const running: { order: Order | null } = { order: null };
    const opened = parts.move();
    return {
      store,
      clock,
      async *refresh(order, which, signal) {
        push.follow(order);
        try {
          yield* refreshDue(refreshTools, order.sources, { which, atOnce: config.atOnce }, signal);
        } finally {
          await history.flush();
        }
        await history.prune();
      },
      refreshWeather: (order, signal) => refreshWeather({ outbound, clock, store }, order.site.place, signal),
      curate: (order, signal) => inTurn(() => curateAwaiting({ store, clock, log, memory }, order, signal)),
      publish: (order, signal) =>
        inTurn(async () => {
          push.follow(order);
          // What the operator forbids by now is told no more, though its files are still being made.
          running.order = order;
          const report = await publishTopics(publishTools, order, signal);
          await noteAppliedList(store, order);
          // First those who serve, then those who are told to come and see.
          for (const server of servers) server.published();
          push.published();
          return report;
        }),
      async refreshPushed(order, sourceId, signal) {
        const report = await refreshPushed(refreshTools, order.sources, sourceId, signal);
        await history.flush();
        return report;
      },
      askAgainSoon: (sourceId) => store.push.askSourceBy(sourceId, plusSeconds(clock.now(), ASK_AGAIN_S)),
      push,
      async serve() {
        const server = await startServer({
          outputDir: config.output,
          host: config.host,
          port: config.port,
          clock,
          log,
          health: { ready: () => answers(store) },
          doors: push.doors,
          listEntries: openListEntries({ store, orderNow: () => running.order }),
          fateOf: (path) => fateOf(store, path),
          privateRoom: privateRooms.folderOf,
          basePath: new URL(site.url).pathname.replace(/\/?$/, '/'),
        });
        servers.add(server);
        return server;
      },
      [Symbol.asyncDispose]: () => opened.disposeAsync(),
    };
  } finally {
    await parts.disposeAsync();
  }
}

async function answers(store: Store): Promise<boolean> {
  try {
    await store.schemaVersion();
    return true;
  } catch {
    return false;
  }
}

/** Everything that has a say in the bytes of a page or a feed. */
const RENDERING = ['curate', 'pipeline', 'publish', 'render', 'support'];

/** Pages and feeds are made again when the code that makes them has changed, and only then. */
export async function digestOfRenderer(): Promise<string> {
  const digest = createHash('sha256').update(VERSION);
  for (const name of RENDERING) {
    const folder = fileURLToPath(new URL(`./${name}/`, import.meta.url));
    const files = await readdir(folder, { withFileTypes: true, recursive: true });
    const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    for (const path of paths.toSorted()) digest.update(relative(folder, path)).update(await readFile(path));
  }
  return digest.digest('hex');
}
