import { describe, expect, test } from '@jest/globals';
import { allowedText } from '../../src/curate/allowed-extent.ts';
import { composeEdition, composeEntry } from '../../src/curate/compose-edition.ts';
import { NO_CONTEXT } from '../../src/curate/group-articles.ts';
import type { Story, ToldStory } from '../../src/model/story.ts';
import { anArticle, aSource } from '../support/an-entry.ts';
import { aReadySite, aTopic } from '../support/a-topic.ts';

const words = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');
const image = {
  url: 'https://harbour.example/a.jpg',
  width: null,
  height: null,
  type: null,
  alt: 'a',
  caption: 'b',
  credit: 'c',
  licence: null,
};
const article = anArticle({ contentHtml: `<p>${words}</p>`, summary: words, image, wordCount: 200 });

describe('the allowed extent', () => {
  test('full is everything', () => {
    expect(allowedText(article, aSource({ republish: 'full' }), aReadySite())).toMatchObject({
      extent: 'full',
      contentHtml: article.contentHtml,
      image,
    });
  });

  test('full is called an excerpt where we have only the feed’s summary of what stands elsewhere', () => {
    const summarised = { ...article, contentFrom: 'summary' as const };
    const { extent, contentHtml } = allowedText(summarised, aSource({ republish: 'full' }), aReadySite());
    expect([extent, contentHtml]).toEqual(['excerpt', article.contentHtml]);
    const nowhereElse = { ...summarised, link: null, sourceLink: null };
    expect(allowedText(nowhereElse, aSource({ republish: 'full' }), aReadySite()).extent).toBe('full');
  });

  test('excerpt is so many words, in body and summary', () => {
    const { contentHtml, summary } = allowedText(
      article,
      aSource({ republish: 'excerpt', excerptWords: 10 }),
      aReadySite(),
    );
    expect(contentHtml).toBe('<p>word0 word1 word2 word3 word4 word5 word6 word7 word8 word9…</p>');
    expect(summary.split(' ')).toHaveLength(10);
  });

  test('link is not a word and no picture', () => {
    const { contentHtml, summary, image: shown } = allowedText(article, aSource({ republish: 'link' }), aReadySite());
    expect([contentHtml, summary, shown]).toEqual([
      '<p><a href="https://harbour.example/a">Harbour News</a></p>',
      '',
      null,
    ]);
  });

  test('of a source that is no longer listed is a link', () => {
    expect(allowedText(article, null, aReadySite()).extent).toBe('link');
  });

  test('lets an episode of a podcast through with its file, and not where a link is all', () => {
    const episode = { season: 1, number: 2, kind: null, explicit: true, imageUrl: null };
    const talk = anArticle({ episode });
    for (const republish of ['full', 'excerpt'] as const)
      expect(allowedText(talk, aSource({ republish }), aReadySite()).episode).toEqual(episode);
    expect(allowedText(talk, aSource({ republish: 'link' }), aReadySite())).toMatchObject({
      episode: null,
      enclosures: [],
    });
  });

  test('escapes what it cuts', () => {
    const nasty = anArticle({ contentHtml: '<p>a &lt;b&gt; &amp;amp; c</p>' });
    expect(allowedText(nasty, aSource({ republish: 'excerpt' }), aReadySite()).contentHtml).toBe(
      '<p>a &lt;b&gt; &amp;amp; c</p>',
    );
  });
});

describe('an edition', () => {
  const story: Story = {
    id: 'urn:uuid:1',
    path: 'articles/2026/11/a-1.html',
    leadArticleId: article.id,
    articleIds: [article.id],
    topics: [{ topicId: 'world', reason: 'r' }],
    firstSeenAt: article.firstSeenAt,
    published: article.published,
    updated: '2026-11-21T00:00:00Z',
    score: 1,
    eventId: article.id,
    context: NO_CONTEXT,
  };
  const told: ToldStory = {
    story,
    articles: [article, anArticle({ id: 'urn:2', title: 'Other', link: 'https://wire.example/x', sourceId: 'wire' })],
  };
  const context = {
    site: aReadySite(),
    sources: new Map([['harbour', aSource()]]),
    states: new Map(),
    images: new Map(),
    updated: '2026-11-01T00:00:00Z',
  };

  test('is as old as its newest change, and names the other reports', () => {
    const edition = composeEdition(aTopic(), [composeEntry(told, context)], context);
    expect(edition).toMatchObject({ updated: '2026-11-21T00:00:00Z', link: 'https://news.example.org/topics/world/' });
    expect(edition.entries[0]).toMatchObject({
      url: 'https://news.example.org/articles/2026/11/a-1.html',
      sourceUrl: 'https://harbour.example/a',
      otherReports: [{ title: 'Other', url: 'https://wire.example/x' }],
    });
  });

  test('without entries has the date of the founding, and keeps its id when the site moves', () => {
    const empty = composeEdition(aTopic(), [], context);
    const moved = composeEdition(aTopic(), [], { ...context, site: aReadySite({ url: 'https://elsewhere.example/' }) });
    expect([empty.updated, empty.entries, moved.id]).toEqual(['2026-11-01T00:00:00Z', [], empty.id]);
  });
});
