import type { Order } from '../config/sources-file.ts';
import type { CurationReport } from './curate-awaiting.ts';
import type { ImagesReport } from './images/open-image-copier.ts';
import type { PublishReport } from './publish-topics.ts';
import type { RefreshReport } from './refresh-report.ts';

/** The parts of the work, each whole in itself: a kill between or within them loses nothing. */
export type CycleParts = {
  refresh(order: Order, which: 'due' | 'all', signal: AbortSignal): AsyncIterable<RefreshReport>;
  refreshWeather(order: Order, signal: AbortSignal): Promise<void>;
  curate(order: Order, signal: AbortSignal): Promise<CurationReport>;
  /** Copies pictures of what is to be published, where the list says so: no longer than `withinMs`. */
  copyImages(order: Order, given: { readonly withinMs: number }, signal: AbortSignal): Promise<ImagesReport>;
  publish(order: Order, signal: AbortSignal): Promise<PublishReport>;
};

export type CycleReport = {
  readonly sources: readonly RefreshReport[];
  readonly curated: CurationReport;
  readonly images: ImagesReport;
  readonly published: PublishReport;
};

/** News do not wait longer for their pictures. */
const PICTURES_MS = 20_000;

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
  const images = await parts.copyImages(given.order, { withinMs: PICTURES_MS }, signal);
  return { sources, curated, images, published: await parts.publish(given.order, signal) };
}
