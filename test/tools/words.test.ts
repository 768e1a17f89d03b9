import { describe, expect, test } from '@jest/globals';
import { mapConcurrently } from '../../src/support/concurrency.ts';
import { uuidUrn } from '../../src/support/hash.ts';
import { escapeHtml, textOfSanitised, withoutForbiddenCharacters } from '../../src/support/html.ts';
import { instantFrom, plusSeconds } from '../../src/support/instant.ts';
import { nearestName } from '../../src/support/nearest-name.ts';
import { siteOf } from '../../src/support/site-of.ts';
import { slugOf } from '../../src/support/slug.ts';
import { countWords, firstWords, foldedWords } from '../../src/support/words.ts';

describe('words', () => {
  test.each([
    ['Muhammad Ali’s well-known fight, 1974.', 5],
    ['新しい橋が今日開通した', 6],
    ['', 0],
    ['— … !', 0],
  ])('of %j are %d', (text, count) => {
    expect(countWords(text)).toBe(count);
  });

  test('are never cut inside', () => {
    expect(firstWords('Muhammad Ali fought, and won.', 3)).toBe('Muhammad Ali fought…');
    expect(firstWords('Muhammad Ali fought.', 3)).toBe('Muhammad Ali fought.');
  });

  test('fold case and diacritics', () => {
    expect(foldedWords('ÉLYSÉE straße Ångström')).toEqual(['elysee', 'straße', 'angstrom']);
  });
});

describe('HTML', () => {
  test('of the sanitiser gives its text, blocks apart and inline elements not', () => {
    expect(textOfSanitised('<p>a<b>b</b></p><p>c &amp;lt; &#39;d&#39;<br />e</p><li>f</li>')).toBe("ab c &lt; 'd' e f");
  });

  test('has every special character escaped, and no forbidden one', () => {
    expect(escapeHtml(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
    expect(withoutForbiddenCharacters('a\u0000b\ud800c\uffffd😀\t')).toBe('abcd😀\t');
  });
});

describe('addresses', () => {
  test('belong to a site by the Public Suffix List, or to a host with its port', () => {
    expect(['https://news.bbc.co.uk/x', 'http://127.0.0.1:8801/x', 'nonsense'].map(siteOf)).toEqual([
      'bbc.co.uk',
      '127.0.0.1:8801',
      null,
    ]);
  });

  test.each([
    ['../../etc/passwd', /^etc-passwd-[0-9a-f]{8}$/],
    ['Çà & là: «déjà vu»', /^ca-la-deja-vu-[0-9a-f]{8}$/],
    ['新しい橋', /^[0-9a-f]{8}$/],
    ['x'.repeat(500), /^x{20}-[0-9a-f]{8}$/],
    ['CON', /^con-[0-9a-f]{8}$/],
  ])('of a title %j are safe', (title, expected) => {
    expect(slugOf(title, 'id')).toMatch(expected);
    expect(slugOf(title, 'id')).not.toBe(slugOf(title, 'other'));
  });
});

test('a name-based URN is the same for ever, and parts its names', () => {
  expect(uuidUrn('article', 'harbour', 'a')).toBe(uuidUrn('article', 'harbour', 'a'));
  expect(uuidUrn('ab', 'c')).not.toBe(uuidUrn('a', 'bc'));
  expect(uuidUrn('x')).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('an instant has whole seconds, and no year beyond 9999', () => {
  expect(instantFrom(Date.UTC(2026, 10, 24, 6, 0, 0, 999))).toBe('2026-11-24T06:00:00Z');
  expect(plusSeconds('2026-12-31T23:59:59Z', 1)).toBe('2027-01-01T00:00:00Z');
  expect(() => instantFrom(8.64e15)).toThrow(RangeError);
});

test('the nearest name is near, or there is none', () => {
  const known = ['schedule', 'title', 'url'];
  expect(['shedule', 'titel', 'ur', 'banana'].map((written) => nearestName(written, known))).toEqual([
    'schedule',
    'title',
    'url',
    null,
  ]);
});

test('work runs so many at a time, each once, and a failure ends it', async () => {
  const load = { now: 0, most: 0 };
  const results: number[] = [];
  const work = async (item: number): Promise<number> => {
    load.most = Math.max(load.most, ++load.now);
    await new Promise((resolve) => setImmediate(resolve));
    load.now--;
    return item;
  };
  for await (const result of mapConcurrently([1, 2, 3, 4, 5, 6, 7], 3, work)) results.push(result);
  expect([results.toSorted((a, b) => a - b), load.most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  const failing = async (): Promise<void> => {
    for await (const _ of mapConcurrently([1, 2], 2, () => Promise.reject(new Error('no')))) continue;
  };
  await expect(failing()).rejects.toThrow('no');
});
