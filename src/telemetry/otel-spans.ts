import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { SpanFacts, Spans } from '../support/spans.ts';

/** Spans that go to a collector of OpenTelemetry; disposing of them sends what is left. */
export type SentSpans = AsyncDisposable & { readonly spans: Spans };

export type OtelSettings = {
  /** Where spans are posted (OTLP over HTTP): the operator's own collector. */
  readonly endpoint: string;
  readonly serviceName: string;
  readonly version: string;
};

const FLUSH_MS = 5000;
const PATIENCE_MS = 5000;

/**
 * The settings that the environment asks for (OpenTelemetry specification, "OTLP exporter configuration"); null: none.
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` is taken as it is, `OTEL_EXPORTER_OTLP_ENDPOINT` with `/v1/traces` behind it.
 * @param valueOf a variable of the environment by its name; null where it is not set, or empty
 */
export function otelSettings(valueOf: (name: string) => string | null, version: string): OtelSettings | null {
  const named = namedCollector(valueOf);
  if (named === null || !isWebAddress(named.value)) return null;
  const { name, value } = named;
  const endpoint = name === TRACES ? value : `${value.replace(/\/$/, '')}/v1/traces`;
  return { endpoint, serviceName: valueOf('OTEL_SERVICE_NAME') ?? 'tributary', version };
}

/** What is wrong with a collector that the environment names, in words; its value may hold a password, and is not repeated. */
export function otelFault(valueOf: (name: string) => string | null): string | null {
  const named = namedCollector(valueOf);
  if (named === null || isWebAddress(named.value)) return null;
  return `${named.name} is no http or https address, so no traces are sent; right would be one as http://127.0.0.1:4318`;
}

const TRACES = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const ALL = 'OTEL_EXPORTER_OTLP_ENDPOINT';

type Named = { readonly name: string; readonly value: string };

function namedCollector(valueOf: (name: string) => string | null): Named | null {
  if (valueOf('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return null;
  for (const name of [TRACES, ALL]) {
    const value = valueOf(name);
    if (value !== null) return { name, value };
  }
  return null;
}

/** `localhost:4318` is an address as well, of the scheme `localhost`. */
function isWebAddress(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol);
}

/**
 * Loads OpenTelemetry only when it is asked for: nobody else pays for it.
 * @param onTrouble told why spans could not be sent, once until some are again: they are lost, and nothing else is
 */
export async function openOtelSpans(
  { endpoint, serviceName, version }: OtelSettings,
  onTrouble: (reason: string) => void,
): Promise<SentSpans> {
  const [{ SpanStatusCode, ROOT_CONTEXT, trace }, { BasicTracerProvider, BatchSpanProcessor }, exporters, resources] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = lenient(new exporters.OTLPTraceExporter({ url: endpoint, timeoutMillis: PATIENCE_MS }), onTrouble);
  const provider = new BasicTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: FLUSH_MS })],
  });
  const tracer = provider.getTracer('tributary', version);
  const spansIn = (context: typeof ROOT_CONTEXT): Spans => ({
    async within<T>(name: string, facts: SpanFacts, work: (inside: Spans) => Promise<T>): Promise<T> {
      const span = tracer.startSpan(name, { attributes: { ...facts } }, context);
      try {
        return await work(spansIn(trace.setSpan(context, span)));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: Error.isError(error) ? error.message : String(error) });
        throw error;
      } finally {
        span.end();
      }
    },
  });
  return { spans: spansIn(ROOT_CONTEXT), [Symbol.asyncDispose]: () => provider.shutdown() };
}

/** A collector that does not take spans is told of, and is nobody's failure: else a service could not even end well. */
function lenient(exporter: SpanExporter, onTrouble: (reason: string) => void): SpanExporter {
  let isDown = false;
  return {
    export(spans, done) {
      exporter.export(spans, ({ error }) => {
        if (error !== undefined && !isDown) onTrouble(error.message);
        isDown = error !== undefined;
        done({ code: 0 });
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
