import type { Order } from '../config/sources-file.ts';
import type { CurationReport } from './curate-awaiting.ts';
import type { PublishReport } from './publish-topics.ts';
import type { RefreshReport } from './refresh-report.ts';

/** The parts of the work, each whole in itself: a kill between or within them loses nothing. */
export type CycleParts = {
  refresh(order: Order, which: 'due' | 'all', signal: AbortSignal): AsyncIterable<RefreshReport>;
  refreshWeather(order: Order, signal: AbortSignal): Promise<void>;
  curate(order: Order, signal: AbortSignal): Promise<CurationReport>;
  publish(order: Order, signal: AbortSignal): Promise<PublishReport>;
};

export type CycleReport = {
  readonly sources: readonly RefreshReport[];
  readonly curated: CurationReport;
  readonly published: PublishReport;
};

/** Asks the sources, sorts what they brought, publishes what has changed. */
export async function runCycle(
  parts: CycleParts,
  given: {
    readonly order: Order;
    readonly which: 'due' | 'all';
    readonly onSource: (report: RefreshReport, done: number) => void;
  },
  signal: AbortSignal,
): Promise<CycleReport> {
  const sources: RefreshReport[] = [];
  for await (const report of parts.refresh(given.order, given.which, signal)) {
    sources.push(report);
    given.onSource(report, sources.length);
  }
  await parts.refreshWeather(given.order, signal);
  signal.throwIfAborted();
  const curated = await parts.curate(given.order, signal);
  return { sources, curated, published: await parts.publish(given.order, signal) };
}
