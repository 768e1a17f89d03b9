import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { allowedText } from '../../src/curate/allowed-extent.ts';
import { extentFor } from '../../src/curate/extent-for.ts';
import type { Article, Declaration } from '../../src/model/article.ts';
import type { RslLicence, RslTerms } from '../../src/model/rsl.ts';
import { textOfSanitised } from '../../src/support/html.ts';
import { countWords } from '../../src/support/words.ts';
import { aReadySite } from '../support/a-topic.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const WORDS = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');
const CC = 'https://creativecommons.org/licenses/';

const licence = (url: string): Declaration => ({ by: 'page', kind: 'licence', url });
const robots = (given: { readonly noArchive?: boolean; readonly mostCharacters?: number }): Declaration => ({
  by: 'page',
  kind: 'robots',
  noArchive: false,
  mostCharacters: null,
  ...given,
});
const offer = (given: Partial<RslLicence> = {}): RslLicence => ({
  usesPermitted: [],
  usesProhibited: [],
  usersPermitted: [],
  usersProhibited: [],
  isForPlaces: false,
  payment: 'free',
  ...given,
});
const terms = (licences: readonly RslLicence[], given: Partial<RslTerms> = {}): Declaration => ({
  by: 'feed',
  kind: 'rsl',
  terms: { url: null, server: null, file: null, licences, ...given },
});
const declaring = (...declared: readonly Declaration[]): Article =>
  anArticle({ contentHtml: `<p>${WORDS}</p>`, rights: { text: null, licence: null, declared } });

const full = aSource({ republish: 'full' });
const extentOf = (declared: Declaration, given: { readonly commercial?: boolean } = {}): string =>
  extentFor(declaring(declared), full, aReadySite(given)).extent;

describe('Creative Commons', () => {
  test.each(['by/4.0/', 'by-sa/3.0/de/', 'by-nd/4.0/'])('%s keeps what the operator allows', (name) => {
    expect(extentFor(declaring(licence(CC + name)), full, aReadySite())).toMatchObject({
      extent: 'full',
      words: null,
      isNarrowed: false,
    });
  });

  test.each(['zero/1.0/', 'mark/1.0/'])('the public domain’s %s keeps it too', (name) => {
    expect(extentOf(licence(`https://creativecommons.org/publicdomain/${name}`))).toBe('full');
  });

  test.each(['by-nc/4.0/', 'by-nc-sa/3.0/', 'by-nc-nd/2.0/fr/', 'nd-nc/1.0/'])(
    '%s gives an excerpt on a commercial site, and a whole text on another',
    (name) => {
      expect(extentFor(declaring(licence(CC + name)), full, aReadySite())).toMatchObject({
        extent: 'excerpt',
        words: 60,
        isNarrowed: true,
        reason: expect.stringMatching(/^its page is licensed CC .*NC.*, and this site is commercial$/),
      });
      expect(extentOf(licence(CC + name), { commercial: false })).toBe('full');
    },
  );

  test('a text that may not be changed is no whole text where parts are left out of it', () => {
    const cut = aSource({ republish: 'full', remove: ['.teaser'] });
    expect(extentFor(declaring(licence(`${CC}by-nd/4.0/`)), cut, aReadySite()).extent).toBe('excerpt');
    expect(extentFor(declaring(licence(`${CC}by/4.0/`)), cut, aReadySite()).extent).toBe('full');
  });

  test('an excerpt of what may not be changed is no change', () => {
    const excerpt = aSource({ republish: 'excerpt', excerptWords: 20 });
    expect(extentFor(declaring(licence(`${CC}by-nd/4.0/`)), excerpt, aReadySite())).toMatchObject({
      extent: 'excerpt',
      words: 20,
      isNarrowed: false,
    });
  });
});

describe('a licence that is not known here', () => {
  test('leaves it to the operator, and is told', () => {
    const { extent, reason } = extentFor(declaring(licence('https://gull.example/terms')), full, aReadySite());
    expect([extent, reason]).toEqual([
      'full',
      'the source “Harbour News” is set to full; its licence is not one that is known here (https://gull.example/terms)',
    ]);
  });
});

