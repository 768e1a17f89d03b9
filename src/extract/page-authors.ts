import type { Person } from '../model/feed.ts';
import { isObject, type JsonObject } from './json-ld.ts';
import type { Metas } from './page-metas.ts';
import { textWithin, type PageModel, type Signal } from './page-model.ts';
import { plainTitle } from './plain-title.ts';

const MOST_AUTHORS = 12;
const AUTHOR_META = [
  'author', 'byl', 'byline', 'sailthru.author', 'parsely-author', 'article:author_name', 'cxenseparse:author', 'dc.creator', 'dcterms.creator',
  'dc.contributor', 'article:author', 'og:article:author', 'book:author', 'rnews:author', 'article.author', 'authors', 'article_author', 'creator', 'vr:author', 'bt:author',
] as const; // prettier-ignore
/** Words of accounts and desks, not of people. */
const NO_PERSON =
  /^(?:admin|administrator|administrador|webmaster|web ?master|editor|editors|editorial|editorial (?:staff|team|board|desk)|staff|staff (?:writer|reporter|author)|redaktion|die redaktion|redaktionsteam|redacci[oó]n|reda[cç][aã]o|redazione|rédaction|la rédaction|redactie|redakcja|redakce|редакция|редактор|news ?desk|newsroom|online|web|wordpress|user|guest|guest (?:author|post|blogger)|author|authors?|unknown|anonymous|none|null|undefined|n\/a|default|test|root|contributor|contributors|team|the team|press release|home|share|by|posted by|view all posts|about|contact|more|follow|subscribe|comments?|date|\d+)$/i;

type Sources = { readonly page: PageModel; readonly metas: Metas; readonly articles: readonly JsonObject[]; readonly siteNames: readonly string[] };

/** Who wrote a page, in the order that it says: names alone, no addresses, no site, no desk. Empty when it is unsure. */
export function pageAuthors({ page, metas, articles, siteNames }: Sources): readonly Person[] {
  const usable = (texts: Iterable<string>): Person[] => peopleOf(texts, siteNames);
  for (const node of articles) {
    const people = usable(namesIn(node['author'] ?? node['creator']));
    if (people.length > 0) return people;
  }
  const citations = usable(metas.all('citation_author').map((name) => name.replace(/^([^,]+), (.+)$/, '$2 $1')));
  if (citations.length > 0) return citations;
  for (const name of AUTHOR_META) {
    const people = usable(metas.all(name));
    if (people.length > 0) return people;
  }
  for (const texts of [markedNames(page, 'sure'), markedNames(page, 'byline')]) {
    const people = usable(texts);
    if (people.length > 0) return people;
  }
  return usable(spokenBylines(page));
}

function* namesIn(value: unknown): Generator<string> {
  for (const item of Array.isArray(value) ? (value as unknown[]).slice(0, 50) : [value]) {
    if (typeof item === 'string') yield item;
    else if (isObject(item)) {
      const type = JSON.stringify(item['@type'] ?? '');
      if (/Organization|NewsMedia/.test(type)) continue;
      const { name } = item;
      for (const inner of Array.isArray(name) ? (name as unknown[]) : [name]) if (typeof inner === 'string') yield inner;
    }
  }
}

