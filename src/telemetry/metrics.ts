import { StageError } from '../model/errors.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../support/clock.ts';
import { inTime } from '../support/in-time.ts';
import type { Spans } from '../support/spans.ts';
import type { Readings } from './readings.ts';

/** What happens, as it happens. Everything else is read when somebody asks: see readings.ts. */
export type Metrics = {
  readonly spans: Spans;
  refreshed(refresh: {
    readonly outcome: string;
    readonly code: string | null;
    readonly entries: { readonly added: number; readonly changed: number; readonly unreadable: number };
    readonly pagesNotHad: number;
  }): void;
  curated(counts: Readonly<Record<string, number>>): void;
  published(counts: { readonly written: number; readonly removed: number; readonly refused: number }): void;
  /** Prometheus's text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** Bounds of the histogram, in seconds. */
const SECONDS = [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300];
/** A Prometheus waits for ten seconds, if it is not told otherwise. */
const PATIENCE_MS = 5000;
/** One line for each of more sources would be more than a Prometheus wants to keep. */
const MOST_SOURCES = 1000;

/**
 * @param read asked each time that somebody asks for the metrics. Where it throws a StageError, or takes five seconds (the
 *   database does not answer), what it would have told is left out, and `tributary_readings_ok` is 0: what is counted here is told all the same.
 */
export function openMetrics(clock: Clock, read: () => Promise<Readings>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tributary_' });
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
    new Counter({ name: `tributary_${name}`, help, labelNames, registers });
  const refreshes = counter('refreshes_total', 'Refreshes of sources, by how they ended', ['outcome', 'code']);
  const entries = counter('entries_total', 'Entries that refreshes brought', ['kind']);
  const pagesNotHad = counter('pages_not_had_total', 'Article pages that were asked for and not had');
  const curated = counter('curated_total', 'Articles that were sorted, by what became of them', ['outcome']);
  const publications = counter('publications_total', 'Publications');
  const documents = counter('documents_total', 'Documents of publications', ['outcome']);
  const seconds = new Histogram({
    name: 'tributary_work_seconds',
    help: 'How long pieces of work take, in seconds of wall time',
    labelNames: ['work'],
    buckets: SECONDS,
    registers,
  });
  const spans: Spans = {
    async within(name, _facts, work) {
      const begunMs = clock.elapsedMs();
      try {
        return await work(spans);
      } finally {
        seconds.observe({ work: name }, (clock.elapsedMs() - begunMs) / 1000);
      }
    },
  };
  return {
    spans,
    refreshed({ outcome, code, entries: { added, changed, unreadable }, pagesNotHad: missed }) {
      refreshes.inc({ outcome, code: code ?? '' });
      entries.inc({ kind: 'new' }, added);
      entries.inc({ kind: 'changed' }, changed);
      entries.inc({ kind: 'unreadable' }, unreadable);
      pagesNotHad.inc(missed);
    },
    curated(counts) {
      for (const [outcome, count] of Object.entries(counts)) curated.inc({ outcome }, count);
    },
    published(counts) {
      publications.inc();
      for (const [outcome, count] of Object.entries(counts)) documents.inc({ outcome }, count);
    },
    async text() {
      // Of each question its own, so that two at once do not mix.
      const asked = new Registry();
      const ok = new Gauge({
        name: 'tributary_readings_ok',
        help: '1 where the database told how things stand; 0: what it would have told is left out',
        registers: [asked],
      });
      const readings = await inTime(readOrNull(read), { clock, ms: PATIENCE_MS, otherwise: null });
      ok.set(readings === null ? 0 : 1);
      if (readings !== null) setGauges(asked, readings);
      return `${await registry.metrics()}${await asked.metrics()}`;
    },
    contentType: registry.contentType,
  };
}

async function readOrNull(read: () => Promise<Readings>): Promise<Readings | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return null;
  }
}

function setGauges(registry: Registry, readings: Readings): void {
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Gauge({ name: `tributary_${name}`, help, labelNames, registers });
  const sources = gauge('sources', 'Sources of the list, by how they stand', ['state']);
  const entries = gauge('entries', 'Entries of the ledger, by their state', ['state']);
  const due = gauge('source_next_check_timestamp_seconds', 'When a source is asked next', ['source']);
  const asked = gauge('source_last_check_timestamp_seconds', 'When a source was asked last', ['source']);
  const failures = gauge('source_failures', 'Failures of a source in a row', ['source']);
  const oldestDue = gauge('oldest_due_seconds', 'For how long the source that is due longest has waited');
  const deliveries = gauge('deliveries', 'Pushes by where they go and how they stand', ['to', 'state']);
  const disk = gauge('disk_free_bytes', 'Free space where the program writes', ['folder']);
  const images = gauge('images', 'Pictures of articles that are to be copied, by how they stand', ['state']);
  const imageBytes = gauge('image_copies_bytes', 'What the copies of pictures weigh');
  const alerts = gauge('alerts_open', 'Alerts that hold at present');
  const list = gauge('list_right', '1 while sources.json is right; 0 while the list before it goes on');
  const refused = gauge('documents_refused', 'Documents that the gate keeps back at present');
  for (const [state, count] of Object.entries(readings.sourcesByState)) sources.set({ state }, count);
  for (const [state, count] of Object.entries(readings.entriesByState)) entries.set({ state }, count);
  for (const { id, nextCheckS, lastCheckS, failures: count } of readings.sources.slice(0, MOST_SOURCES)) {
    if (nextCheckS !== null) due.set({ source: id }, nextCheckS);
    if (lastCheckS !== null) asked.set({ source: id }, lastCheckS);
    failures.set({ source: id }, count);
  }
  oldestDue.set(readings.oldestDueS);
  for (const { to, state, count } of readings.deliveries) deliveries.set({ to, state }, count);
  for (const [folder, bytes] of Object.entries(readings.freeBytes)) disk.set({ folder }, bytes);
  if (readings.databaseBytes !== null) gauge('database_bytes', 'Size of the database').set(readings.databaseBytes);
  for (const [state, count] of Object.entries(readings.images)) images.set({ state }, count);
  imageBytes.set(readings.imageBytes);
  alerts.set(readings.openAlerts);
  list.set(readings.isListRight ? 1 : 0);
  refused.set(readings.refused);
}
