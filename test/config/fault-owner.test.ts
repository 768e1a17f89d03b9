import { describe, expect, test } from '@jest/globals';
import { faultLines } from '../../src/cli/read-order.ts';
import { readSourcesFile } from '../../src/config/sources-file.ts';

// A list of two hundred sources is nothing to count through: faults name the source, or topic, that they are in.

const judges = { scheduleFault: () => null, selectorFault: () => null };
const told = (document: unknown): { readonly owners: unknown[]; readonly lines: string[] } => {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const reading = readSourcesFile(new TextEncoder().encode(text), judges);
  const faults = 'faults' in reading ? reading.faults : [];
  return { owners: faults.map(({ of }) => of), lines: faultLines('sources.json', faults).slice(1) };
};
const source = (given: object): object => ({ title: 'A', url: 'https://a.example/f', ...given });
const site = { title: 'Test', url: 'https://news.example/' };

describe('a fault', () => {
  test('within a source or topic names it by its id', () => {
    const { owners, lines } = told({
      site,
      topics: [{ id: 'world', titel: 'World' }],
      sources: [source({ id: 'harbour-news', shedule: '* * * * *' }), source({ id: 'wire', topics: ['none'] })],
    });
    expect(owners).toEqual(['world', 'world', 'harbour-news', 'wire', 'wire']);
    expect(lines).toEqual([
      expect.stringMatching(/topics\[0\] \(world\)\.title is missing/),
      expect.stringMatching(/topics\[0\] \(world\)\.titel is not a known setting/),
      expect.stringMatching(/sources\[0\] \(harbour-news\)\.shedule is not a known setting/),
      expect.stringMatching(/sources\[1\] \(wire\)\.url is "https:\/\/a\.example\/f", as sources\[0\]\.url is already/),
      expect.stringMatching(/sources\[1\] \(wire\)\.topics\[0\] names "none"/),
    ]);
  });

  test('of a setting that stands twice names its source too', () => {
    const { lines } = told(
      `{"site":${JSON.stringify(site)},"topics":[],"sources":[{"id":"wire","title":"A","title":"B","url":"https://a.example/f"}]}`,
    );
    expect(lines).toEqual([expect.stringContaining('sources[0] (wire).title')]);
  });

  test.each([
    ['has no id', source({})],
    ['has one that is no name', source({ id: 'a\u202eb' })],
    ['is no source at all', 3],
  ])('within a source that %s names it by its number alone', (_, one) => {
    const { owners, lines } = told({ site, topics: [], sources: [one] });
    expect(new Set(owners)).toEqual(new Set([undefined]));
    expect(lines).toEqual([expect.stringMatching(/sources\[0\](?:\.id)? /)]);
  });

  test('of an id itself says it once, and not as the name of what it is in', () => {
    const { lines } = told({ site, topics: [{ id: 'World', title: 'World' }], sources: [] });
    expect(lines).toEqual([expect.stringMatching(/: topics\[0\]\.id must be .* \(it is "World"\)$/)]);
  });

  test('of another part of the file names nobody', () => {
    const { owners } = told({ site: { ...site, url: 'x' }, topics: [], sources: [] });
    expect(owners).toEqual([undefined]);
  });
});
