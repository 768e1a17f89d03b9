// Serves the real feeds of ../shared/corpus/feeds over loopback, each on an address of its own, refreshes them all with the
// whole product, and tells how each ended.
//   node bench/real-feeds.ts OUTPUT_DIR DATA_DIR
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openApp } from '../src/app/open-app.ts';
import { readConfig } from '../src/config/config.ts';
import { readSourcesFile } from '../src/config/sources-file.ts';
import { runCycle } from '../src/pipeline/run-cycle.ts';
import { silentLog } from '../src/support/log.ts';
import { root } from './support/run-program.ts';

type Case = { readonly id: string; readonly group: string; readonly file: string; readonly contentType?: string };

const [output, data] = process.argv.slice(2);
if (output === undefined || data === undefined) {
  console.error('usage: node bench/real-feeds.ts OUTPUT_DIR DATA_DIR');
  process.exit(2);
}
const corpus = join(root, '../shared/corpus/feeds');
const read = JSON.parse(readFileSync(join(corpus, 'cases.json'), 'utf8')) as Case[] | { cases: Case[] };
const cases = (Array.isArray(read) ? read : read.cases).filter(({ group }) => group === 'real');
const hostOf = (at: number): string => `127.0.${1 + Math.floor(at / 250)}.${1 + (at % 250)}`;
const counts = { requests: 0, bytes: 0 };
const server = createServer((request, response) => {
  counts.requests++;
  const [, , third, fourth] = (request.socket.localAddress ?? '').replace('::ffff:', '').split('.').map(Number);
  const found = cases[(third! - 1) * 250 + fourth! - 1];
  if (found === undefined || request.url !== '/feed') {
    response.writeHead(404).end();
    return;
  }
  const body = readFileSync(join(corpus, found.file));
  counts.bytes += body.length;
  response
    .writeHead(200, {
      ...(found.contentType === undefined ? {} : { 'content-type': found.contentType }),
      etag: `"${found.id}"`,
    })
    .end(body);
});
await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', () => resolve()));
const { port } = server.address() as { port: number };
const list = {
  site: { title: 'Real feeds', url: 'http://127.0.0.1:8080/' },
  defaults: { content: 'feed' },
  topics: [{ id: 'everything', title: 'Everything', maxEntries: 500 }],
  sources: cases.map(({ id }, at) => ({
    id: `case-${at}`,
    title: id,
    url: `http://${hostOf(at)}:${port}/feed`,
    topics: ['everything'],
  })),
};
const order = readSourcesFile(new TextEncoder().encode(JSON.stringify(list)), {
  scheduleFault: () => null,
  selectorFault: () => null,
});
const reading = readConfig({ output, data, 'allow-network': '127.0.0.0/8', 'host-spacing-ms': '0' }, {});
if ('faults' in order || 'faults' in reading) throw new Error(JSON.stringify([order, reading]));
{
  await using app = await openApp(reading.config, order.order.site, silentLog);
  const report = await runCycle(
    app,
    { order: order.order, which: 'all', onSource: () => {} },
    new AbortController().signal,
  );
  for (const { title, outcome, reason, entries, added, unreadable, repairs } of report.sources) {
    const odd = [...unreadable, ...repairs].join('; ');
    console.log(
      `${outcome}  ${title}: ${reason ?? `${entries} entries, ${added} new`}${odd === '' ? '' : ` [${odd.slice(0, 160)}]`}`,
    );
  }
  const failed = report.sources.filter(({ outcome }) => outcome === 'failed').length;
  const added = report.sources.reduce((sum, source) => sum + source.added, 0);
  const standings = await app.store.standings(null);
  console.log(
    JSON.stringify({
      feeds: cases.length,
      ...counts,
      refreshed: report.sources.length - failed,
      failed,
      entries: added,
      standings: standings.length,
      ...report.curated,
      written: report.published.written.length,
      refused: report.published.refused,
    }),
  );
}
server.close();
server.closeAllConnections();
