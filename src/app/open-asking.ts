import type { Config } from '../config/config.ts';
import type { Order } from '../config/sources-file.ts';
import { openOutbound } from '../fetch/open-outbound.ts';
import { openRobots } from '../fetch/robots.ts';
import type { AlertDelivery } from '../model/alert.ts';
import type { Source } from '../model/source.ts';
import { deliver } from '../pipeline/alerts/tell-alerts.ts';
import { discoverFeeds } from '../pipeline/discover-feeds.ts';
import type { Discovery } from '../pipeline/discovery.ts';
import { probeSources, type ProbeMemory, type ProbeReport } from '../pipeline/probe-source.ts';
import { sendMail } from '../push/send-mail.ts';
import { stoppedClock, systemClock } from '../support/clock.ts';
import { randomText } from './random-text.ts';
import { VERSION } from './version.ts';

/** What asks on an operator's behalf, and stores nothing. */
export type Asking = AsyncDisposable & {
  discover(what: Parameters<typeof discoverFeeds>[1], signal: AbortSignal): Promise<Discovery>;
  /** Sends one alert to whom sources.json names: see `deliver`. */
  tell(
    delivery: Pick<AlertDelivery, 'channel' | 'body'>,
    order: Pick<Order, 'alerts'>,
    signal: AbortSignal,
  ): Promise<string | null>;
  /** Each source once. */
  probe(sources: readonly Source[], memory: ProbeMemory | null, signal: AbortSignal): AsyncIterable<ProbeReport>;
};

/** @param site null: sources.json cannot be read, and servers are told no address of the operator */
export function openAsking(
  config: Config,
  site: { readonly url: string } | null,
  secretOf: (name: string) => string | null = () => null,
): Asking {
  const clock = config.now === null ? systemClock() : stoppedClock(config.now);
  const userAgent = `Tributary/${VERSION}${site === null ? '' : ` (+${site.url})`}`;
  const { allowNetwork: allowedNetworks, hostSpacingMs, proxy } = config;
  const opened = openOutbound({ clock }, { userAgent, allowedNetworks, hostSpacingMs, proxy });
  const { outbound, slowDown } = opened;
  const robots = openRobots({ outbound, clock, slowDown }, { userAgent });
  const permit = (url: string, signal: AbortSignal): Promise<void> => robots.permit(url, signal);
  const limits = { maxFeedBytes: config.maxFeedBytes, timeoutMs: config.timeoutSeconds * 1000 };
  return {
    tell: (delivery, order, signal) =>
      deliver({ outbound, secretOf, sendMail, clock, randomText }, delivery, order, signal),
    discover: (what, signal) => discoverFeeds({ outbound, permit, limits }, what, signal),
    probe: (sources, memory, signal) =>
      probeSources({ outbound, clock, limits, secretOf }, { sources, memory, atOnce: config.atOnce }, signal),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
