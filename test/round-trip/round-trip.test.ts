import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { sampleEdition } from '../../bench/support/sample-edition.ts';
import type { Edition } from '../../src/model/edition.ts';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderRss } from '../../src/render/rss.ts';
import { escapeHtml } from '../../src/support/html.ts';
import { anEdition, anEditionEntry } from '../support/an-edition.ts';
import { bodyOf, edition } from './editions.ts';
import { entryMeant, entryRead, feedMeant } from './told.ts';
import { hostileStrings, madeVisible, SCRAPS } from './words.ts';

// There and back: what we render in each format, parsing reads as the edition meant it, and finds nothing to mend.

const hostile = hostileStrings();
if (hostile.length === 0)
  console.warn('skipped: the hostile strings are not beside this repository (../shared/corpus)');

const FORMATS = [
  ['atom', renderAtom, 'application/atom+xml; charset=utf-8'],
  ['rss', renderRss, 'application/rss+xml; charset=utf-8'],
  ['json', renderJsonFeed, 'application/feed+json; charset=utf-8'],
] as const;

type Way = (typeof FORMATS)[number];

async function thereAndBack(one: Edition, [format, render, contentType]: Way, meant = one): Promise<void> {
  const bytes = new TextEncoder().encode(render(one));
  const feed = await parseFeed(bytes, { url: one.feedLinks[format], contentType });
  expect(feed).toMatchObject(feedMeant(meant, format));
  expect(feed.entries.map((entry) => entryRead(entry))).toEqual(
    meant.entries.map((entry) => entryMeant(entry, format)),
  );
}

// A failure prints its seed and the path to the smallest edition that fails.
test.each(FORMATS)('any edition is read from its %s as it was meant', async (...way) => {
  await fc.assert(
    fc.asyncProperty(edition, (one) => thereAndBack(one, way)),
    { numRuns: 300, seed: 20_261_124 },
  );
});

test.each(FORMATS)('an edition like those of the demo is read from its %s as it was meant', async (...way) => {
  await thereAndBack(sampleEdition(24), way);
});

test.each(FORMATS)('%s carries every hostile string as title, author, category, topic and text', async (...way) => {
  for (const [place, words] of [...SCRAPS, ...hostile].entries()) {
    const name = madeVisible(words.replaceAll('@', ' at '));
    const one = anEdition({
      title: madeVisible(words),
      subtitle: madeVisible(words),
      entries: [
        anEditionEntry({
          id: `urn:x:${place}`,
          title: madeVisible(words),
          authors: [{ name, email: null, url: null }],
          categories: [words],
          summary: words,
          contentHtml: bodyOf(`<p>${escapeHtml(words)}</p>\n${words}`),
        }),
      ],
    });
    await thereAndBack(one, way);
  }
});

test.each(FORMATS)('an edition of which %s says something else is told apart', async (...way) => {
  const two = ['urn:x:1', 'urn:x:2'].map((id) => anEditionEntry({ id }));
  const one = anEdition({ entries: two });
  await thereAndBack(one, way);
  for (const meant of [
    { ...one, title: 'Another' },
    { ...one, entries: two.toReversed() },
    { ...one, entries: two.slice(1) },
    { ...one, entries: [two[0]!, { ...two[1]!, contentHtml: '<p>Something else.</p>' }] },
  ])
    await expect(thereAndBack(one, way, meant)).rejects.toThrow('expect(received)');
});
