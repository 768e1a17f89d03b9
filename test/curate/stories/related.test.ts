import { expect, test } from '@jest/globals';
import { indexRelated } from '../../../src/curate/stories/related.ts';

function aText(id: string, title: string, text: string): { id: string; title: string; text: string; language: string } {
  return { id, title, text, language: 'en' };
}

const strike = 'Crews return to the harbour of Port Meridian as the union accepts the offer of the shipping line.';
const texts = [
  aText('strike', 'Ferry strike ends', strike),
  aText('strike-copy', 'Ferry strike ends', strike),
  aText('harbour', 'Harbour grows', 'Port Meridian builds a second harbour wall; the shipping line pays half of it.'),
  aText('stars', 'Dust around a star', 'Astronomers measured faint light of dust rings with a mirror telescope.'),
  aText('comet', 'A comet passes', 'The comet was seen by a mirror telescope; astronomers measured its light.'),
];

test('what is about the same is related, the likest first; neither itself nor a copy of it', () => {
  const related = indexRelated(texts);
  expect(related.relatedTo('strike', { most: 4 }).map(({ id }) => id)).toEqual(['harbour']);
  expect(related.relatedTo('stars', { most: 4 }).map(({ id }) => id)).toEqual(['comet']);
});

test('reports of the same story are left out, and no more are told than wanted', () => {
  const related = indexRelated(texts);
  expect(related.relatedTo('stars', { most: 4, without: new Set(['comet']) })).toEqual([]);
  expect(related.relatedTo('strike', { most: 0 })).toEqual([]);
  expect(related.relatedTo('unknown', { most: 4 })).toEqual([]);
});

test('likeness is the same both ways, 1 to itself and 0 to what is unknown', () => {
  const related = indexRelated(texts);
  expect(related.likeness('stars', 'comet')).toBeCloseTo(related.likeness('comet', 'stars'));
  expect(related.likeness('stars', 'stars')).toBeCloseTo(1);
  expect(related.likeness('stars', 'unknown')).toBe(0);
  expect(related.likeness('stars', 'comet')).toBeGreaterThan(related.likeness('stars', 'harbour'));
});