describe('Really Simple Licensing', () => {
  test.each<[string, RslLicence, string]>([
    ['prohibits every use', offer({ usesProhibited: ['all'] }), 'link'],
    ['prohibits to be found', offer({ usesProhibited: ['ai-all', 'search'] }), 'link'],
    ['prohibits a use that no edition of it knows', offer({ usesProhibited: ['syndication'] }), 'excerpt'],
    ['prohibits commercial users', offer({ usersProhibited: ['commercial'] }), 'link'],
    ['prohibits others than us', offer({ usersProhibited: ['government'] }), 'full'],
    ['prohibits AI alone', offer({ usesProhibited: ['ai-train', 'ai-input', 'train-ai'] }), 'full'],
    ['permits everything', offer({ usesPermitted: ['all'] }), 'full'],
    ['permits to be found', offer({ usesPermitted: ['search'] }), 'excerpt'],
    ['permits AI alone', offer({ usesPermitted: ['ai-all'] }), 'excerpt'],
    ['permits those who take no money', offer({ usersPermitted: ['non-commercial', 'education'] }), 'excerpt'],
    ['holds in some countries', offer({ isForPlaces: true }), 'excerpt'],
    ['asks that its author be named', offer({ payment: 'attribution' }), 'full'],
    ['asks for money', offer({ payment: 'purchase' }), 'excerpt'],
    ['names a price', offer({ payment: 'unstated' }), 'excerpt'],
    ['says nothing', offer(), 'full'],
  ])('one that %s leaves its due', (_what, one, extent) => {
    expect(extentOf(terms([one]))).toBe(extent);
  });

  test('what is for those who take no money is not for a commercial site alone', () => {
    const forOthers = terms([offer({ usersPermitted: ['non-commercial'], usersProhibited: ['commercial'] })]);
    expect([extentOf(forOthers), extentOf(forOthers, { commercial: false })]).toEqual(['link', 'full']);
  });

  test('of several offers the best may be taken, of several terms all hold', () => {
    const paid = offer({ payment: 'subscription' });
    expect(extentOf(terms([offer({ usesProhibited: ['all'] }), paid]))).toBe('excerpt');
    expect(extentOf(terms([paid, offer()]))).toBe('full');
    const both = declaring(terms([paid]), terms([offer({ usesProhibited: ['search'] })]));
    expect(extentFor(both, full, aReadySite()).extent).toBe('link');
  });

  test('a licence that is to be had from a server first is not had', () => {
    expect(extentOf(terms([offer()], { server: 'https://rights.example/' }))).toBe('excerpt');
  });

  test('a file of it is not read, and told', () => {
    const { extent, reason } = extentFor(
      declaring(terms([], { file: 'https://gull.example/a.rsl' })),
      full,
      aReadySite(),
    );
    expect([extent, reason]).toEqual([
      'full',
      'the source “Harbour News” is set to full; its RSL file was not read (https://gull.example/a.rsl)',
    ]);
  });
});

describe('robots elements', () => {
  test('no copies leave an excerpt, no extracts a link', () => {
    expect(extentOf(robots({ noArchive: true }))).toBe('excerpt');
    expect(extentOf(robots({ mostCharacters: 0 }))).toBe('link');
    expect(extentOf(robots({ mostCharacters: 3 }))).toBe('link');
  });

  test('a length in characters is kept by body and summary', () => {
    const { extent, contentHtml, summary, extentReason } = allowedText(
      declaring(robots({ mostCharacters: 30 })),
      full,
      aReadySite(),
    );
    expect([extent, contentHtml, summary]).toEqual([
      'excerpt',
      '<p>word0 word1 word2 word3 word4…</p>',
      'word0 word1 word2 word3 word4…',
    ]);
    expect(extentReason).toBe('its page asks that at most 30 characters be shown elsewhere');
  });

  test('what stands behind the last word counts too', () => {
    const shouted = { ...declaring(robots({ mostCharacters: 12 })), contentHtml: '<p>Never again!!!!!!!!</p>' };
    expect(allowedText(shouted, full, aReadySite()).contentHtml).toBe('<p>Never…</p>');
  });

  test.each<[string, number, string | null, string | null]>([
    ['nothing', 30, null, null],
    ['what stands in for it', 30 + 10, 'Ten signs.', null],
    ['all of its words', 30 + 10 + 15, 'Ten signs.', 'A caption here.'],
  ])('a picture is shown with %s where the excerpt leaves no more room', (_what, mostCharacters, alt, caption) => {
    const image = {
      url: 'https://harbour.example/a.jpg',
      width: null,
      height: null,
      type: null,
      alt: 'Ten signs.',
      caption: 'A caption here.',
      credit: 'Ada Harbour',
      licence: null,
    };
    const article = { ...declaring(robots({ mostCharacters })), image };
    const source = aSource({ republish: 'excerpt', excerptWords: 5 });
    const shown = allowedText(article, source, aReadySite());
    expect([shown.summary, shown.image]).toEqual(['word0 word1 word2 word3 word4…', { ...image, alt, caption }]);
  });

  test('an excerpt of the operator’s own measure has its picture’s words whole', () => {
    const image = {
      url: 'https://harbour.example/a.jpg',
      width: null,
      height: null,
      type: null,
      alt: WORDS,
      caption: WORDS,
      credit: null,
      licence: null,
    };
    expect(allowedText({ ...declaring(), image }, aSource({ republish: 'excerpt' }), aReadySite()).image).toEqual(
      image,
    );
  });

  test('a length that allows more than the operator changes nothing', () => {
    const excerpt = aSource({ republish: 'excerpt', excerptWords: 5 });
    expect(extentFor(declaring(robots({ mostCharacters: 500 })), excerpt, aReadySite())).toMatchObject({
      words: 5,
      isNarrowed: false,
    });
  });
});

