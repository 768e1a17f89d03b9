import { isTag, type Element } from 'domhandler';
import type { Person } from '../../model/feed.ts';
import { isObject, type JsonObject } from './json-ld.ts';
import type { Metas } from './page-metas.ts';
import { textWithin, type Box, type PageModel, type Signal } from './page-model.ts';
import { isHandle, peopleOf } from './read-names.ts';

const AUTHOR_META = [
  'author', 'byl', 'byline', 'sailthru.author', 'parsely-author', 'article:author_name', 'cxenseparse:author', 'dc.creator', 'dcterms.creator',
  'dc.contributor', 'article:author', 'og:article:author', 'book:author', 'rnews:author', 'article.author', 'authors', 'article_author', 'creator', 'vr:author', 'bt:author',
] as const; // prettier-ignore

export type AuthorSigns = {
  readonly page: PageModel;
  readonly metas: Metas;
  readonly articles: readonly JsonObject[];
  /** Names that the site goes by, in lower case: a byline that says one of them names nobody. */
  readonly siteNames: readonly string[];
  readonly heading: Box | null;
};

/**
 * Who wrote a page, in the order that it says: names alone, no addresses, no desk. What the page declares for machines
 * first, unless its own byline says otherwise. Empty when it is unsure.
 */
export function pageAuthors({ page, metas, articles, siteNames, heading }: AuthorSigns): readonly Person[] {
  const declared = firstNamed(articles.map((node) => namesIn(node['author'] ?? node['creator'], 'people')));
  if (declared.length > 0 && !declared.every(isHandle)) return declared;
  const citations = peopleOf(metas.all('citation_author').map((name) => name.replace(/^([^,]+), (.+)$/, '$2 $1')));
  if (citations.length > 0) return citations;
  const inMeta = firstNamed(AUTHOR_META.map((name) => metas.all(name)));
  const marked = peopleOf(markedNames(page, heading, 'sure'), siteNames);
  // A byline that names somebody else than the head does is nearer to the article: the head names the site's owner.
  if (marked.length > 0 && !marked.every(isHandle) && !overlap(marked, inMeta)) return marked;
  if (inMeta.length > 0 && !inMeta.every(isHandle)) return inMeta;
  for (const people of [
    peopleOf(markedNames(page, heading, 'byline'), siteNames),
    peopleOf(spokenBylines(page, heading), siteNames),
    peopleOf(labelledForCards(metas), siteNames),
    declared,
    inMeta,
    marked,
    peopleOf(
      articles.flatMap((node) => [...namesIn(node['author'] ?? node['creator'], 'organizations')]),
      siteNames,
    ),
  ])
    if (people.length > 0) return people;
  return [];
}

function firstNamed(sources: readonly (Iterable<string> | readonly string[])[]): readonly Person[] {
  for (const texts of sources) {
    const people = peopleOf(texts);
    if (people.length > 0) return people;
  }
  return [];
}

function overlap(a: readonly Person[], b: readonly Person[]): boolean {
  const words = new Set(b.flatMap(({ name }) => (name ?? '').toLowerCase().split(/\s+/)));
  return a.some(({ name }) =>
    (name ?? '')
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.length > 2 && words.has(word)),
  );
}

function* namesIn(value: unknown, kind: 'people' | 'organizations'): Generator<string> {
  for (const item of Array.isArray(value) ? (value as unknown[]).slice(0, 50) : [value]) {
    if (typeof item === 'string') {
      if (kind === 'people') yield item;
    } else if (isObject(item)) {
      const isOrganization = /Organization|NewsMedia|Corporation|Brand/.test(JSON.stringify(item['@type'] ?? ''));
      if (isOrganization !== (kind === 'organizations')) continue;
      const { name } = item;
      for (const inner of Array.isArray(name) ? (name as unknown[]) : [name])
        if (typeof inner === 'string') yield inner;
    }
  }
}

