import { expect, test } from '@jest/globals';
import { storyPrintOf } from '../../../src/curate/stories/story-print.ts';
import { openStoryWindow, type PrintedText } from '../../../src/curate/stories/story-window.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const HOUR_MS = 3_600_000;

function aText(id: string, title: string, text = '', { hours = 0, language = 'en' } = {}): PrintedText {
  return { id, atMs: NOON + hours * HOUR_MS, print: storyPrintOf({ title, text, language }) };
}

const ferry = [
  aText('f1', 'Ferry strike ends in Port Meridian', 'Crews in Port Meridian return to the ferries. The union accepts.'),
  aText(
    'f2',
    'Port Meridian: ferry crews return',
    'The strike of the ferry crews in Port Meridian is over, says the union.',
  ),
];

test('reports of one event are one story, named by the first of them', () => {
  const window = openStoryWindow();
  expect(window.place(ferry[0]!)).toMatchObject({ storyId: 'f1', nearest: null });
  const second = window.place(ferry[1]!);
  expect(second.storyId).toBe('f1');
  expect(second.nearest?.id).toBe('f1');
  expect(second.nearest?.likeness).toBeGreaterThan(0.3);
});

test('a like event elsewhere is another story', () => {
  const window = openStoryWindow();
  window.place(
    aText('a', 'Earthquake in Astelia kills four', 'A strong earthquake near Oldport in Astelia killed four.'),
  );
  const other = window.place(
    aText('b', 'Earthquake in Borovia hurts ten', 'A weak earthquake near Newfield in Borovia injured ten people.'),
  );
  expect(other.storyId).toBe('b');
});

test('headlines alone are grouped by the names in them', () => {
  const window = openStoryWindow();
  window.place(aText('h1', 'Marit Solberg wins the Harbour Prize'));
  expect(window.place(aText('h2', 'Harbour Prize goes to Marit Solberg')).storyId).toBe('h1');
  expect(window.place(aText('h3', 'Bakers say the price of bread goes up')).storyId).toBe('h3');
});

test.each([
  [
    'de',
    'Fährstreik in Norderhafen beendet',
    'Norderhafen: Streik der Fähren ist beendet',
    'Bäcker erhöhen die Preise',
  ],
  ['ru', 'Забастовка паромов в Лаврино окончена', 'Паромы Лаврино: забастовка окончена', 'Пекари повышают цены'],
  [
    'ja',
    '青浜港のフェリー乗組員のストライキが終了',
    'フェリー乗組員、青浜港でストライキ終了',
    '天文学者が新しい惑星を発見',
  ],
])('stories are grouped in %s', (language, first, second, other) => {
  const window = openStoryWindow();
  const [a, b, c] = [first, other, second].map((title, at) => window.place(aText(`t${at}`, title, '', { language })));
  expect([a, b, c].map((placed) => placed?.storyId)).toEqual(['t0', 't1', 't0']);
});

test('what has left the window is joined no more', () => {
  const window = openStoryWindow({ windowMs: 48 * HOUR_MS });
  window.place(ferry[0]!);
  window.place(aText('x', 'Choir sings in the valley', '', { hours: 50 }));
  expect(window.size()).toBe(1);
  expect(window.place({ ...ferry[1]!, atMs: NOON + 51 * HOUR_MS }).storyId).toBe('f2');
});

test('a text that comes again stays where it is and is counted once', () => {
  const window = openStoryWindow();
  for (const text of [...ferry, ...ferry]) expect(window.place(text).storyId).toBe('f1');
  expect(window.size()).toBe(2);
});

test('a text without a word founds a story', () => {
  const window = openStoryWindow();
  expect(['e1', 'e2'].map((id) => window.place(aText(id, '…')).storyId)).toEqual(['e1', 'e2']);
});

test('many texts on one thing are placed all the same once the lists of their words are cut', () => {
  const window = openStoryWindow();
  const placed = Array.from({ length: 700 }, (_, at) =>
    window.place(aText(`m${at}`, 'Marit Solberg wins the Harbour Prize', '', { hours: at / 60 })),
  );
  expect(new Set(placed.map(({ storyId }) => storyId))).toEqual(new Set(['m0']));
});
