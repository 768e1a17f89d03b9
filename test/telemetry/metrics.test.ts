import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StageError } from '../../src/model/errors.ts';
import { openMetrics } from '../../src/telemetry/metrics.ts';
import type { Readings } from '../../src/telemetry/readings.ts';
import { systemClock } from '../../src/support/clock.ts';

const READINGS: Readings = {
  sources: [
    { id: 'harbour', nextCheckS: 1_795_000_000, lastCheckS: 1_794_999_100, failures: 0 },
    { id: 'fen', nextCheckS: null, lastCheckS: null, failures: 3 },
  ],
  sourcesByState: { well: 1, failing: 1, drifted: 0, 'not-asked': 0, 'not-enabled': 0 },
  entriesByState: { published: 12, merged: 3 },
  oldestDueS: 40,
  deliveries: [{ to: 'webhook', state: 'dead', count: 2 }],
  freeBytes: { data: 1000, output: 2000 },
  databaseBytes: 4096,
  images: { copied: 7, waiting: 1, 'not-had': 2 },
  imageBytes: 70_000,
  openAlerts: 1,
  isListRight: false,
  refused: 0,
};

test('what happens is counted, and how things stand is read when it is asked for', async () => {
  let elapsed = 0;
  const clock = { ...systemClock(), elapsedMs: () => (elapsed += 250) };
  const metrics = openMetrics(clock, () => Promise.resolve(READINGS));
  const entries = { added: 5, changed: 1, unreadable: 0 };
  metrics.refreshed({ outcome: 'refreshed', code: null, entries, pagesNotHad: 2 });
  metrics.refreshed({
    outcome: 'failed',
    code: 'fetch-gone',
    entries: { added: 0, changed: 0, unreadable: 0 },
    pagesNotHad: 0,
  });
  metrics.curated({ published: 4, merged: 1 });
  metrics.published({ written: 9, removed: 0, refused: 1 });
  await expect(
    metrics.spans.within('fetch', { source: 'fen' }, () => Promise.reject(new Error('gone'))),
  ).rejects.toThrow('gone');
  expect(
    await metrics.spans.within('publish', {}, (inside) => inside.within('gate', {}, () => Promise.resolve(7))),
  ).toBe(7);
  const lines = (await metrics.text()).split('\n');
  for (const line of [
    'tributary_refreshes_total{outcome="refreshed",code=""} 1',
    'tributary_refreshes_total{outcome="failed",code="fetch-gone"} 1',
    'tributary_entries_total{kind="new"} 5',
    'tributary_pages_not_had_total 2',
    'tributary_curated_total{outcome="merged"} 1',
    'tributary_documents_total{outcome="refused"} 1',
    'tributary_work_seconds_sum{work="fetch"} 0.25',
    'tributary_work_seconds_count{work="gate"} 1',
    'tributary_sources{state="failing"} 1',
    'tributary_source_failures{source="fen"} 3',
    'tributary_source_next_check_timestamp_seconds{source="harbour"} 1795000000',
    'tributary_deliveries{to="webhook",state="dead"} 2',
    'tributary_disk_free_bytes{folder="output"} 2000',
    'tributary_images{state="copied"} 7',
    'tributary_image_copies_bytes 70000',
    'tributary_list_right 0',
    'tributary_alerts_open 1',
  ])
    expect(lines).toContain(line);
  expect(lines.some((line) => line.startsWith('tributary_source_next_check_timestamp_seconds{source="fen"'))).toBe(
    false,
  );
});

test('two services in one process count apart', async () => {
  const [one, other] = [1, 2].map(() => openMetrics(systemClock(), () => Promise.resolve(READINGS)));
  one!.published({ written: 1, removed: 0, refused: 0 });
  expect(await one!.text()).toContain('tributary_publications_total 1\n');
  expect(await other!.text()).toContain('tributary_publications_total 0\n');
});

test('a database that does not answer takes nothing from what is counted, and that it does not is told', async () => {
  let answers = false;
  const metrics = openMetrics(systemClock(), () =>
    answers ? Promise.resolve(READINGS) : Promise.reject(new StageError('store-unusable')),
  );
  metrics.published({ written: 1, removed: 0, refused: 0 });
  const without = await metrics.text();
  expect(without).toContain('\ntributary_readings_ok 0\n');
  expect(without).toContain('\ntributary_publications_total 1\n');
  expect(without).toContain('\ntributary_process_cpu_seconds_total ');
  expect(without).not.toContain('tributary_oldest_due_seconds');
  answers = true;
  const whole = await metrics.text();
  expect(whole).toContain('\ntributary_readings_ok 1\n');
  expect(whole).toContain('\ntributary_oldest_due_seconds 40\n');
});

test('a database that hangs keeps nobody waiting for ever', async () => {
  const clock = { ...systemClock(), sleep: () => Promise.resolve() };
  const metrics = openMetrics(clock, () => new Promise(() => {}));
  expect(await metrics.text()).toContain('\ntributary_readings_ok 0\n');
});

test('a fault of the program is not taken for a database that does not answer', async () => {
  const metrics = openMetrics(systemClock(), () => Promise.reject(new TypeError('a fault')));
  await expect(metrics.text()).rejects.toThrow('a fault');
});

test('two that ask at once get each how things stood for it', async () => {
  const waiting: ((readings: Readings) => void)[] = [];
  const metrics = openMetrics(systemClock(), () => new Promise((resolve) => waiting.push(resolve)));
  const texts = [metrics.text(), metrics.text()];
  const [harbour] = READINGS.sources;
  for (const [at, resolve] of waiting.entries())
    resolve({ ...READINGS, sources: [{ ...harbour!, id: `s-${at}` }], openAlerts: at });
  const [first, second] = await Promise.all(texts);
  expect(first).toContain('\ntributary_alerts_open 0\n');
  expect(first).toContain('tributary_source_failures{source="s-0"}');
  expect(first).not.toContain('"s-1"');
  expect(second).toContain('\ntributary_alerts_open 1\n');
  expect(second).not.toContain('"s-0"');
});

test('the list of thousands of sources has an end', async () => {
  const [harbour] = READINGS.sources;
  const many = Array.from({ length: 3000 }, (_, at) => ({ ...harbour!, id: `s-${at}` }));
  const metrics = openMetrics(systemClock(), () => Promise.resolve({ ...READINGS, sources: many }));
  expect((await metrics.text()).match(/^tributary_source_failures\{/gm)).toHaveLength(1000);
});

test.each(['tributary.json', 'alerts.yaml'])('docs/grafana/%s asks for what there is', async (name) => {
  const text = readFileSync(fileURLToPath(new URL(`../../docs/grafana/${name}`, import.meta.url)), 'utf8');
  const asked = new Set(text.match(/\btributary_[a-z0-9_]+/g));
  expect(asked.size).toBeGreaterThan(5);
  const told = await openMetrics(systemClock(), () => Promise.resolve(READINGS)).text();
  const there = new Set(
    [...told.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, metric, type]) =>
      type === 'histogram' ? [`${metric}_bucket`, `${metric}_sum`, `${metric}_count`] : [metric],
    ),
  );
  expect([...asked].filter((metric) => !there.has(metric))).toEqual([]);
});
