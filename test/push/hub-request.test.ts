import { describe, expect, test } from '@jest/globals';
import { pathOfTopic } from '../../src/push/hub-topics.ts';
import { readHubRequest, refusedForLoad } from '../../src/push/hub-request.ts';

const site = 'https://news.example.org/';
const facts = {
  siteUrl: site,
  now: '2026-11-24T12:00:00Z',
  refusalOf: (url: string) => (url.includes('//10.') ? 'a private network' : null),
};
const right = {
  'hub.mode': 'subscribe',
  'hub.topic': `${site}feeds/world.atom`,
  'hub.callback': 'https://reader.example/callback?id=1',
};
const read = (changed: Record<string, string> = {}) =>
  readHubRequest(new URLSearchParams({ ...right, ...changed }), facts);
const without = (name: keyof typeof right) => {
  const form = new URLSearchParams(right);
  form.delete(name);
  return readHubRequest(form, facts);
};

test('a request is read, with the lease that is usual here', () => {
  expect(read({ 'hub.secret': 's3cret' })).toMatchObject({
    mode: 'subscribe',
    topic: `${site}feeds/world.atom`,
    path: 'feeds/world.atom',
    callback: 'https://reader.example/callback?id=1',
    host: 'reader.example',
    secret: 's3cret',
    leaseSeconds: 864_000,
    dueAt: facts.now,
    tries: 0,
  });
});

test.each([
  ['60', 3600],
  ['7200', 7200],
  ['999999999', 2_592_000],
  ['', 864_000],
])('of a lease of "%s" seconds comes one of %d', (asked, lease) => {
  expect(read({ 'hub.lease_seconds': asked })).toMatchObject({ leaseSeconds: lease });
});

test.each([
  ['no mode', without('hub.mode'), 400],
  ['another mode', read({ 'hub.mode': 'publish' }), 400],
  ['no topic', without('hub.topic'), 400],
  ['a topic of another site', read({ 'hub.topic': 'https://other.example/feeds/world.atom' }), 404],
  ['no callback', without('hub.callback'), 400],
  ['a callback by another scheme', read({ 'hub.callback': 'ftp://reader.example/' }), 400],
  ['a callback that cannot be read', read({ 'hub.callback': 'https://' }), 400],
  ['a callback with a password', read({ 'hub.callback': 'https://a:b@reader.example/' }), 400],
  ['a callback that is longer than any', read({ 'hub.callback': `https://reader.example/${'a'.repeat(2000)}` }), 400],
  ['a private callback', read({ 'hub.callback': 'http://10.0.0.1/' }), 403],
  ['a callback of our own', read({ 'hub.callback': `${site}websub/a` }), 403],
  ['a secret of 200 bytes', read({ 'hub.secret': 'ä'.repeat(100) }), 400],
  ['a lease that is no number', read({ 'hub.lease_seconds': '1e9' }), 400],
])('%s is refused in words, which repeat nothing of it', (_, refused, status) => {
  expect(refused).toMatchObject({ status });
  const { says } = refused as { readonly says: string };
  expect(says).toMatch(/^[a-z].{10,}$/i);
  expect(says).not.toContain('example');
});

test('a request for the same topic and callback has the same mark, any other another', () => {
  const marks = [read(), read({ 'hub.secret': 'x' }), read({ 'hub.callback': 'https://reader.example/' })].map(
    (one) => 'mark' in one && one.mark,
  );
  expect(marks[0]).toBe(marks[1]);
  expect(marks[0]).not.toBe(marks[2]);
});

test('a secret of 199 bytes is taken', () => {
  expect(read({ 'hub.secret': 's'.repeat(199) })).toMatchObject({ secret: 's'.repeat(199) });
});

describe('a topic', () => {
  test.each(['feeds/world.atom', 'feeds/world.rss', 'feeds/all.json', 'feeds/world.excerpt.atom'])(
    'is the document %s by its very address',
    (path) => {
      expect(pathOfTopic(site, `${site}${path}`)).toBe(path);
    },
  );

  test.each([
    'feeds/world/archive/1.atom',
    'feeds/world.atom?x=1',
    'feeds/world.atom#a',
    'feeds/../private/t/feeds/world.atom',
    'private/token/feeds/world.atom',
    'feeds/world.html',
    'index.html',
    '',
  ])('is not %s', (path) => {
    expect(pathOfTopic(site, `${site}${path}`)).toBeNull();
  });

  test('is not the same document by another scheme', () => {
    expect(pathOfTopic(site, 'http://news.example.org/feeds/world.atom')).toBeNull();
  });
});

test('a hub takes no more of one site, or of all, than its limits', () => {
  const load = { ofSite: 0, waitingOfSite: 0, inAll: 0 };
  expect(refusedForLoad({ ...load, ofSite: 99, waitingOfSite: 9, inAll: 9_999 })).toBeNull();
  expect(refusedForLoad({ ...load, ofSite: 100 })).toMatchObject({ status: 429 });
  expect(refusedForLoad({ ...load, waitingOfSite: 10 })).toMatchObject({ status: 429 });
  expect(refusedForLoad({ ...load, inAll: 10_000 })).toMatchObject({ status: 503 });
});
