import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isNews, topicNews, webhookPayload } from '../../src/push/webhook-news.ts';

type Item = { readonly id: string; readonly title: string };

function document(items: readonly Item[], deleted: readonly object[] = []): Uint8Array {
  return Buffer.from(
    JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'World', items, _tributary: { deleted } }),
  );
}

/** Publishes one after the other; gives what was news each time: ids of added, changed and retracted entries. */
function published(documents: readonly Uint8Array[]): string[] {
  const told = new Map<string, string>();
  return documents.map((one) => {
    const news = topicNews(one, told);
    for (const { entryId, digest } of news.told) told.set(entryId, digest);
    const ids = [news.added, news.changed, news.retracted].map((list) => list.map(({ id }) => id).join(''));
    return ids.join('|');
  });
}

const a = { id: 'a', title: 'A' };
const b = { id: 'b', title: 'B' };

test('each publication tells what is new in it, what has changed, and nothing twice', () => {
  const changed = { ...a, title: 'A, corrected' };
  expect(published([document([a]), document([b, a]), document([b, changed]), document([b, changed])])).toEqual([
    'a||',
    'b||',
    '|a|',
    '||',
  ]);
});

test('what scrolls out of the document is no news, nor is its return', () => {
  expect(published([document([b, a]), document([b]), document([b, a])])).toEqual(['ba||', '||', '||']);
});

test('what was taken back is told once, and only if it was told before', () => {
  const gone = [
    { id: 'a', at: '2026-11-24T12:00:00Z' },
    { id: 'never told', at: '2026-11-24T12:00:00Z' },
  ];
  expect(published([document([b, a]), document([b], gone), document([b], gone)])).toEqual(['ba||', '||a', '||']);
});

test('what was taken back and is there again is new', () => {
  const gone = [{ id: 'a', at: '2026-11-24T12:00:00Z' }];
  expect(published([document([a]), document([], gone), document([a], gone)])).toEqual(['a||', '||a', 'a||']);
});

test('a payload is of the published schema’s shape', () => {
  const news = topicNews(document([a]), new Map());
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
