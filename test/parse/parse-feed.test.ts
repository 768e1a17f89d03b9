import { describe, expect, test } from '@jest/globals';
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { parseCases } from './cases.ts';

const cases = parseCases();

describe('a document that holds a feed', () => {
  test.each(cases.filter(({ feed }) => feed !== null))('$sentence', async ({ bytes, about, feed }) => {
    expect(await parseFeed(bytes, about)).toMatchObject(feed!);
  });
});

describe('a document that holds none', () => {
  test.each(cases.filter(({ error }) => error !== null))('$sentence', async ({ bytes, about, error }) => {
    await expect(parseFeed(bytes, about)).rejects.toMatchObject({ name: 'StageError', url: about.url, ...error });
  });
});

test('every case says what is expected of it', () => {
  expect(cases.length).toBeGreaterThan(50);
  expect(cases.filter(({ feed, error }) => (feed === null) === (error === null))).toEqual([]);
});

test('no bytes at all are an empty document', async () => {
  const about = { url: 'https://feeds.example/', contentType: null };
  await expect(parseFeed(new Uint8Array(), about)).rejects.toMatchObject({ code: 'feed-empty' });
});
