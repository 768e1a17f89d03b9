// Subscribes newsboat (Debian's) and the readers of the matrix to the served demo, plays its publications, and tells what each
// brought. Exit code 1: a reader holds something twice, unread though it is old, or not at all.
//   node bench/subscribe.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedExtractor } from '../test/readers/by-feed-extractor.ts';
import { feedsmith } from '../test/readers/by-feedsmith.ts';
import { nodeFeedparser } from '../test/readers/by-node-feedparser.ts';
import { findPython, pythonFeedparser } from '../test/readers/by-python-feedparser.ts';
import { rssParser } from '../test/readers/by-rss-parser.ts';
import { findNewsboat } from '../test/readers/newsboat.ts';
import { playSubscription } from '../test/readers/subscription.ts';

const room = mkdtempSync(join(tmpdir(), 'tributary-subscribed-'));
const [newsboat, python] = [findNewsboat(), findPython()];
const readers = [rssParser, feedsmith, nodeFeedparser, feedExtractor];
if (python !== null) readers.push(pythonFeedparser(python));
const started = performance.now();
const { faults, checks, publications } = await playSubscription(room, { newsboat, readers });
for (const { says, fresh, asked, notModified, kept } of publications)
  console.log(
    `${says}: ${asked} documents asked for, ${notModified} not modified, ${fresh} new entries, newsboat holds ${kept}`,
  );
for (const fault of faults) console.log(`FAULT ${fault}`);
console.log(
  JSON.stringify({
    newsboat: newsboat !== null,
    readers: readers.map(({ name }) => name),
    publications: publications.length,
    checks,
    faults: faults.length,
    wallS: Math.round((performance.now() - started) / 1000),
  }),
);
rmSync(room, { recursive: true, force: true });
process.exit(faults.length === 0 ? 0 : 1);
