import { expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOtelSpans, otelFault, otelSettings } from '../../src/telemetry/otel-spans.ts';

const from =
  (environment: Readonly<Record<string, string>>) =>
  (name: string): string | null =>
    environment[name] || null;

test('traces are sent only where the environment names a collector', () => {
  const of = (environment: Readonly<Record<string, string>>): string | null =>
    otelSettings(from(environment), '1')?.endpoint ?? null;
  expect(of({})).toBeNull();
  expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/' })).toBe('http://127.0.0.1:4318/v1/traces');
  expect(of({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/mine' })).toBe('http://127.0.0.1:4318/mine');
  expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' })).toBeNull();
  expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'no address' })).toBeNull();
});

test('a collector that is named as no address can be is told, and its value is not', () => {
  const of = (environment: Readonly<Record<string, string>>): string | null => otelFault(from(environment));
  for (const value of ['127.0.0.1:4318', 'localhost:4318', 'me:a-secret@collector:4318', 'no address']) {
    expect(otelSettings(from({ OTEL_EXPORTER_OTLP_ENDPOINT: value }), '1')).toBeNull();
    const fault = of({ OTEL_EXPORTER_OTLP_ENDPOINT: value });
    expect(fault).toMatch(/^OTEL_EXPORTER_OTLP_ENDPOINT is no http or https address/);
    expect(fault).not.toContain('secret');
    expect(of({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: value })).toContain('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
    expect(of({ OTEL_EXPORTER_OTLP_ENDPOINT: value, OTEL_SDK_DISABLED: 'true' })).toBeNull();
  }
  expect([of({}), of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318' })]).toEqual([null, null]);
});

type Sent = {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly { name: string; spanId: string; parentSpanId?: string; status: { code?: number } }[];
    }[];
  }[];
};

test('a collector gets every span, each under the one that it is part of, and which failed', async () => {
  const got: Sent[] = [];
  const troubles: string[] = [];
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push(JSON.parse(Buffer.concat(chunks).toString()) as Sent);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = collector.address() as AddressInfo;
    const settings = otelSettings(from({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }), '1.2.3');
    {
      await using sent = await openOtelSpans(settings!, (reason) => troubles.push(reason));
      await sent.spans.within('refresh', { source: 'harbour' }, async (inside) => {
        await inside.within('parse', { source: 'harbour', bytes: 12 }, () => Promise.resolve());
        await expect(inside.within('fetch', {}, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
      });
    }
    const spans = got.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: each }) => each)),
    );
    const refresh = spans.find(({ name }) => name === 'refresh')!;
    expect(new Map(spans.map(({ name, parentSpanId }) => [name, parentSpanId ?? null]))).toEqual(
      new Map([
        ['fetch', refresh.spanId],
        ['parse', refresh.spanId],
        ['refresh', null],
      ]),
    );
    expect(spans).toHaveLength(3);
    expect(troubles).toEqual([]);
    expect(spans.filter(({ status }) => status.code === 2).map(({ name }) => name)).toEqual(['fetch']);
    expect(JSON.stringify(got)).toContain('1.2.3');
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
});

test('a collector that refuses spans is told of once, and the end is an end as it should be', async () => {
  const collector = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = collector.address() as AddressInfo;
    const settings = otelSettings(from({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }), '1.2.3');
    const troubles: string[] = [];
    const sent = await openOtelSpans(settings!, (reason) => troubles.push(reason));
    // More than are sent at once.
    for (let number = 0; number < 600; number++) await sent.spans.within('refresh', {}, async () => {});
    await sent[Symbol.asyncDispose]();
    expect(troubles).toEqual([expect.stringContaining('Bad Request')]);
  } finally {
    collector.closeAllConnections();
    collector.close();
  }
});