/** "Written by" of link cards (`twitter:label1`, `twitter:data1`). */
function* labelledForCards(metas: Metas): Generator<string> {
  for (const number of ['1', '2']) {
    const label = metas.first(`twitter:label${number}`);
    const data = metas.first(`twitter:data${number}`);
    if (
      label !== null &&
      data !== null &&
      /^(?:written by|author|by|verfasst von|geschrieben von|autor|autore|auteur|escrito por|[eé]crit par|scritto da|geschreven door|skriven av|skrevet av|napisane przez)$/i.test(
        label,
      )
    )
      yield data.replace(/\s@\w+$/, '');
  }
}

/** How far from the heading a byline is looked for, in blocks. */
const NEAR = 30;

/** Elements that say they hold the author's name, near the heading first. */
function* markedNames({ signals }: PageModel, heading: Box | null, kind: 'sure' | 'byline'): Generator<string> {
  const at = heading?.firstBlock ?? 0;
  const distance = ({ block }: Signal): number => Math.abs(block - at);
  const near = signals
    .filter((signal) => heading === null || distance(signal) < NEAR)
    .sort((a, b) => distance(a) - distance(b));
  const found = new Set<string>();
  let box: number | null = null;
  for (const { node, box: own } of near) {
    if (kind === 'sure' ? !isSure(node) : !isByline(node)) continue;
    const text = node.attribs['content'] ?? textWithin(node);
    if (text === '' || text.length > 120 || peopleOf([text]).length === 0) continue;
    // The first place that names somebody; other names only of the same place.
    if (box !== null && own !== box) break;
    box = own;
    found.add(text);
  }
  yield* found;
}

const NOT_A_NAME = /avatar|bio|description|image|photo|social|count|title|box|comment|reply|role|job|position/i;

function isSure(node: Element): boolean {
  const { attribs } = node;
  const names = namesOf(node);
  if (NOT_A_NAME.test(names)) return false;
  if (/\bauthor\b/.test(attribs['rel'] ?? '') || attribs['itemprop'] === 'author') return true;
  if (attribs['itemprop'] === 'name') return isWithinAuthor(node);
  return /(?:^|[\s_-])(?:author|byline|autor)[\s_-]{0,2}(?:name|link)(?:$|[\s_-])|(?:^|\s)(?:fn|author__name)(?:$|\s)/i.test(
    names,
  );
}

function isByline(node: Element): boolean {
  const names = namesOf(node);
  if (NOT_A_NAME.test(names)) return false;
  return /(?:^|[\s_-])(?:by-?line|author|authors|autor|autor\w{0,3}|post-author|article-author|writer|written-by|by|posted-by)(?:$|[\s_-])|byline|(?:article|post|entry|story)[_-]?(?:author|autor)/i.test(
    names,
  );
}

function namesOf({ attribs }: Element): string {
  return `${attribs['class'] ?? ''} ${attribs['id'] ?? ''} ${attribs['data-testid'] ?? ''}`;
}

function isWithinAuthor(node: Element): boolean {
  let parent = node.parent;
  for (let steps = 0; parent !== null && isTag(parent) && steps < 4; steps++) {
    if (/author/i.test(`${parent.attribs['itemprop'] ?? ''} ${parent.attribs['class'] ?? ''}`)) return true;
    if (/publisher|organization|location|address/i.test(parent.attribs['itemprop'] ?? '')) return false;
    parent = parent.parent;
  }
  return false;
}

/** A short line around the heading that begins with "By". */
function* spokenBylines({ blocks }: PageModel, heading: Box | null): Generator<string> {
  if (heading === null) return;
  const lines = [
    ...blocks.slice(heading.endBlock, heading.endBlock + 14),
    ...blocks.slice(Math.max(0, heading.firstBlock - 3), heading.firstBlock),
  ];
  for (const { text } of lines) {
    const found =
      /^(?:(?:written|posted|published|words|story|text|reported|eingestellt|geschrieben|escrito|publicado) )?(?:by|von|par|por|di|door|av|af|text|autor(?:in)?|author)(?:[:\s]\s*|(?=\p{Lu}))(.{3,90})$/iu.exec(
        text,
      );
    if (found !== null && /^\p{Lu}/u.test(found[1]!) && peopleOf([found[1]!]).length > 0) {
      yield found[1]!;
      return;
    }
  }
}
