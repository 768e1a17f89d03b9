import type { Document, Element } from 'domhandler';
import type { SourceSign } from '../../model/article.ts';
import { articleNodes, isObject, linked, parseJsonLd, type JsonObject } from '../page/json-ld.ts';
import { walk, type PageModel } from '../page/page-model.ts';

/** What a page declares of where it came from, addresses as they stand. */
export type DeclaredSources = {
  readonly sources: readonly DeclaredSource[];
  readonly canonical: string | null;
  readonly base: string | null;
  /** The one article that the page's data cite, if they cite one and no more. */
  readonly cited: string | null;
};

export type DeclaredSource = { readonly url: string; readonly name: string | null; readonly foundBy: SourceSign };

type Head = {
  readonly metas: readonly Element[];
  readonly links: readonly Element[];
  readonly based: readonly Element[];
  readonly base: string | null;
};

const SOURCE_META =
  /^(?:original-source|original_source|syndication-source|source-url|source_url|article:original_source|og:original_source|dc\.source|dcterms\.source|dc\.source\.url|citation_source|news:original-source|parsely-original-link|canonical-source)$/;
const SOURCE_REL = /(?:^|\s)(?:original|original-source|syndication-source|source|via)(?:\s|$)/;

/** Of a page that was read already, with the articles of its JSON-LD. */
export function declaredInPage(
  { metas, links, signals, baseHref }: PageModel,
  articles: readonly JsonObject[],
): DeclaredSources {
  return declaredIn(
    { metas, links, based: signals.map(({ node }) => node).filter(isBasedOn), base: baseHref },
    articles,
  );
}

/** Of a tree alone. */
export function declaredInTree(tree: Document): DeclaredSources {
  const metas: Element[] = [];
  const links: Element[] = [];
  const based: Element[] = [];
  const scripts: string[] = [];
  let base: string | null = null;
  walk(tree, {
    enter: (node) => {
      if (node.name === 'meta') metas.push(node);
      else if (node.name === 'link') links.push(node);
      else if (node.name === 'base') base ??= node.attribs['href'] ?? null;
      else if (node.name === 'script' && /ld\+json/i.test(node.attribs['type'] ?? '')) scripts.push(scriptText(node));
      if (isBasedOn(node)) based.push(node);
      return node.name !== 'script' && node.name !== 'style';
    },
    leave: () => {},
    text: () => {},
  });
  return declaredIn({ metas, links, based, base }, articleNodes(parseJsonLd(scripts)));
}

function declaredIn({ metas, links, based, base }: Head, articles: readonly JsonObject[]): DeclaredSources {
  const sources: DeclaredSource[] = [];
  const add = (url: string | undefined, foundBy: SourceSign): void => {
    if (url !== undefined && url.trim() !== '') sources.push({ url: url.trim(), name: null, foundBy });
  };
  for (const { attribs } of metas) {
    const name = (attribs['name'] ?? attribs['property'] ?? '').toLowerCase();
    if (SOURCE_META.test(name)) add(attribs['content'], 'declared-source');
  }
  let canonical: string | null = null;
  const ownAddress =
    metas.find(({ attribs }) => /^og:url$/i.test(attribs['property'] ?? ''))?.attribs['content'] ?? null;
  for (const { attribs } of links) {
    const rel = (attribs['rel'] ?? '').toLowerCase();
    if (/(?:^|\s)canonical(?:\s|$)/.test(rel)) canonical ??= attribs['href'] ?? null;
    else if (SOURCE_REL.test(rel)) add(attribs['href'], 'declared-source');
  }
  for (const { attribs } of based) add(attribs['href'] ?? attribs['content'], 'based-on');
  for (const node of articles)
    for (const property of BASED_ON)
      for (const { url, name } of linked(articlesIn(node[property]))) sources.push({ url, name, foundBy: 'based-on' });
  return { sources, canonical: canonical ?? ownAddress, base, cited: citedBy(articles) };
}

/** Properties of an article's data that name what it was made from or passes on. */
const BASED_ON = ['isBasedOn', 'isBasedOnUrl', 'translationOfWork', 'sharedContent'];
/** What an article uses without being taken from it. */
const NO_ARTICLE =
  /(?:Dataset|Software\w*|Product|Book|ImageObject|Map|ScholarlyArticle|MedicalScholarlyArticle|Movie|Recording)$/;
/** The name of a study, as a list of literature has it. */
const LITERATURE = /\bet al\b|\(\d{4}\)\s*:|\bdoi\b|\bISBN\b|abgerufen am|retrieved (?:on|from)|consult[eé]e? le/i;
const ARTICLE = /(?:^|[/#:])(?:\w*NewsArticle|Article|BlogPosting|Report|SocialMediaPosting)$/;

function articlesIn(value: unknown): unknown[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (item) =>
      !isObject(item) ||
      (!(typeof item['@type'] === 'string' && NO_ARTICLE.test(item['@type'])) &&
        !(typeof item['name'] === 'string' && LITERATURE.test(item['name']))),
  );
}

function citedBy(articles: readonly JsonObject[]): string | null {
  const values = articles.map((node) => node['citation']).filter((value) => value !== undefined);
  const [only, ...more] = values.flat();
  if (!isObject(only) || more.length > 0) return null;
  return typeof only['@type'] === 'string' && ARTICLE.test(only['@type']) ? (linked(only)[0]?.url ?? null) : null;
}

function isBasedOn({ attribs }: Element): boolean {
  return /^isBasedOn(?:Url)?$/.test(attribs['itemprop'] ?? '');
}

function scriptText({ firstChild }: Element): string {
  return firstChild !== null && 'data' in firstChild ? firstChild.data : '';
}
