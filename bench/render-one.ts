// What one new entry in a topic of fifty costs in all three formats: rendered, and besides led through the gate. What was
// rendered of the other entries, and found right, is kept. Composing, compressing and writing are not in it. In turn with
// it, as a yardstick: the same publications with nothing kept.
//
//   node bench/render-one.ts [--entries 50] [--rounds 800] [--words 400]
//
// Exit 0: rendering is within its target, by the median of the batches. Exit 1: it is not, or a document differs from what
// it is when nothing is kept.
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Edition, EditionEntry } from '../src/model/edition.ts';
import { wholeText, type FeedParts } from '../src/model/feed-parts.ts';
import { openGate } from '../src/publish/gate.ts';
import { openFeeds } from '../src/render/feeds.ts';
import { uuidUrn } from '../src/support/hash.ts';
import { plusSeconds } from '../src/support/instant.ts';
import { openSameObjects } from '../src/support/same-objects.ts';
import { cpuMsOf, median } from './support/cpu-time.ts';
import { sampleEdition } from './support/sample-edition.ts';

const TARGET_MS = 0.5;
const FORMATS = ['atom', 'rss', 'json'] as const;
/** So many publications are measured at once. */
const BATCH = 20;

// What preparing left behind is cleared away between the measurements, and not within one.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (options: { readonly type: 'minor' }) => void;

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '800' },
    words: { type: 'string', default: '400' },
  },
});
const count = Number(values.entries);
const words = Number(values.words);

/** An entry with a text of usual length, each another. */
function withText(entry: EditionEntry, number: number): EditionEntry {
  const lines = Array.from(
    { length: Math.ceil(words / 8) },
    (_, at) => `The harbour told of it ${number} times ${at}.`,
  );
  return { ...entry, contentHtml: `${entry.contentHtml}\n${lines.map((line) => `<p>${line}</p>`).join('\n')}` };
}

const plain = sampleEdition(count);
const base: Edition = { ...plain, entries: plain.entries.map(withText) };

function newEntry(number: number): EditionEntry {
  const model = base.entries[number % count]!;
  const at = plusSeconds(base.updated, 60 * number);
  const id = uuidUrn('news', String(number));
  return withText({ ...model, id, url: `${model.url}?${number}`, published: at, updated: at }, -number);
}

/** The edition after so many news, the oldest entries gone. All its objects are new, as composing makes them. */
function editionAfter(news: number): Edition {
  const fresh = Array.from({ length: Math.min(news, count) }, (_, at) => newEntry(news - at));
  const entries = [...fresh, ...base.entries].slice(0, count);
  return structuredClone({ ...base, updated: plusSeconds(base.updated, 60 * news), entries });
}

type Rendered = { readonly edition: Edition; readonly documents: readonly (readonly [Format, FeedParts])[] };
type Format = (typeof FORMATS)[number];

/** Renders and gates as publishing does. */
function openMaking(): { render(edition: Edition): Rendered; gated(rendered: Rendered): string[] } {
  const sameEntry = openSameObjects<EditionEntry>({ most: 1000 });
  const renderers = openFeeds();
  const gate = openGate();
  return {
    render(given) {
      const edition = { ...given, entries: given.entries.map(sameEntry) };
      return { edition, documents: FORMATS.map((format) => [format, renderers[format](edition)] as const) };
    },
    gated: ({ edition, documents }) =>
      documents.map(([format, parts]) => gate({ path: `world.${format}`, parts, format }, edition)),
  };
}

const kept = openMaking();
kept.gated(kept.render(editionAfter(0)));
const figures = {
  rendered: [] as number[],
  gated: [] as number[],
  anewRendered: [] as number[],
  anewGated: [] as number[],
};
let differing = 0;
const measure = async (into: number[], work: () => void): Promise<void> => {
  collectGarbage({ type: 'minor' });
  into.push((await cpuMsOf(work)) / BATCH);
};
for (let round = 0; round < Number(values.rounds); round += BATCH) {
  const editions = Array.from({ length: BATCH }, (_, at) => editionAfter(round + at + 1));
  const anew = structuredClone(editions).map((edition) => ({ edition, making: openMaking() }));
  const [one, all]: [Rendered[], Rendered[]] = [[], []];
  const [oneText, allText]: [string[], string[]] = [[], []];
  await measure(figures.rendered, () => one.push(...editions.map((edition) => kept.render(edition))));
  await measure(figures.anewRendered, () => all.push(...anew.map(({ edition, making }) => making.render(edition))));
  await measure(figures.gated, () => oneText.push(...one.flatMap((rendered) => kept.gated(rendered))));
  await measure(figures.anewGated, () => allText.push(...anew.flatMap(({ making }, at) => making.gated(all[at]!))));
  differing += oneText.filter((text, at) => text !== allText[at]).length;
}

/** The median, the first batches apart: they warm up. */
const figure = (of: readonly number[]): number => median(of.slice(Math.floor(of.length / 4)));
const both = figure(figures.rendered) + figure(figures.gated);
const bytes = kept.render(editionAfter(0)).documents.map(([, parts]) => Buffer.byteLength(wholeText(parts)));
const row = (what: string, one: number, anew: number): string =>
  `${what.padEnd(44)}${one.toFixed(3).padStart(8)}${anew.toFixed(3).padStart(10)}`;
console.log(`${count} entries of ${words} words; documents of ${bytes.join(', ')} bytes (Atom, RSS, JSON)`);
console.log(`${'ms of CPU for a publication'.padEnd(44)}${'one new'.padStart(8)}${'all anew'.padStart(10)}`);
console.log(row('rendered in three formats', figure(figures.rendered), figure(figures.anewRendered)));
console.log(row('and through the gate', both, figure(figures.anewRendered) + figure(figures.anewGated)));
const isMet = figure(figures.rendered) <= TARGET_MS && differing === 0;
console.log(`${isMet ? 'met   ' : 'MISSED'} rendered: no more than ${TARGET_MS} ms; ${differing} documents differ`);
process.exitCode = isMet ? 0 : 1;
