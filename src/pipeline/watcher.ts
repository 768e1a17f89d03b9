import { noSpans, type Spans } from '../support/spans.ts';
import type { CurationReport } from './curate-awaiting.ts';
import type { PublishReport } from './publish-topics.ts';
import type { RefreshReport } from './refresh-report.ts';

/** Whoever wants to know what the service does, while it does it. It must not throw. */
export type Watcher = {
  readonly spans: Spans;
  refreshed(report: RefreshReport): void;
  curated(report: CurationReport): void;
  published(report: PublishReport): void;
};

export const nobodyWatches: Watcher = {
  spans: noSpans,
  refreshed: () => undefined,
  curated: () => undefined,
  published: () => undefined,
};
