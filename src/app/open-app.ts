import type { Config } from '../config/config.ts';
import type { Order } from '../config/sources-file.ts';
import { fetchImage } from '../fetch/fetch-image.ts';
import { pageSecrets } from '../fetch/auth-headers.ts';
import { fetchPage } from '../fetch/fetch-page.ts';
import { openOutbound } from '../fetch/open-outbound.ts';
import { openRobots } from '../fetch/robots.ts';
import type { HubOffer } from '../model/push.ts';
import type { Site } from '../model/site.ts';
import { operationsFeed } from '../pipeline/alerts/operations.ts';
import { openAlertWatch } from '../pipeline/alerts/watch-alerts.ts';
import { curateAwaiting, type CurationReport } from '../pipeline/curate-awaiting.ts';
import { openEditionFiles } from '../pipeline/edition-files.ts';
import { imageFolder, imagesIn } from '../pipeline/images/image-folder.ts';
import { openImageCopier, type ImagesReport } from '../pipeline/images/open-image-copier.ts';
import { openListEntries } from '../pipeline/list-entries.ts';
import { fateOf } from '../pipeline/former-topics.ts';
import { noteAppliedList } from '../pipeline/plan/applied-list.ts';
import { historyOrTell, openHistoryKeeper } from '../pipeline/keep-history.ts';
import type { PageAsker } from '../pipeline/read-article.ts';
import { openTextMemory } from '../pipeline/recent-texts.ts';
import { openPrivateRooms } from '../pipeline/private-rooms.ts';
import { publishTopics, type PublishReport } from '../pipeline/publish-topics.ts';
import { openPushService, type PushService } from '../pipeline/push-service.ts';
import { readGauges, type GaugesAsked } from '../pipeline/read-gauges.ts';
import { readReadiness, type Readiness } from '../pipeline/read-readiness.ts';
import { refreshDue, refreshPushed } from '../pipeline/refresh-due.ts';
import { refreshWeather } from '../pipeline/refresh-weather.ts';
import type { RefreshReport } from '../pipeline/refresh-report.ts';
import { imageBounds, pageBounds } from '../pipeline/source-limits.ts';
import { nobodyWatches, type Watcher } from '../pipeline/watcher.ts';
import { sendMail } from '../push/send-mail.ts';
import { openOutput } from '../publish/write-output.ts';
import { databaseFile, openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { stoppedClock, systemClock, type Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { oneAtATime } from '../support/one-at-a-time.ts';
import { plusSeconds } from '../support/instant.ts';
import type { Readings } from '../telemetry/readings.ts';
import { startServer, type RunningServer } from '../web/server.ts';
import { digestOfRenderer } from './code-digests.ts';
import { randomText } from './random-text.ts';
import { VERSION } from './version.ts';

/** The service, put together from its settings. Closing it takes its parts apart in reverse order. */
export type App = AsyncDisposable & {
  readonly store: Store;
  readonly clock: Clock;
  /** Asks sources, as a stream of reports. */
  refresh(order: Order, which: 'due' | 'all', signal: AbortSignal): AsyncIterable<RefreshReport>;
  refreshWeather(order: Order, signal: AbortSignal): Promise<void>;
  curate(order: Order, signal: AbortSignal): Promise<CurationReport>;
  /** Copies pictures of what is to be published, where the list says so. */
  copyImages(order: Order, given: { readonly withinMs: number }, signal: AbortSignal): Promise<ImagesReport>;
  publish(order: Order, signal: AbortSignal): Promise<PublishReport>;
  /** Asks one source because its hub has pushed; null for one that must not be asked now. */
  refreshPushed(order: Order, sourceId: string, signal: AbortSignal): Promise<RefreshReport | null>;
  askAgainSoon(sourceId: string): Promise<void>;
  readonly push: PushService;
  /** Serves output/ until disposed. */
  serve(): Promise<RunningServer>;
  readonly alerts: {
    /** Looks at what is not as it should be, and puts what is to be told of it on its way. */
    look(order: Order, listFaults: number): Promise<void>;
    /** How many hold at present. */
    countOpen(): Promise<number>;
    /** The feed of operations. */
    feed(site: Site): Promise<string>;
  };
  /** Whether the work can be done; and how things stand, in numbers. */
  readiness(listFaults: number): Promise<Readiness>;
  gauges(asked: GaugesAsked): Promise<Readings>;
};

/** A source that was pushed for and had nothing new is asked again so much later. */
const ASK_AGAIN_S = 60;

export type AppGiven = {
  /** What webhooks are signed with, by its name in the environment; absent: there are no secrets. */
  readonly secretOf?: (name: string) => string | null;
  /** Absent: nobody watches. */
  readonly watcher?: Watcher;
};

const noSecrets = (): null => null;

/** Throws StageError when the database or the output folder cannot be used. */
export async function openApp(
  config: Config,
  site: { readonly url: string },
  log: Log,
  { secretOf = noSecrets, watcher = nobodyWatches }: AppGiven = {},
): Promise<App> {
  const parts = new AsyncDisposableStack();
  try {
    const clock = config.now === null ? systemClock() : stoppedClock(config.now);
    const output = await openOutput(config.output);
    const store = parts.use(await openStore({ databaseUrl: config.databaseUrl, dataDir: config.data }, { clock }));
    const userAgent = `Tributary/${VERSION} (+${site.url})`;
    const { outbound, slowDown, refusalOf } = parts.use(
      openOutbound(
        { clock },
        {
          userAgent,
          allowedNetworks: config.allowNetwork,
          hostSpacingMs: config.hostSpacingMs,
          proxy: config.proxy,
        },
      ),
    );
    const bounds = { days: config.historyDays, megabytes: config.historyMegabytes };
    const history = openHistoryKeeper({ history: store.history, clock }, bounds);
    const robots = openRobots({ outbound: history.listening('robots', outbound), clock, slowDown }, { userAgent });
    const pageTools = { outbound: history.listening('page', outbound), robots };
    const timeoutMs = config.timeoutSeconds * 1000;
    const privateRooms = openPrivateRooms({ store, newToken: randomText }, { dataDir: config.data });
    const pushTools = {
      store,
      privateRoomOf: privateRooms.roomOf,
      output,
      outbound,
      sendMail,
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
      fetchPage: (url: string, source: PageAsker, signal: AbortSignal) => {
        const bounds = pageBounds(source, { maxPageBytes: config.maxPageBytes, timeoutMs });
        const request = { url, ...bounds, proxy: source.proxy, ...pageSecrets(source, url, secretOf) };
        return fetchPage(pageTools, request, signal);
      },
      secretOf,
      store,
      clock,
      log,
      limits: { maxFeedBytes: config.maxFeedBytes, timeoutMs },
      spans: watcher.spans,
      noteOffer: (sourceId: string, offer: HubOffer | null) => push.noteOffer(sourceId, offer),
    };
    const images = imageFolder(() => openOutput(imagesIn(config.data)));
    const copyImages = openImageCopier({
      store,
      folder: images,
      fetchImage: (url, source, signal) =>
        // Not kept in the history: what was had lies in the folder.
        fetchImage(
          { outbound, robots, name: 'tributary' },
          {
            url,
            ...imageBounds(source, { maxImageBytes: config.maxImageBytes, timeoutMs }),
            proxy: source?.proxy ?? null,
          },
          signal,
        ),
      clock,
      log,
      mostBytes: config.imagesMegabytes * 1024 * 1024,
    });
    const publishTools = {
      store,
      output,
      clock,
      log,
      rendererDigest: await digestOfRenderer(),
      editionFiles: openEditionFiles(),
      privateRooms,
      images,
    };
    const gaugeTools = {
      store,
      clock,
      folders: { data: config.data, output: config.output },
      databaseFile: config.databaseUrl === null ? databaseFile(config.data) : null,
    };
    const alertWatch = openAlertWatch({ store, clock, log, folders: [config.data, config.output] });
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
          for await (const report of refreshDue(
            refreshTools,
            order.sources,
            { which, atOnce: config.atOnce },
            signal,
          )) {
            watcher.refreshed(report);
            yield report;
          }
        } finally {
          await historyOrTell(log, () => history.flush());
        }
        await historyOrTell(log, () => history.prune());
      },
      refreshWeather: (order, signal) => refreshWeather({ outbound, clock, store }, order.site.place, signal),
      curate: (order, signal) =>
        inTurn(async () => {
          const report = await watcher.spans.within('curate', {}, () =>
            curateAwaiting({ store, clock, log, memory }, order, signal),
          );
          watcher.curated(report);
          return report;
        }),
      copyImages: (order, given, signal) =>
        watcher.spans.within('copy-images', {}, () => copyImages(order, given, signal)),
      publish: (order, signal) =>
        inTurn(async () => {
          push.follow(order);
          // What the operator forbids by now is told no more, though its files are still being made.
          running.order = order;
          const report = await watcher.spans.within('publish', {}, () => publishTopics(publishTools, order, signal));
          watcher.published(report);
          await noteAppliedList(store, order);
          // First those who serve, then those who are told to come and see.
          for (const server of servers) server.published();
          push.published();
          return report;
        }),
      async refreshPushed(order, sourceId, signal) {
        const report = await refreshPushed(refreshTools, order.sources, sourceId, signal);
        if (report !== null) watcher.refreshed(report);
        await historyOrTell(log, () => history.flush());
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
      alerts: {
        async look(order, listFaults) {
          if ((await alertWatch.look(order, listFaults)).length > 0) push.wake();
        },
        countOpen: async () => (await store.alerts.board()).states.filter(({ raisedAt }) => raisedAt !== null).length,
        feed: (site) => operationsFeed({ store, clock }, site),
      },
      readiness: (listFaults) => readReadiness({ store, output, clock }, listFaults),
      gauges: (asked) => readGauges(gaugeTools, asked),
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
