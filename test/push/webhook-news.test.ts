import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isNews, topicNews, webhookPayload } from '../../src/push/webhook-news.ts';

type Item = { readonly id: string; readonly title: string };

type Publication = { readonly items: readonly Item[]; readonly gone?: readonly string[] };

function document(items: readonly Item[]): Uint8Array {
  return Buffer.from(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'World', items }));
}

/** Publishes one after the other; gives what was news each time: ids of added, changed and retracted entries. */
function published(documents: readonly Publication[]): string[] {
  const told = new Map<string, string>();
  return documents.map(({ items, gone = [] }) => {
    const retracted = gone.filter((id) => told.has(id)).map((id) => ({ id, at: '2026-11-24T12:00:00Z' }));
    const news = topicNews(document(items), { told, retracted });
    for (const { id } of retracted) told.delete(id);
    for (const { entryId, digest } of news.told) told.set(entryId, digest);
    const ids = [news.added, news.changed, news.retracted].map((list) => list.map(({ id }) => id).join(''));
    return ids.join('|');
  });
}

const a = { id: 'a', title: 'A' };
const b = { id: 'b', title: 'B' };

test('each publication tells what is new in it, what has changed, and nothing twice', () => {
  const changed = { ...a, title: 'A, corrected' };
  expect(published([{ items: [a] }, { items: [b, a] }, { items: [b, changed] }, { items: [b, changed] }])).toEqual([
    'a||',
    'b||',
    '|a|',
    '||',
  ]);
});

test('what scrolls out of the document is no news, nor is its return', () => {
  expect(published([{ items: [b, a] }, { items: [b] }, { items: [b, a] }])).toEqual(['ba||', '||', '||']);
});

test('what was taken back is told once, and only if it was told before', () => {
  const gone = ['a', 'never told'];
  expect(published([{ items: [b, a] }, { items: [b], gone }, { items: [b], gone }])).toEqual(['ba||', '||a', '||']);
});

test('what was taken back is not told as it stands in a document that does not say so yet', () => {
  const corrected = { ...a, title: 'A, corrected' };
  expect(published([{ items: [b, a] }, { items: [b, corrected], gone: ['a'] }])).toEqual(['ba||', '||a']);
});

test('what was taken back and is there again is new', () => {
  expect(published([{ items: [a] }, { items: [], gone: ['a'] }, { items: [a] }])).toEqual(['a||', '||a', 'a||']);
});

test('a payload is of the published schema’s shape', () => {
  const news = topicNews(document([a]), { told: new Map(), retracted: [] });
  expect(isNews(news)).toBe(true);
  const payload = webhookPayload(news, {
    id: 'd1',
    topicId: 'world',
    feedUrl: 'https://news.example.org/feeds/world.json',
  });
  const parsed = JSON.parse(payload) as Record<string, unknown>;
  expect(parsed).toEqual({
    version: 1,
    id: 'd1',
    topic: { id: 'world', title: 'World', feed_url: 'https://news.example.org/feeds/world.json' },
    added: [a],
    changed: [],
    retracted: [],
  });
  const schema = JSON.parse(readFileSync(new URL('../../docs/webhook.schema.json', import.meta.url), 'utf8')) as {
    readonly required: readonly string[];
    readonly properties: Record<string, unknown>;
  };
  expect(Object.keys(parsed)).toEqual(schema.required);
  expect(Object.keys(schema.properties)).toEqual(schema.required);
});
