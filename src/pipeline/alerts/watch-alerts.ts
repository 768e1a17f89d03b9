import { statfs } from 'node:fs/promises';
import type { Order } from '../../config/sources-file.ts';
import { DEFAULT_ALERTS, type AlertDelivery, type AlertEvent, type AlertState } from '../../model/alert.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../support/clock.ts';
import { plusSeconds, type Instant } from '../../support/instant.ts';
import type { Log } from '../../support/log.ts';
import { lastPublication } from '../last-publication.ts';
import { stateFor } from '../source-state.ts';
import { alertMail, alertPayload } from './alert-texts.ts';
import { absenceIn, findTroubles, type AlertFacts } from './find-troubles.ts';
import { nextBoard } from './next-board.ts';

export type AlertWatchTools = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the program writes: their disks are looked at. */
  readonly folders: readonly string[];
};

/** Looks, after each round of work, at what is not as it should be. */
export type AlertWatch = {
  look(order: Order, listFaults: number): Promise<readonly AlertEvent[]>;
};

/** The whole ledger is gone through for it, so it is remembered for so long. */
const ARRIVALS_S = 3600;
const ARRIVALS_DAYS = 60;
/** Two processes may both look: who comes second looks once more at what the first has found. */
const TRIES = 3;

export function openAlertWatch(tools: AlertWatchTools): AlertWatch {
  const { store, clock, log } = tools;
  let arrivals: { readonly at: Instant; readonly found: AlertFacts['arrivals'] } | null = null;
  return {
    async look(order, listFaults) {
      const { alerts: settings = DEFAULT_ALERTS, site } = order;
      const now = clock.now();
      const readArrivals = async (): Promise<AlertFacts['arrivals']> => {
        arrivals = { at: now, found: await store.alerts.arrivals(plusSeconds(now, -ARRIVALS_DAYS * 86_400)) };
        return arrivals.found;
      };
      const isOld = arrivals === null || arrivals.at > now || plusSeconds(arrivals.at, ARRIVALS_S) < now;
      let facts = await gatherFacts(tools, order, {
        arrivals: isOld || arrivals === null ? await readArrivals() : arrivals.found,
        listFaults,
      });
      let troubles = findTroubles(facts, settings, now);
      for (let tries = 0; tries < TRIES; tries++) {
        const board = await store.alerts.board();
        const known = new Set(board.states.map(({ key }) => key));
        // Nobody is called silent by what was known an hour ago.
        if (arrivals?.at !== now && troubles.some(({ kind, key }) => kind === 'silent' && !known.has(key))) {
          facts = { ...facts, arrivals: await readArrivals() };
          troubles = findTroubles(facts, settings, now);
        }
        const { states, events } = nextBoard(board.states, troubles, {
          settings,
          absence: absenceIn(facts, settings),
          now,
        });
        if (events.length === 0 && isSame(board.states, states)) return [];
        const deliveries: Pick<AlertDelivery, 'channel' | 'body'>[] = [];
        if (events.length > 0 && settings.webhook !== null)
          deliveries.push({ channel: 'webhook', body: alertPayload(site, events) });
        if (events.length > 0 && settings.mail !== null)
          deliveries.push({ channel: 'mail', body: JSON.stringify(alertMail(site, events)) });
        if (!(await store.alerts.saveBoard({ board: { ...board, states }, events, deliveries, now }))) continue;
        for (const { kind, subject, says, happened } of events)
          log[happened === 'raised' ? 'warn' : 'info'](
            happened === 'raised' ? 'an alert is raised' : 'an alert is over',
            { kind, subject, reason: says },
          );
        return events;
      }
      return [];
    },
  };
}

/** When a trouble was seen last changes all the time; it is written down only where something else changes, or some time has passed. */
function isSame(before: readonly AlertState[], after: readonly AlertState[]): boolean {
  const marks = (states: readonly AlertState[]): string =>
    JSON.stringify(
      states.map(({ key, says, seenFrom, raisedAt, seenLast }) => [
        key,
        says,
        seenFrom,
        raisedAt,
        seenLast.slice(0, 16),
      ]),
    );
  return marks(before) === marks(after);
}

async function gatherFacts(
  { store, clock, folders }: AlertWatchTools,
  { sources }: Order,
  given: Pick<AlertFacts, 'arrivals' | 'listFaults'>,
): Promise<AlertFacts> {
  const stored = await store.sourceStates();
  const pushes = await store.push.pushCounts(clock.now());
  return {
    ...given,
    sources,
    states: new Map(sources.map((source) => [source.id, stateFor(source, stored.get(source.id))])),
    drifts: await store.drifts(),
    refused: ((await lastPublication(store))?.refusals ?? []).map(({ path, reasons }) => ({
      path,
      reason: reasons[0] ?? 'it is not as it should be',
    })),
    deadWebhooks: pushes.webhooksDead,
    disks: (await Promise.all(folders.map(usedOf))).filter((disk) => disk !== null),
  };
}

async function usedOf(folder: string): Promise<AlertFacts['disks'][number] | null> {
  try {
    const { blocks, bfree, bavail } = await statfs(folder);
    const used = blocks - bfree;
    return { folder, usedShare: used / (used + bavail) };
  } catch {
    return null;
  }
}
