import { expect, test } from '@jest/globals';
import { openNearReader } from '../../../src/curate/stories/near-text.ts';
import { storyPrintOf } from '../../../src/curate/stories/story-print.ts';
import {
  openStoryWindow,
  type PrintedText,
  type StoredText,
  type StoryWindow,
} from '../../../src/curate/stories/story-window.ts';
import { digestOf } from './digest-of.ts';
import { numbersFrom } from './numbers-from.ts';

const START_MS = Date.parse('2026-11-01T00:00:00Z');
const DAY_MS = 86_400_000;
const PLACES = ['Oldport', 'Newfield', 'Lavrino', 'Norderhafen', 'Viborn', 'Harlow'];
const HAPPENINGS = ['ferry strike ends', 'earthquake kills four', 'election is won', 'bridge opens', 'choir sings'];
const FILLERS = ['officials say', 'after two days', 'as the union agrees', 'in heavy rain', 'for 40 million', 'again'];

type Steps = { placed: number; joined: number; restarts: number; moved: number; redirects: number };
type Stored = { texts: StoredText[]; redirects: ReadonlyMap<string, string> };

/** Reports of happenings that come back, some of them headlines alone. */
function aReport(random: (below: number) => number, number: number): PrintedText {
  const say = (from: readonly string[]): string => from[random(from.length)]!;
  const place = random(3) === 0 ? `${say(PLACES)} and ${say(PLACES)}` : say(PLACES);
  const title = `${place}: ${say(HAPPENINGS)} ${say(FILLERS)}`;
  const sentences = Array.from({ length: random(6) }, () => `${say(HAPPENINGS)} near ${place} ${say(FILLERS)}.`);
  const print = storyPrintOf({ title, text: sentences.join(' '), language: 'en' });
  return { id: `t${number}`, atMs: START_MS + number * 600_000, print };
}

/** What a store does: keeps what is placed, and what regroupings tell. */
function keep(stored: Stored, text: PrintedText, placed: ReturnType<StoryWindow['place']>): void {
  if (placed.keep !== null) stored.texts.push({ ...text, ...placed.keep, storyId: placed.storyId });
}

function keepRegrouped(stored: Stored, { moved, redirects }: ReturnType<StoryWindow['regroup']>): void {
  const storyOf = new Map(moved.map(({ id, storyId }) => [id, storyId]));
  stored.texts = stored.texts.map((text) => ({ ...text, storyId: storyOf.get(text.id) ?? text.storyId }));
  stored.redirects = redirects;
}

type Restart = (stored: Stored) => StoryWindow;

const restart: Restart = ({ texts, redirects }) => {
  const window = openStoryWindow();
  window.restore(texts, redirects);
  return window;
};

/** Sends the same reports through a window that stays and one that starts again and again; what differs is told. */
function differences(again: Restart, seed: number, steps: Steps): string[] {
  const random = numbersFrom(seed);
  const lasting = openStoryWindow();
  const stored: Stored = { texts: [], redirects: new Map() };
  let window = openStoryWindow();
  const published = new Set<string>();
  const faults: string[] = [];
  for (let number = 0; number < 120; number++) {
    const text = aReport(random, number);
    const [here, there] = [window.place(text), lasting.place(text)];
    keep(stored, text, here);
    published.add(here.storyId);
    steps.placed++;
    if (here.storyId !== text.id) steps.joined++;
    if (JSON.stringify([here.storyId, here.nearest]) !== JSON.stringify([there.storyId, there.nearest]))
      faults.push(`${text.id} is placed otherwise`);
    if (random(12) === 0) {
      const [found, expected] = [window.regroup(), lasting.regroup()];
      if (
        JSON.stringify([found.moved, [...found.redirects]]) !==
        JSON.stringify([expected.moved, [...expected.redirects]])
      )
        faults.push(`after ${text.id} it is regrouped otherwise`);
      keepRegrouped(stored, found);
      steps.moved += found.moved.length;
      steps.redirects += found.redirects.size;
      const living = new Set(stored.texts.map(({ storyId }) => storyId));
      for (const { storyId } of stored.texts) published.add(storyId);
      for (const id of published)
        if (!living.has(stored.redirects.get(id) ?? id)) faults.push(`after ${text.id} ${id} leads nowhere`);
    }
    if (random(15) === 0) {
      window = again(stored);
      steps.restarts++;
    }
  }
  return faults;
}

