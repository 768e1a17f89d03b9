import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { allowedText } from '../../src/curate/allowed-extent.ts';
import { prepareOptOut } from '../../src/curate/opt-out.ts';
import { refusalOf } from '../../src/curate/refusal.ts';
import type { Article } from '../../src/model/article.ts';
import { aReadySite } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const ofSource = (url: string): Article['sourceLink'] => ({ url, name: null, foundBy: 'visible-link' });

describe('a publisher who does not want to appear', () => {
  test.each<[string, string, Partial<Article>]>([
    ['by the host of his feed’s entries', 'harbour.example', {}],
    ['by a host above', 'example', { link: 'https://news.harbour.example/a' }],
    ['with or without www', 'www.harbour.example', {}],
    ['by a host with a star', '*.harbour.example', { link: 'https://blog.harbour.example/a' }],
    ['where an aggregator passes him on', 'north.example', { sourceLink: ofSource('https://www.north.example/x') }],
    ['by the publisher that is named', 'north.example', { publisher: { name: 'N', url: 'https://north.example/' } }],
    ['by the beginning of an address', 'https://harbour.example/blog', { link: 'https://harbour.example/blog/a' }],
    ['in any case', 'HARBOUR.example', {}],
    ['whatever the scheme', 'http://harbour.example', {}],
  ])('is refused %s', (_how, listed, given) => {
    expect(refusalOf(anArticle(given), prepareOptOut([listed]))).toBe(
      `its publisher does not want to appear here: “${listed}” is on the site’s optOut list`,
    );
  });

  test('is told by his port from others of the same host', () => {
    const optOut = prepareOptOut(['http://127.0.0.1:8805/']);
    const at = (port: number): Partial<Article> => ({ link: `http://127.0.0.1:${port}/1`, sourceLink: null });
    const of = (port: number): string | null =>
      refusalOf({ ...anArticle(at(port)), publisher: { name: 'Harbour News', url: null } }, optOut, null);
    expect(of(8805)).not.toBeNull();
    expect(of(8806)).toBeNull();
  });

  test('is refused by the address of his feed, where an entry has none', () => {
    const article = anArticle({ link: null });
    const optOut = prepareOptOut(['harbour.example']);
    expect([refusalOf(article, optOut, aSource()), refusalOf(article, optOut)]).toEqual([
      expect.stringContaining('harbour.example'),
      null,
    ]);
  });

  test.each<[string, string, Partial<Article>]>([
    ['of another host', 'north.example', {}],
    ['of a host whose name ends alike', 'bour.example', {}],
    ['of another path', 'https://harbour.example/blog', { link: 'https://harbour.example/blogs/a' }],
  ])('does not stand against an article %s', (_how, listed, given) => {
    expect(refusalOf(anArticle(given), prepareOptOut([listed]))).toBeNull();
  });

  test('shows no word of text even where nobody has asked before', () => {
    const shown = allowedText(anArticle(), aSource(), aReadySite({ optOut: ['harbour.example'] }));
    expect([shown.extent, shown.summary, shown.image]).toEqual(['link', '', null]);
    expect(shown.contentHtml).not.toContain('three years');
  });
});

/** What the list says of an article, line by line, as its description has it. */
function readLineByLine(addresses: readonly (string | null)[], list: readonly string[]): string | null {
  const bare = (host: string): string => host.replace(/\.$/, '').replace(/^www\./, '');
  const isBelow = (address: URL, listed: string): boolean => {
    const place = URL.parse(/^https?:\/\//i.test(listed) ? listed : `https://${listed.replace(/^\*\./, '')}`);
    if (place === null) return false;
    const [host, of] = [bare(address.hostname), bare(place.hostname)];
    if (host !== of && !host.endsWith(`.${of}`)) return false;
    if (place.port !== '' && place.port !== address.port) return false;
    const path = place.pathname;
    return address.pathname === path || address.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
  };
  const parsed = addresses.flatMap((url) => (url === null ? null : URL.parse(url)) ?? []);
  return list.find((listed) => parsed.some((address) => isBelow(address, listed))) ?? null;
}

// Few names, so that most lists have something to say of most addresses.
const aHost = fc
  .array(fc.constantFrom('www', 'news', 'harbour', 'north', 'example', '', '127', '0', '1', 'Ü'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((labels) => labels.join('.'));
const aPath = fc
  .array(fc.constantFrom('blog', 'blogs', 'a', '', '..', '%62log'), { maxLength: 3 })
  .map((parts) => parts.map((part) => `/${part}`).join(''));
const anAddress = fc
  .tuple(fc.constantFrom('https://', 'http://', 'HTTP://'), aHost, fc.constantFrom('', ':8080', '.'), aPath)
  .map((parts) => parts.join(''));
const aLine = fc.oneof(
  anAddress,
  aHost,
  aHost.map((host) => `*.${host}`),
  fc.tuple(aHost, aPath).map((parts) => parts.join('')),
  fc.constantFrom('', '/', 'https://', 'a b'),
);

test('what is prepared says what the list says line by line', () => {
  const seen = { refused: 0, let: 0, 'by a line that is not the first': 0, 'by the host above': 0 };
  const maybe = fc.option(anAddress, { nil: null });
  fc.assert(
    fc.property(
      fc.array(aLine, { maxLength: 12 }),
      maybe,
      maybe,
      maybe,
      maybe,
      (list, link, source, publisher, feed) => {
        const article = {
          link,
          sourceLink: source === null ? null : ofSource(source),
          publisher: { name: 'Harbour News', url: publisher },
        };
        const asked = feed === null ? null : aSource({ url: feed });
        const listed = readLineByLine([link, source, publisher, feed], list);
        if (listed === null) seen.let++;
        else seen.refused++;
        if (listed !== null && listed !== list[0]) seen['by a line that is not the first']++;
        if (listed !== null && ![link, source, publisher, feed].some((url) => url?.includes(`//${listed}`)))
          seen['by the host above']++;
        expect(refusalOf(article, prepareOptOut(list), asked)).toBe(
          listed === null
            ? null
            : `its publisher does not want to appear here: “${listed}” is on the site’s optOut list`,
        );
      },
    ),
    { numRuns: 3000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});
