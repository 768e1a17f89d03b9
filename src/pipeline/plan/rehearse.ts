import type { Order } from '../../config/sources-file.ts';
import { pageSecrets } from '../../fetch/auth-headers.ts';
import { fetchPage } from '../../fetch/fetch-page.ts';
import { openRobots } from '../../fetch/robots.ts';
import type { Outbound } from '../../model/outbound.ts';
import type { ReplayedHistory } from '../../store/history-store.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { Output } from '../../publish/write-output.ts';
import { curateAwaiting } from '../curate-awaiting.ts';
import { openEditionFiles } from '../edition-files.ts';
import type { ImageFolder } from '../images/image-folder.ts';
import { NOTHING_COPIED } from '../images/open-image-copier.ts';
import { publishTopics } from '../publish-topics.ts';
import { openTextMemory } from '../recent-texts.ts';
import type { PageAsker } from '../read-article.ts';
import { refreshDue } from '../refresh-due.ts';
import type { RefreshReport } from '../refresh-report.ts';
import type { PrivateRooms } from '../rooms.ts';
import { pageBounds } from '../source-limits.ts';
import { runCycle, type CycleReport } from '../run-cycle.ts';
import { openReplay, type NotKept } from './replay.ts';

export type RehearseTools = {
  /** One that may be changed and thrown away, as may be what is written to output and private rooms. */
  readonly store: Store;
  readonly output: Output;
  readonly privateRooms: PrivateRooms;
  readonly images: ImageFolder;
  readonly history: ReplayedHistory;
  /** Asks what the history does not know; null: nothing is asked. */
  readonly anew: Outbound | null;
  /** What environment variables hold, for what is asked anew; absent: none is set. */
  readonly secretOf?: (name: string) => string | null;
  /** Stands still. */
  readonly clock: Clock;
  readonly log: Log;
  readonly rendererDigest: string;
  readonly userAgent: string;
  readonly atOnce: number;
  readonly limits: { readonly maxFeedBytes: number; readonly maxPageBytes: number; readonly timeoutMs: number };
};

export type Rehearsal = {
  readonly report: CycleReport;
  readonly notKept: readonly NotKept[];
  readonly askedNow: readonly NotKept[];
};

/**
 * One cycle of every enabled source by the functions that a true one runs, in a world that is not the true one: the network
 * is the history, nobody is told of anything, no weather is asked for.
 */
export async function rehearse(
  tools: RehearseTools,
  order: Order,
  onSource: (report: RefreshReport, done: number) => void,
  signal: AbortSignal,
): Promise<Rehearsal> {
  const { store, clock, log, limits } = tools;
  const replay = openReplay(tools.history, tools.anew);
  const robots = openRobots({ outbound: replay.answering('robots'), clock }, { userAgent: tools.userAgent });
  const pages = { outbound: replay.answering('page'), robots };
  const refreshTools = {
    outbound: replay.answering('feed'),
    fetchPage: (url: string, source: PageAsker, until: AbortSignal) =>
      fetchPage(
        pages,
        {
          url,
          ...pageBounds(source, limits),
          proxy: source.proxy,
          ...pageSecrets(source, url, tools.secretOf ?? (() => null)),
        },
        until,
      ),
    ...(tools.secretOf === undefined ? {} : { secretOf: tools.secretOf }),
    store,
    clock,
    log,
    limits,
  };
  const publishTools = { ...tools, editionFiles: openEditionFiles() };
  const report = await runCycle(
    {
      refresh: (given, which, until) => refreshDue(refreshTools, given.sources, { which, atOnce: tools.atOnce }, until),
      refreshWeather: async () => {},
      curate: (given, until) => curateAwaiting({ store, clock, log, memory: openTextMemory() }, given, until),
      // A true round asks for them; here those are shown that there are copies of.
      copyImages: async () => NOTHING_COPIED,
      publish: (given, until) => publishTopics(publishTools, given, until),
    },
    { order, which: 'all', onSource },
    signal,
  );
  return { report, notKept: replay.notKept(), askedNow: replay.askedNow() };
}
