import type { Document, Element } from 'domhandler';
import type { SourceSign } from '../model/article.ts';
import { articleNodes, linked, parseJsonLd, type JsonObject } from './json-ld.ts';
import { walk, type PageModel } from './page-model.ts';

/** What a page declares of where it came from, addresses as they stand. */
export type DeclaredSources = {
  readonly sources: readonly DeclaredSource[];
  readonly canonical: string | null;
  readonly base: string | null;
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
  for (const { attribs } of links) {
    const rel = (attribs['rel'] ?? '').toLowerCase();
    if (/(?:^|\s)canonical(?:\s|$)/.test(rel)) canonical ??= attribs['href'] ?? null;
    else if (SOURCE_REL.test(rel)) add(attribs['href'], 'declared-source');
  }
  for (const { attribs } of based) add(attribs['href'] ?? attribs['content'], 'based-on');
  for (const node of articles)
    for (const value of [node['isBasedOn'], node['isBasedOnUrl']])
      for (const { url, name } of linked(value)) sources.push({ url, name, foundBy: 'based-on' });
  return { sources, canonical, base };
}

function isBasedOn({ attribs }: Element): boolean {
  return /^isBasedOn(?:Url)?$/.test(attribs['itemprop'] ?? '');
}

function scriptText({ firstChild }: Element): string {
  return firstChild !== null && 'data' in firstChild ? firstChild.data : '';
}