describe('what is told of an excerpt', () => {
  test('its summary is no second text, and its corrections are told in our words', () => {
    const article = {
      ...declaring(robots({ noArchive: true })),
      summary: 'Another text of the publisher’s, which stands nowhere in the first words.',
      corrections: [
        { at: '2026-11-21T08:00:00Z', kind: 'correction' as const, note: 'Correction: word170 word171 word172' },
      ],
    };
    const { summary, corrections, extentReason } = allowedText(article, full, aReadySite());
    expect(summary.startsWith('word0 word1')).toBe(true);
    expect(corrections).toEqual([{ at: '2026-11-21T08:00:00Z', kind: 'correction', note: 'The text was changed.' }]);
    expect(extentReason).toBe('its page asks that no copies be kept');
  });
});

const RANK = { full: 0, excerpt: 1, link: 2 };
const aDeclaration: fc.Arbitrary<Declaration> = fc.oneof(
  fc.constantFrom('by', 'by-nc', 'by-nd', 'by-nc-sa').map((name) => licence(`${CC}${name}/4.0/`)),
  fc.record({ noArchive: fc.boolean(), mostCharacters: fc.constantFrom(0, 1, 40, 1000) }).map((given) => robots(given)),
  fc
    .array(
      fc
        .record({
          usesPermitted: fc.subarray(['all', 'search', 'ai-all']),
          usesProhibited: fc.subarray(['all', 'search', 'ai-train', 'x']),
          usersPermitted: fc.subarray(['commercial', 'non-commercial']),
          payment: fc.constantFrom('free', 'crawl', 'attribution'),
        })
        .map((given) => offer(given)),
      { maxLength: 3 },
    )
    .map((licences) => terms(licences)),
);

test('whatever is declared narrows and never widens, says why, and is kept to', () => {
  const seen = { full: 0, excerpt: 0, link: 0, narrowed: 0 };
  fc.assert(
    fc.property(
      fc.array(aDeclaration, { maxLength: 4 }),
      fc.constantFrom('full', 'excerpt', 'link'),
      fc.integer({ min: 1, max: 80 }),
      fc.boolean(),
      (declared, republish, excerptWords, commercial) => {
        const source = aSource({ republish, excerptWords });
        const article = declaring(...declared);
        const { extent, words, reason, isNarrowed } = extentFor(article, source, aReadySite({ commercial }));
        seen[extent]++;
        if (isNarrowed) seen.narrowed++;
        expect(RANK[extent]).toBeGreaterThanOrEqual(RANK[republish]);
        expect(reason).not.toBe('');
        const shown = allowedText(article, source, aReadySite({ commercial }));
        if (extent === 'excerpt') {
          expect(words).toBeLessThanOrEqual(excerptWords);
          expect(countWords(textOfSanitised(shown.contentHtml))).toBe(words);
        }
        if (extent === 'link') expect([words, shown.summary, shown.image]).toEqual([0, '', null]);
        const more = extentFor(declaring(...declared, robots({ noArchive: true })), source, aReadySite({ commercial }));
        expect(RANK[more.extent]).toBeGreaterThanOrEqual(RANK[extent]);
      },
    ),
    { numRuns: 500 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});
