import { stat, statfs } from 'node:fs/promises';
import type { Source, SourceState } from '../model/source.ts';
import type { ImageCounts } from '../store/image-store.ts';
import type { Store } from '../store/store.ts';
import type { Readings } from '../telemetry/readings.ts';
import type { Clock } from '../support/clock.ts';
import { epochMsOf, latest, type Instant } from '../support/instant.ts';
import { lastPublication } from './last-publication.ts';
import { stateFor } from './source-state.ts';

export type GaugeTools = {
  readonly store: Store;
  readonly clock: Clock;
  /** Where the program writes, by name. */
  readonly folders: Readonly<Record<string, string>>;
  /** The file that the database is; null where it is a server's. */
  readonly databaseFile: string | null;
};

export type GaugesAsked = {
  readonly sources: readonly Source[];
  readonly listFaults: number;
  readonly openAlerts: number;
};

/** How things stand now, for metrics: read from the store each time. */
export async function readGauges(tools: GaugeTools, asked: GaugesAsked): Promise<Readings> {
  const { store, clock } = tools;
  const stored = await store.sourceStates();
  const drifts = await store.drifts();
  const sources = asked.sources.map((source) => ({ source, state: stateFor(source, stored.get(source.id)) }));
  const standings = sources.map(({ source, state }) => standingOf(source, state, drifts.has(source.id)));
  const now = clock.now();
  const pushes = await store.push.pushCounts(now);
  return {
    sources: sources.map(({ source, state }) => ({
      id: source.id,
      nextCheckS: source.enabled ? secondsOf(latest([state.nextCheckAt, state.retryAfterUntil])) : null,
      lastCheckS: secondsOf(state.checkedAt),
      failures: state.failures,
    })),
    sourcesByState: Object.fromEntries(
      STANDINGS.map((standing) => [standing, standings.filter((one) => one === standing).length]),
    ),
    entriesByState: countsByState(await store.entryCounts()),
    oldestDueS: Math.max(0, ...sources.filter(({ source }) => source.enabled).map(({ state }) => lateS(state, now))),
    deliveries: [
      { to: 'hub', state: 'subscribed', count: pushes.subscriptions },
      { to: 'hub', state: 'waiting', count: pushes.subscriptionsWaiting },
      { to: 'webhook', state: 'waiting', count: pushes.webhooksWaiting },
      { to: 'webhook', state: 'dead', count: pushes.webhooksDead },
    ],
    freeBytes: Object.fromEntries(
      (await Promise.all(Object.entries(tools.folders).map(freeBytes))).filter((entry) => entry !== null),
    ),
    databaseBytes: tools.databaseFile === null ? null : await bytesOf(tools.databaseFile),
    ...imagesOf(await store.images.counts()),
    openAlerts: asked.openAlerts,
    isListRight: asked.listFaults === 0,
    refused: (await lastPublication(store))?.refusals.length ?? 0,
  };
}

function imagesOf({ copies, bytes, waiting, missed }: ImageCounts): Pick<Readings, 'images' | 'imageBytes'> {
  const notHad = missed.reduce((sum, { count }) => sum + count, 0);
  return { images: { copied: copies, waiting, 'not-had': notHad }, imageBytes: bytes };
}

const STANDINGS = ['well', 'failing', 'drifted', 'not-asked', 'not-enabled'] as const;

function standingOf({ enabled }: Source, state: SourceState, isDrifted: boolean): (typeof STANDINGS)[number] {
  if (!enabled) return 'not-enabled';
  if (state.failures > 0) return 'failing';
  if (state.checkedAt === null) return 'not-asked';
  return isDrifted ? 'drifted' : 'well';
}

function lateS({ nextCheckAt, checkedAt }: SourceState, now: Instant): number {
  // One that was never asked waits since nobody knows when.
  if (nextCheckAt === null || checkedAt === null) return 0;
  return (epochMsOf(now) - epochMsOf(nextCheckAt)) / 1000;
}

function countsByState(counts: readonly { readonly state: string; readonly count: number }[]): Record<string, number> {
  const byState: Record<string, number> = {};
  for (const { state, count } of counts) byState[state] = (byState[state] ?? 0) + count;
  return byState;
}

function secondsOf(instant: Instant | null): number | null {
  return instant === null ? null : epochMsOf(instant) / 1000;
}

async function freeBytes([name, folder]: readonly [string, string]): Promise<readonly [string, number] | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return [name, bavail * bsize];
  } catch {
    return null;
  }
}

async function bytesOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch {
    return null;
  }
}
