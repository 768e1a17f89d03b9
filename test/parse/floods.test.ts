import { describe, expect, test } from '@jest/globals';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { ABOUT, bytesOf } from './cases.ts';
import { flood, PLACES, UNITS } from './floods.ts';

// Floods of one thing, where it hurts a careless reader. Nothing is timed here (bench/ does that): a reader that is
// quadratic, or recurses, does not come to an end of these within the suite's patience.

const SIZE = 50_000;

describe.each(Object.entries(PLACES))('a flood %s', (_place, within) => {
  test.each(UNITS)('of %j ends in a feed or a word on why not', async (unit) => {
    const outcome = await parseFeed(bytesOf(within(flood(unit, SIZE))), ABOUT).then(
      ({ entries }) => (Array.isArray(entries) ? 'feed' : 'no entries'),
      (error: Error) => error.name,
    );
    expect(['feed', 'StageError']).toContain(outcome);
  });
});

test('a million elements in each other give the entry that holds them', async () => {
  const nested = '<p>'.repeat(1_000_000);
  const feed = await parseFeed(
    bytesOf(
      `<rss version="2.0"><channel><item><guid>g</guid>${nested}k</item><item><guid>h</guid></item></channel></rss>`,
    ),
    ABOUT,
  );
  expect(feed.entries.map(({ id }) => id)).toEqual(['g', 'h']);
});

test('entities that double each other stay what they are', async () => {
  const definitions = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('');
  const text = `<!DOCTYPE rss [<!ENTITY e0 "ha">${definitions}]><rss version="2.0"><channel><title>&e20;</title></channel></rss>`;
  expect((await parseFeed(bytesOf(text), ABOUT)).title).toBe('&e20;');
});

test('a short entity that is referred to without end stops growing', async () => {
  const body = '&e;'.repeat(50_000);
  const text = `<!DOCTYPE rss [<!ENTITY e "${'x'.repeat(200)}">]><rss version="2.0"><channel><item><description>${body}</description></item></channel></rss>`;
  const { entries } = await parseFeed(bytesOf(text), ABOUT);
  expect(entries[0]!.summary!.value.length).toBeLessThan(body.length + 20_000);
});
