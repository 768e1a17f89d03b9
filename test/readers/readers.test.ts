import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDemoWorld } from '../../bench/support/demo-world.ts';
import { feedExtractor } from './by-feed-extractor.ts';
import { feedsmith } from './by-feedsmith.ts';
import { nodeFeedparser } from './by-node-feedparser.ts';
import { findPython, pythonFeedparser } from './by-python-feedparser.ts';
import { rssParser } from './by-rss-parser.ts';
import { CANNOT_READ, CANNOT_SAY } from './cannot-say.ts';
import { compareReadings, sentenceOf } from './compare-readings.ts';
import { feedDocuments } from './feed-documents.ts';
import { ownReading } from './own-reading.ts';
import { plantFaults } from './plant-fault.ts';
import type { FeedDocument, Format } from './reading.ts';

// Everything that the demo publishes, as other people's programs understand it.

const FORMATS: readonly Format[] = ['atom', 'rss', 'json'];
const python = findPython();
const readers = [
  rssParser,
  feedsmith,
  nodeFeedparser,
  feedExtractor,
  ...(python === null ? [] : [pythonFeedparser(python)]),
];
const room = mkdtempSync(join(tmpdir(), 'tributary-readers-'));
let documents: readonly FeedDocument[] = [];

beforeAll(async () => {
  await using world = await openDemoWorld(room);
  await world.publish({ now: '2026-11-24T06:00:00Z' });
  // With the corrections of later rounds: an entry's two dates then differ.
  world.newsroom.tick(3);
  await world.publish({ now: '2026-11-24T09:30:00Z' });
  documents = feedDocuments(world.output);
}, 120_000);

afterAll(() => rmSync(room, { recursive: true, force: true }));

describe('the demo, read by others', () => {
  test('there is enough to read: each topic in each format, pictures, enclosures, corrected entries', () => {
    const paths = documents.map(({ path }) => path);
    for (const topic of ['all', 'world', 'business', 'science', 'culture', 'sport'])
      for (const format of FORMATS) expect(paths).toContain(`feeds/${topic}.${format}`);
    const entries = documents
      .filter(({ format }) => format === 'json')
      .flatMap(({ text }) => ownReading(text, 'json').entries);
    const having = [
      entries,
      entries.filter(({ image }) => image !== null),
      entries.filter(({ enclosure }) => enclosure !== null),
      entries.filter(({ published, updated }) => published !== updated),
    ];
    expect(having.map(({ length }) => length > 0)).toEqual([true, true, true, true]);
  });

  test('every reader understands every document as the JSON Feed beside it says', async () => {
    const { disagreements, facts, entries, documents: read } = await compareReadings(readers, documents, CANNOT_SAY);
    expect(disagreements.map(sentenceOf)).toEqual([]);
    const perReader = readers.map(({ formats }) => documents.filter(({ format }) => formats.includes(format)).length);
    expect(read).toBe(perReader.reduce((sum, count) => sum + count, 0));
    expect(facts).toBeGreaterThan(entries * 7);
    expect(entries).toBeGreaterThan(1000);
  });
});

describe('what readers cannot say', () => {
  test('is this, and grows no longer', () => {
    expect(CANNOT_SAY.map(({ reader, format, field }) => `${reader} ${format} ${field}`)).toEqual([
      'node-feedparser atom title',
      'node-feedparser rss title',
      'feed-extractor atom published',
    ]);
  });

  test('is said of a reader only where it is so', async () => {
    const { disagreements } = await compareReadings(readers, documents, []);
    const needed = CANNOT_SAY.filter((excuse) =>
      disagreements.some(
        ({ reader, format, field }) => reader === excuse.reader && format === excuse.format && field === excuse.field,
      ),
    );
    expect(needed).toEqual(CANNOT_SAY);
  });

  test('formats that a reader does not know are told with a reason', () => {
    const unread = readers.flatMap(({ name, formats }) =>
      FORMATS.filter((format) => !formats.includes(format)).map((format) => ({ reader: name, format })),
    );
    const told = CANNOT_READ.filter(({ reader }) => readers.some(({ name }) => name === reader));
    expect(told.map(({ reader, format }) => ({ reader, format }))).toEqual(unread);
  });
});

describe('a fault planted in a copy is found, and where', () => {
  const set = (topic: string): readonly FeedDocument[] =>
    FORMATS.map((format) => documents.find(({ path }) => path === `feeds/${topic}.${format}`)!);
  const FIELDS_PLANTED = ['id', 'published', 'updated', 'enclosure'] as const;

  test.each(['atom', 'rss'] as const)('in %s, by every reader that knows the field', async (format) => {
    const jsonFeed = set('sport').find((one) => one.format === 'json')!;
    // Every third will do, and all enclosures, which are few.
    const faulty = plantFaults(set('sport').find((one) => one.format === format)!).filter(
      ({ field }, at) => at % 3 === 0 || field === 'enclosure',
    );
    expect([...new Set(faulty.map(({ field }) => field))]).toEqual(FIELDS_PLANTED);
    // Each copy under a path of its own beside its own JSON Feed: one call reads them all.
    const copies = faulty.flatMap(({ document, entry, field }, at) => [
      { path: `${at}.${format}`, format, text: document.text, entry, field },
      { path: `${at}.json`, format: 'json' as const, text: jsonFeed.text, entry, field },
    ]);
    const { disagreements } = await compareReadings(readers, copies, CANNOT_SAY);
    // Exactly these are told, and nothing else.
    const meant = ownReading(jsonFeed.text, format).entries;
    const expected = faulty.flatMap(({ entry, field }, at) =>
      readers
        .filter(({ formats }) => formats.includes(format))
        .filter(
          ({ name }) =>
            !CANNOT_SAY.some(
              (one) => one.reader === name && one.format === format && one.field === field && one.of(meant[entry]!),
            ),
        )
        .map(({ name }) => `${name} ${at}.${format} ${entry} ${field}`),
    );
    const found = disagreements.map(({ reader, path, entry, field }) => `${reader} ${path} ${entry} ${field}`);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(expected.length).toBeGreaterThan(50);
  });

  test('in the JSON Feed, by the readers of the other two', async () => {
    const [atom, rss, json] = set('sport') as [FeedDocument, FeedDocument, FeedDocument];
    const faulty = plantFaults(json);
    expect([...new Set(faulty.map(({ field }) => field))]).toEqual(FIELDS_PLANTED);
    for (const { document, entry, field } of faulty.filter(
      (_, at) => at % 5 === 0 || faulty[at]!.field === 'enclosure',
    )) {
      const { disagreements } = await compareReadings([feedsmith], [atom, rss, document], CANNOT_SAY);
      expect(disagreements).toMatchObject([
        { path: 'feeds/sport.atom', entry, field },
        { path: 'feeds/sport.rss', entry, field },
      ]);
    }
  });

  test('an entry that is missing is found', async () => {
    const [atom, , json] = set('sport') as [FeedDocument, FeedDocument, FeedDocument];
    const lacking = { ...atom, text: atom.text.replace(/<entry[ >].*?<\/entry>/s, '') };
    const { disagreements } = await compareReadings(readers, [lacking, json], CANNOT_SAY);
    const counted = disagreements.filter(({ field }) => field === 'count').map(({ reader }) => reader);
    expect(counted).toEqual(readers.map(({ name }) => name));
  });
});
