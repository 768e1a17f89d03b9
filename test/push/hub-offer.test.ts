import { expect, test } from '@jest/globals';
import { hubOffer, linksIn } from '../../src/push/hub-offer.ts';

const url = 'https://harbour.example/feed.xml';
const none = { links: null, hubLinks: [], selfLink: null, url };
const HUB = 'https://hub.example/';

test('a feed that names no hub offers none', () => {
  expect(hubOffer(none)).toBeNull();
  expect(hubOffer({ ...none, selfLink: url })).toBeNull();
});

test('the hub and the topic of the document are taken', () => {
  const offer = hubOffer({ ...none, hubLinks: [HUB, 'https://other.example/'], selfLink: 'https://harbour.example/' });
  expect(offer).toEqual({ hub: HUB, topic: 'https://harbour.example/' });
});

test('those of the header come first, and may be relative', () => {
  const links = '</push>; rel="hub", <https://harbour.example/canonical>; rel=self; type="application/rss+xml"';
  expect(hubOffer({ ...none, links, hubLinks: [HUB], selfLink: url })).toEqual({
    hub: 'https://harbour.example/push',
    topic: 'https://harbour.example/canonical',
  });
});

test('without a self link the topic is the address that was read', () => {
  expect(hubOffer({ ...none, hubLinks: [HUB] })).toEqual({ hub: HUB, topic: url });
});

test.each([
  'ftp://hub.example/',
  'javascript:alert(1)',
  'https://a:b@hub.example/',
  `https://hub.example/${'x'.repeat(3000)}`,
])('a hub at %.40s is none', (hub) => {
  expect(hubOffer({ ...none, hubLinks: [hub] })).toBeNull();
});

test('a header of commas, quotes and several relations is read', () => {
  const links = linksIn(
    '<https://a.example/?a=1,2>; title="x, <y>; rel=no"; rel="hub other", <b>;rel=self,<c>; x',
    url,
  );
  expect(links.map(({ rels }) => rels)).toEqual([['hub', 'other'], ['self']]);
  expect(links.map((link) => link.url)).toEqual(['https://a.example/?a=1,2', 'https://harbour.example/b']);
});

test('a header of a hundred thousand brackets is read in no time', () => {
  expect(linksIn('<'.repeat(100_000), url)).toEqual([]);
  expect(linksIn('<a>;'.repeat(30_000), url)).toEqual([]);
  expect(linksIn(`<a>; rel=${'"'.repeat(50_000)}`, url)).toEqual([]);
});
