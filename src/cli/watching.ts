import { VERSION } from '../app/version.ts';
import type { App } from '../app/open-app.ts';
import { nobodyWatches, type Watcher } from '../pipeline/watcher.ts';
import { systemClock } from '../support/clock.ts';
import { bothSpans } from '../support/spans.ts';
import { openMetrics, type Metrics } from '../telemetry/metrics.ts';
import { openOtelSpans, otelFault, otelSettings } from '../telemetry/otel-spans.ts';
import { startOperatorServer } from '../web/operator-server.ts';
import type { CommandContext } from './command.ts';
import type { RunningList } from './running-list.ts';

/** What the operator sees of the running service from outside: metrics, traces, the operator's port. */
export type Watching = AsyncDisposable & {
  readonly watcher: Watcher;
  /** Opens the operator's port, if there is to be one, and gives its address. */
  serve(app: App, list: Pick<RunningList, 'current' | 'faults'>): Promise<string | null>;
};

/** Metrics are kept where there is a port to read them at, traces where the environment names a collector. */
export async function openWatching({ config, terminal, log, secretOf }: CommandContext): Promise<Watching> {
  await using parts = new AsyncDisposableStack();
  const late: { gauges: Parameters<typeof openMetrics>[1] } = { gauges: () => Promise.reject(new Error('not yet')) };
  const metrics = config.operatorPort === null ? null : openMetrics(systemClock(), () => late.gauges());
  const settings = otelSettings(secretOf, VERSION);
  const fault = otelFault(secretOf);
  if (fault !== null) terminal.tell(fault);
  const sent =
    settings === null
      ? null
      : parts.use(await openOtelSpans(settings, (reason) => log.warn('traces could not be sent', { reason })));
  const spans = [metrics?.spans, sent?.spans].filter((each) => each !== undefined);
  const opened = parts.move();
  return {
    watcher: {
      ...(metrics === null ? nobodyWatches : countedBy(metrics)),
      spans: spans.length === 0 ? nobodyWatches.spans : spans.reduce(bothSpans),
    },
    async serve(app, list) {
      const { operatorHost: host, operatorPort: port } = config;
      if (metrics === null || port === null) return null;
      late.gauges = async () => {
        const openAlerts = await app.alerts.countOpen();
        return app.gauges({ sources: list.current().sources, listFaults: list.faults(), openAlerts });
      };
      const server = await startOperatorServer({
        host,
        port,
        log,
        metrics,
        readiness: () => app.readiness(list.faults()),
        operations: () => app.alerts.feed(list.current().site),
      });
      opened.use(server);
      return server.url;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function countedBy(metrics: Metrics): Omit<Watcher, 'spans'> {
  return {
    refreshed({ outcome, code, added, changed, unreadable, pagesNotHad }) {
      metrics.refreshed({
        outcome,
        code,
        entries: { added, changed, unreadable: unreadable.length },
        pagesNotHad: Object.values(pagesNotHad).reduce((sum, count) => sum + count, 0),
      });
    },
    curated: (report) => metrics.curated(report),
    published: ({ written, removed, refused }) =>
      metrics.published({ written: written.length, removed: removed.length, refused: refused.length }),
  };
}