test('a restart changes neither where later texts go nor how the window is regrouped, and no published id is lost', () => {
  const steps: Steps = { placed: 0, joined: 0, restarts: 0, moved: 0, redirects: 0 };
  for (let seed = 1; seed <= 5; seed++) expect(differences(restart, seed, steps)).toEqual([]);
  expect(steps.joined).toBeGreaterThan(150);
  expect(steps.restarts).toBeGreaterThan(20);
  expect(steps.moved).toBeGreaterThan(10);
  expect(steps.redirects).toBeGreaterThan(3);
});

/** Neighbours as earlier versions stored them: their ids spelled out, as JSON. */
function spelledOut({ texts, redirects }: Stored): Stored {
  const idOf = new Map(texts.map(({ id }) => [digestOf(id).join(' '), id]));
  const spell = (stored: string): string => {
    const near: { readonly id: string; readonly likeness: number }[] = [];
    openNearReader(8)(stored, (low, high, likeness) =>
      near.push({ id: idOf.get(`${low} ${high}`) ?? 'gone', likeness }),
    );
    return JSON.stringify(near);
  };
  return { texts: texts.map((text) => ({ ...text, near: spell(text.near) })), redirects };
}

test('nor does a restart with what earlier versions have stored', () => {
  const steps: Steps = { placed: 0, joined: 0, restarts: 0, moved: 0, redirects: 0 };
  for (let seed = 1; seed <= 5; seed++)
    expect(differences((stored) => restart(spelledOut(stored)), seed, steps)).toEqual([]);
  expect(steps.restarts).toBeGreaterThan(20);
  expect(steps.moved).toBeGreaterThan(10);
});

test.each<readonly [string, Restart]>([
  ['a start takes nothing back', () => openStoryWindow()],
  [
    'the likest texts are not stored',
    (stored) => restart({ ...stored, texts: stored.texts.map((text) => ({ ...text, near: '' })) }),
  ],
  [
    'the weights are those of another text',
    (stored) =>
      restart({ ...stored, texts: stored.texts.map((text) => ({ ...text, weights: text.weights.toReversed() })) }),
  ],
  [
    'the likest texts are stored in a form that is not known',
    (stored) =>
      restart({ ...stored, texts: stored.texts.map((text) => ({ ...text, near: `?${text.near.slice(1)}` })) }),
  ],
  ['redirects are not stored', (stored) => restart({ ...stored, redirects: new Map() })],
  ['the last text is lost', (stored) => restart({ ...stored, texts: stored.texts.slice(0, -1) })],
])('that is seen to fail when %s', (_fault, broken) => {
  const steps: Steps = { placed: 0, joined: 0, restarts: 0, moved: 0, redirects: 0 };
  const faults = Array.from({ length: 3 }, (_, seed) => differences(broken, seed + 1, steps)).flat();
  expect(faults).not.toEqual([]);
});

test('what left the window before a restart is not taken back, and what is stored twice is taken once', () => {
  const random = numbersFrom(5);
  const window = openStoryWindow();
  const stored: Stored = { texts: [], redirects: new Map() };
  for (const [number, days] of [0, 1, 13, 16].entries()) {
    const text = { ...aReport(random, number), atMs: START_MS + days * DAY_MS };
    keep(stored, text, window.place(text));
  }
  expect(window.size()).toBe(2);
  expect(restart({ ...stored, texts: [...stored.texts, ...stored.texts.slice(-2)] }).size()).toBe(2);
});
