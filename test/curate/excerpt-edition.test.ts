import { describe, expect, test } from '@jest/globals';
import { excerptEdition } from '../../src/curate/excerpt-edition.ts';
import { readySite } from '../../src/curate/opt-out.ts';
import type { EditionEntry } from '../../src/model/edition.ts';
import { uuidUrn } from '../../src/support/hash.ts';
import { anEdition, anEditionEntry } from '../support/an-edition.ts';
import { aSource } from '../support/an-entry.ts';
import { aSite } from '../support/a-topic.ts';

const site = readySite(aSite({ url: 'https://news.example.org/' }));
const origin = { ...anEditionEntry().origin, id: uuidUrn('source', 'harbour') };

function excerptOf(given: Partial<EditionEntry>, excerptWords = 5): EditionEntry {
  const edition = anEdition({ entries: [anEditionEntry({ origin, ...given })] });
  const sources = new Map([['harbour', aSource({ excerptWords })]]);
  return excerptEdition(edition, { site, sources, foundedAs: 'world' }).entries[0]!;
}

describe('an edition of excerpts', () => {
  test('is a feed of its own, beside the full one, with an id and a title of its own and no archives', () => {
    const links = { atom: 'https://x.example/a', rss: 'https://x.example/b', json: 'https://x.example/c' };
    const full = anEdition({ paging: { previous: links, next: null, current: null }, hub: 'https://hub.example/' });
    const excerpts = excerptEdition(full, { site, sources: new Map(), foundedAs: 'world' });
    expect(excerpts).toMatchObject({
      variant: 'excerpt',
      path: 'feeds/world.excerpt',
      title: 'World – The Daily Confluence (excerpts)',
      feedLinks: {
        atom: 'https://news.example.org/feeds/world.excerpt.atom',
        rss: 'https://news.example.org/feeds/world.excerpt.rss',
        json: 'https://news.example.org/feeds/world.excerpt.json',
      },
      paging: { previous: null, next: null, current: null },
      hub: 'https://hub.example/',
      updated: full.updated,
    });
    expect(excerpts.id).not.toBe(full.id);
    expect(excerpts.id).toBe(excerptEdition(full, { site, sources: new Map(), foundedAs: 'world' }).id);
  });

  test('keeps its id under another name of its topic', () => {
    const given = { site, sources: new Map(), foundedAs: 'world' };
    const renamed = anEdition({ topicId: 'abroad', path: 'feeds/abroad' });
    expect(excerptEdition(renamed, given).id).toBe(excerptEdition(anEdition(), given).id);
    expect(excerptEdition(renamed, { ...given, foundedAs: 'abroad' }).id).not.toBe(excerptEdition(renamed, given).id);
  });

  test('has the same entries under the same ids and dates', () => {
    const { id, published, updated, title } = anEditionEntry();
    expect(excerptOf({})).toMatchObject({ id, published, updated, title });
  });

  test('cuts a full text to as many words as the source allows, as body and as summary', () => {
    const contentHtml = '<p>One <em>two</em> three &amp; four.</p><p>Five six seven.</p>';
    expect(excerptOf({ contentHtml, summary: 'Another summary of it.' })).toMatchObject({
      extent: 'excerpt',
      contentHtml: '<p>One two three &amp; four. Five…</p>',
      summary: 'One two three & four. Five…',
    });
  });

  test('never holds more than the full edition does', () => {
    expect(excerptOf({ extent: 'excerpt', contentHtml: '<p>One two…</p>', summary: 'One two…' })).toMatchObject({
      contentHtml: '<p>One two…</p>',
      summary: 'One two…',
    });
    const link = { extent: 'link', contentHtml: '<p><a href="https://h.example/">H</a></p>', summary: '' } as const;
    expect(excerptOf(link)).toMatchObject(link);
  });

  test('of a source that is no longer listed holds no word', () => {
    const edition = anEdition({ entries: [anEditionEntry({ contentHtml: '<p>One two three.</p>' })] });
    const [entry] = excerptEdition(edition, { site, sources: new Map(), foundedAs: 'world' }).entries;
    expect(entry).toMatchObject({
      summary: '',
      contentHtml: '<p><a href="https://harbour.example/2026/bridge">Harbour News</a></p>',
    });
  });

  test('points to the source where there are no words to show', () => {
    expect(excerptOf({ contentHtml: '<figure><img src="https://h.example/a.png" alt="a"></figure>' })).toMatchObject({
      contentHtml: '<p><a href="https://harbour.example/2026/bridge">Harbour News</a></p>',
      summary: '',
    });
  });

  test('leaves the list of other reports out of the words', () => {
    const contentHtml =
      '<p>One two.</p><h2>More reports</h2><ul><li><a href="https://t.example/">Elsewhere</a> (Times)</li></ul>';
    expect(excerptOf({ contentHtml }).contentHtml).toBe('<p>One two.</p>');
  });
});