/** Elements that say they hold the author's name, near the heading first. */
function* markedNames(page: PageModel, kind: 'sure' | 'byline'): Generator<string> {
  const heading = page.boxes.find(({ name }) => name === 'h1');
  const at = heading?.firstBlock ?? 0;
  const distance = ({ block }: Signal): number => Math.abs(block - at);
  const near = page.signals.filter((signal) => heading === undefined || distance(signal) < 30).sort((a, b) => distance(a) - distance(b));
  const found = new Set<string>();
  let box: number | null = null;
  for (const { node, box: own } of near) {
    const { attribs } = node;
    const names = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`;
    const sure =
      /\bauthor\b/.test(attribs['rel'] ?? '') ||
      /^(?:author|name)$/.test(attribs['itemprop'] ?? '') ||
      /(?:^|[\s_-])(?:author|byline|autor)[\s_-]{0,2}(?:name|link)(?:$|[\s_-])|(?:^|\s)(?:fn|author__name)(?:$|\s)/i.test(names);
    const byline = /(?:^|[\s_-])(?:by-?line|author|authors|autor|post-author|article-author|writer|written-by|by)(?:$|[\s_-])/i.test(names);
    if (attribs['itemprop'] === 'name' && !/author/i.test(parentNames(node))) continue;
    if (kind === 'sure' ? !sure : !byline) continue;
    if (/avatar|bio|description|image|photo|social|count|title|box/i.test(names)) continue;
    const text = attribs['content'] ?? textWithin(node);
    if (text === '' || text.length > 120) continue;
    // The first place that names somebody; other names only of the same place.
    if (box !== null && own !== box && found.size > 0) break;
    box = own;
    found.add(text);
  }
  yield* found;
}

function parentNames({ parent }: { parent: unknown }): string {
  const attribs = isObject(parent) && isObject(parent['attribs']) ? parent['attribs'] : {};
  return `${String(attribs['itemprop'] ?? '')} ${String(attribs['class'] ?? '')}`;
}

/** A short line around the heading that begins with "By". */
function* spokenBylines({ boxes, blocks }: PageModel): Generator<string> {
  const heading = boxes.find(({ name }) => name === 'h1');
  if (heading === undefined) return;
  for (const { text } of blocks.slice(heading.endBlock, heading.endBlock + 10)) {
    const found = /^(?:by|written by|von|par|por|di|door|av|af|text:?|autor:?|author:?)[:\s]\s*(.{3,80})$/iu.exec(text);
    if (found !== null && /^\p{Lu}/u.test(found[1]!)) return yield found[1]!;
  }
}

function peopleOf(texts: Iterable<string>, siteNames: readonly string[]): Person[] {
  const people: Person[] = [];
  const seen = new Set<string>();
  for (const text of texts) {
    for (const part of splitNames(text)) {
      const name = personName(part, siteNames);
      if (name === null || seen.has(name.toLowerCase()) || people.length >= MOST_AUTHORS) continue;
      seen.add(name.toLowerCase());
      people.push({ name, email: null, url: null });
    }
  }
  return people;
}

function splitNames(text: string): string[] {
  const plain = plainTitle(text)
    .replace(/^(?:(?:written|posted|published|reviewed|reported|edited|medically reviewed|story|words|review) )?(?:by|von|par|por|di|door|av|af|text|autor(?:in)?|author|de)\s?[:\s]\s*/i, '')
    .replace(/\s*[|•·–—]\s.*$|\s*\b(?:published|updated|posted|on)\b\s.*\d{4}.*$/i, '')
    .replace(/\s*\((?:[^()]{0,60})\)\s*/g, ' ')
    .replace(/,?\s+(?:for|at|of)\s+(?:the\s+)?[\p{Lu}][^,]{2,40}$/u, '');
  return plain.split(/\s*[,;/|&]\s*|\s+(?:and|und|et|y|e|en|och|og|i|with|mit)\s+/iu).filter((part) => part.trim() !== '');
}

function personName(text: string, siteNames: readonly string[]): string | null {
  const name = plainTitle(text)
    .replace(/^(?:by|von|par|por|mr|mrs|ms|and)\s+/i, '')
    .replace(/^[\s\p{P}]+|[\s,;:|–—-]+$/gu, '');
  const words = name.split(/\s+/);
  if (name.length < 2 || name.length > 60 || words.length > 6) return null;
  if (/https?:|www\.|[@<>{}\\]|\.(?:com|org|net|de|co)\b/i.test(name) || /\d{2}/.test(name) || NO_PERSON.test(name)) return null;
  if (/^(?:[\p{Lu}\d]{1,2}|ph\.?d\.?|m\.?d\.?|jr\.?|esq\.?|mba|rn|cpa|correspondent|reporter|editor|(?:\p{L}+ ){0,3}(?:correspondent|reporter|editor|writer|columnist|journalist|producer|photographer|contributor|staff))$/iu.test(name)) return null;
  const folded = name.toLowerCase();
  return siteNames.some((site) => site === folded) || !/\p{L}{2}|[\u3040-\u9fff]/u.test(name) ? null : name;
}
