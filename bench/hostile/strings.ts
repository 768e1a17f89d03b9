import { slugOf } from '../../src/support/slug.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';
import { entriesOf } from './published-entry.ts';
import { readTopics } from './read-topics.ts';
import { casesIn, verdictOf, type Verdict } from './verdict.ts';

type Case = {
  readonly id: string;
  readonly text: string;
  readonly expect: {
    readonly title: { readonly noRegex: string };
    readonly slug: { readonly regex: string; readonly notIn: readonly string[] };
  };
};

/** Each string as an entry's title, author and category and as a topic's title, published; and as the name of a topic. */
export async function* strings(): AsyncIterable<Verdict> {
  for (const one of casesIn<Case>('strings.jsonl')) {
    yield verdictOf(one.id, [
      ...(await publishedFaults(one)),
      topicTitleFault(one),
      topicNameFault(one),
      slugFault(one),
    ]);
  }
}

async function publishedFaults({ text, expect }: Case): Promise<(string | null)[]> {
  const topicTitle = 'order' in readTopics([{ id: 'news', title: text }]) ? text.trim() : 'News';
  await using newsroom = await openNewsroom({ sourceIds: ['a'], source: { content: 'feed' }, topicTitle });
  const item = {
    id: '1',
    url: 'https://a.example/1',
    title: text,
    authors: [{ name: text }],
    tags: [text],
    content_text: 'The harbour bridge opens after three years.',
  };
  const feed = { version: 'https://jsonfeed.org/version/1.1', title: text, items: [item] };
  const { refresh, published } = await newsroom.poll({
    sourceId: 'a',
    body: new TextEncoder().encode(JSON.stringify(feed)),
    contentType: 'application/feed+json',
    pages: {},
  });
  const [entry] = entriesOf(newsroom.files.get('feeds/news.json'));
  if (entry === undefined)
    return [refresh.reason ?? 'the entry is not published', ...published.refused.map(({ reason }) => reason)];
  return [
    ...published.refused.map(({ reason }) => reason),
    ...forbiddenIn(newsroom, new RegExp(expect.title.noRegex, 'i')),
    sameText('title', text, entry.title),
    // What is no person's name is not taken for one: then the publisher is credited.
    ...(entry.authors ?? []).map(({ name }) => (name === 'Source a' ? null : sameText('author', text, name))),
    ...(entry.tags ?? []).map((tag) => sameText('category', text, tag)),
  ];
}

function forbiddenIn({ files }: Newsroom, forbidden: RegExp): (string | null)[] {
  return [...files]
    .filter(([path]) => /\.(?:atom|rss|json|html|xml|opml)$/.test(path))
    .map(([path, content]) => {
      const found = forbidden.exec(content);
      return found === null ? null : `${path} holds ${JSON.stringify(found[0])}`;
    });
}

/** The text that people see is the one that came, what no title may hold apart; what is too long is cut. */
function sameText(what: string, came: string, shown: string): string | null {
  if (shown === '') return `the ${what} is empty`;
  const [expected, found] = [visible(came), visible(shown.replace(/…$/, ''))];
  if (expected === '' || found === expected) return null;
  const isCut = shown.endsWith('…') && found.length > 150 && expected.startsWith(found);
  return isCut ? null : `the ${what} ${JSON.stringify(came.slice(0, 60))} became ${JSON.stringify(shown.slice(0, 60))}`;
}

/** Letters and signs alone: no controls, bidi marks or other invisible characters, no lone surrogates, no marks, no space. */
function visible(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replaceAll(/[\p{C}\p{Z}\p{M}\ufffd\u2028\u2029]/gu, '')
    .replace(/…$/, '');
}

/** A topic's title is shown as it is, or refused with its place. */
function topicTitleFault({ text }: Case): string | null {
  const reading = readTopics([{ id: 'news', title: text }]);
  if ('order' in reading) return null;
  return reading.faults.every(({ path, message }) => path === 'topics[0].title' && message !== '')
    ? null
    : `as a topic's title: ${JSON.stringify(reading.faults)}`;
}

/** As a topic's name it is refused with its place, or of the shape that the corpus asks for. */
function topicNameFault({ text, expect: { slug } }: Case): string | null {
  const reading = readTopics([{ id: text, title: 'News' }]);
  if ('order' in reading) {
    const [{ id } = { id: '' }] = reading.order.topics;
    return new RegExp(slug.regex).test(id) && !slug.notIn.includes(id) ? null : `"${id}" is taken as a topic's name`;
  }
  return reading.faults.every(({ path }) => path === 'topics[0].id')
    ? null
    : `as a topic's name: ${JSON.stringify(reading.faults)}`;
}

function slugFault({ text, expect: { slug } }: Case): string | null {
  const made = slugOf(text, 'urn:example:1');
  return new RegExp(slug.regex).test(made) && !slug.notIn.includes(made) ? null : `"${made}" as a part of a path`;
}
