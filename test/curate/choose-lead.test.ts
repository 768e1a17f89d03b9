import { describe, expect, test } from '@jest/globals';
import { chooseLead } from '../../src/curate/choose-lead.ts';
import type { Article } from '../../src/model/article.ts';
import { anArticle, aSource } from '../support/an-entry.ts';

const sources = new Map(
  [
    aSource({ id: 'harbour', url: 'https://harbour.example/feed' }),
    aSource({ id: 'wire', url: 'https://wire.example/feed', weight: 5 }),
    aSource({ id: 'crossing', url: 'https://crossing.example/feed' }),
  ].map((source) => [source.id, source]),
);
const report = (id: string, sourceId: string, given: Partial<Article> = {}): Article =>
  anArticle({ id, sourceId, link: `https://${sourceId}.example/${id}`, sourceLink: null, wordCount: 200, ...given });

const harbour = report('h', 'harbour');
const wire = report('w', 'wire', { wordCount: 900 });

describe('of reports that come together', () => {
  test('the fuller leads, then the weightier source, then the earlier', () => {
    expect(chooseLead([harbour, wire], sources)).toBe(wire);
    expect(chooseLead([harbour, { ...wire, wordCount: 200 }], sources).id).toBe('w');
    const early = report('c', 'crossing', { published: '2026-11-19T08:00:00Z' });
    expect(chooseLead([harbour, early], sources)).toBe(early);
  });
});

describe('what is published', () => {
  test('is not replaced by another source, however full its text and heavy its weight', () => {
    expect(chooseLead([harbour, wire], sources, harbour)).toBe(harbour);
  });

  test('gives way to the true source that it names itself', () => {
    const named = { url: 'https://wire.example/w', name: 'Wire', foundBy: 'visible-link' } as const;
    const pointer = report('p', 'crossing', { sourceLink: named });
    expect(chooseLead([pointer, wire], sources, pointer)).toBe(wire);
    expect(chooseLead([pointer, harbour, wire], sources, pointer)).toBe(wire);
    expect(chooseLead([pointer, harbour], sources, pointer)).toBe(pointer);
  });

  test('does not give way to one that claims the address that it names', () => {
    const named = { url: 'https://wire.example/w', name: 'Wire', foundBy: 'visible-link' } as const;
    const pointer = report('p', 'crossing', { sourceLink: named });
    const posing = report('x', 'harbour', { link: 'https://wire.example/w' });
    expect(chooseLead([pointer, posing], sources, pointer)).toBe(pointer);
  });

  test('may be replaced by a fuller one of its own source', () => {
    const fuller = report('h2', 'harbour', { wordCount: 900 });
    expect(chooseLead([harbour, fuller], sources, harbour)).toBe(fuller);
  });

  test('gives way when its source is no longer listed', () => {
    const left = new Map([...sources].filter(([id]) => id !== 'harbour'));
    expect(chooseLead([harbour, wire], left, harbour)).toBe(wire);
  });
});
