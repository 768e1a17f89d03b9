import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storyPrintOf } from '../../../src/curate/stories/story-print.ts';
import { openStoryWindow } from '../../../src/curate/stories/story-window.ts';

type Summary = {
  readonly event: string;
  readonly language: string;
  readonly title: string;
  readonly text: string;
};

const NOON = Date.parse('2026-11-20T12:00:00Z');
const HOUR_MS = 3_600_000;
/** By these a window that is empty learns which names are those of its region. */
const FIRST = 4;

/** Summaries of some thirty words from one region, in the order they came: most name one of its two towns. */
const summaries = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/curate/short-summaries.json'), 'utf8'),
) as readonly Summary[];

/** Which story each summary goes to; afterwards all are looked at again. */
function storiesOf(texts: readonly Summary[]): ReadonlyMap<string, readonly Summary[]> {
  const window = openStoryWindow();
  const storyOf = new Map<string, string>();
  for (const [at, { title, text, language }] of texts.entries()) {
    const print = storyPrintOf({ title, text, language });
    const { storyId } = window.place({ id: `s${at}`, atMs: NOON + at * HOUR_MS, print });
    storyOf.set(`s${at}`, storyId);
  }
  for (const { id, storyId } of window.regroup().moved) storyOf.set(id, storyId);
  const stories = Map.groupBy(texts, (summary) => storyOf.get(`s${texts.indexOf(summary)}`)!);
  return stories;
}

test('short summaries of unlike events are not one event because they name the same town, or share one number', () => {
  const first = new Set(summaries.slice(0, FIRST).map(({ event }) => event));
  const mixed = [...storiesOf(summaries).values()]
    .map((story) => [...new Set(story.map(({ event }) => event))])
    .filter((events) => events.length > 1 && !events.every((event) => first.has(event)));
  expect(mixed).toEqual([]);
});

test('short summaries of one event are one story, in other words and in other languages', () => {
  const told = [...Map.groupBy(summaries, ({ event }) => event)].filter(([, reports]) => reports.length > 1);
  expect(told.map(([event]) => event).sort()).toEqual([
    'cannery-fire',
    'council-budget',
    'cup-final',
    'faehre',
    'lorry-queue',
    'obituary',
  ]);
  const stories = [...storiesOf(summaries).values()];
  for (const [, reports] of told) expect(stories.filter((story) => story.includes(reports[0]!))).toEqual([reports]);
});
