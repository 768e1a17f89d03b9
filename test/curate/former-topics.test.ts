import { expect, test } from '@jest/globals';
import { fateOfTopicPath } from '../../src/curate/former-topics.ts';

const former = [
  { id: 'news', movedTo: 'world' },
  { id: 'sport', movedTo: null },
  { id: 'ring', movedTo: 'circle', private: true as const },
  { id: 'team', movedTo: null, private: true as const },
];
const moved = (to: string): object => ({ kind: 'moved', to });

test.each([
  ['feeds/news.atom', moved('feeds/world.atom')],
  ['feeds/news.excerpt.json', moved('feeds/world.excerpt.json')],
  ['feeds/news/archive/12.rss', moved('feeds/world/archive/12.rss')],
  ['topics/news', moved('topics/world')],
  ['topics/news/', moved('topics/world/')],
  ['topics/news/index.html', moved('topics/world/index.html')],
  ['feeds/sport.atom', { kind: 'gone' }],
  ['topics/sport/index.html', { kind: 'gone' }],
  // Of a private topic nobody is told.
  ['feeds/ring.atom', null],
  ['topics/team/', null],
  ['feeds/news', null],
  ['feeds/news/archive/0.rss', null],
  ['feeds/news/archive/one.rss', null],
  ['topics/news/other.html', null],
  ['feeds/newsroom.atom', null],
  ['feeds/world.atom', null],
  ['feeds/news.html', null],
  ['articles/news.html', null],
  ['index.html', null],
])('%s', (path, fate) => {
  expect(fateOfTopicPath(path, former)).toEqual(fate);
});
