import type { Document, Element } from 'domhandler';
import { articleNodes, linked, parseJsonLd } from './json-ld.ts';
import { walk } from './page-model.ts';

/** What a page declares of where it came from, addresses as they stand. */
export type DeclaredSources = {
  readonly sources: readonly { readonly url: string; readonly name: string | null; readonly foundBy: string }[];
  readonly canonical: string | null;
  readonly base: string | null;
};

const SOURCE_META =
  /^(?:original-source|original_source|syndication-source|source-url|source_url|article:original_source|og:original_source|dc\.source|dcterms\.source|dc\.source\.url|citation_source|news:original-source|parsely-original-link|canonical-source)$/;
const SOURCE_REL = /(?:^|\s)(?:original|original-source|syndication-source|source|via)(?:\s|$)/;

const remembered = new WeakMap<Document, DeclaredSources>();

/** Reads the head, `itemprop`s and JSON-LD of a page once. */
export function declaredSources(tree: Document): DeclaredSources {
  const known = remembered.get(tree);
  if (known !== undefined) return known;
  const read = readDeclared(tree);
  remembered.set(tree, read);
  return read;
}

function readDeclared(tree: Document): DeclaredSources {
  const sources: { url: string; name: string | null; foundBy: string }[] = [];
  const scripts: string[] = [];
  let canonical: string | null = null;
  let base: string | null = null;
  const add = (url: string | undefined, foundBy: string): void => {
    if (url !== undefined && url.trim() !== '') sources.push({ url: url.trim(), name: null, foundBy });
  };
  walk(tree, {
    enter: (node: Element) => {
      const { name, attribs } = node;
      if (name === 'meta' && SOURCE_META.test((attribs['name'] ?? attribs['property'] ?? '').toLowerCase()))
        add(attribs['content'], `the page’s ${(attribs['name'] ?? attribs['property'])!.toLowerCase()}`);
      if (name === 'link') {
        const rel = (attribs['rel'] ?? '').toLowerCase();
        if (/(?:^|\s)canonical(?:\s|$)/.test(rel)) canonical ??= attribs['href'] ?? null;
        else if (SOURCE_REL.test(rel)) add(attribs['href'], `the page’s ${rel} link`);
      }
      if (name === 'base') base ??= attribs['href'] ?? null;
      if (/^(?:isBasedOn|isBasedOnUrl)$/.test(attribs['itemprop'] ?? '')) add(attribs['href'] ?? attribs['content'], 'the page’s isBasedOn');
      if (name === 'script' && /ld\+json/i.test(attribs['type'] ?? '')) scripts.push(scriptText(node));
      return name !== 'script' && name !== 'style';
    },
    leave: () => {},
    text: () => {},
  });
  for (const node of articleNodes(parseJsonLd(scripts)))
    for (const key of ['isBasedOn', 'isBasedOnUrl']) for (const { url, name } of linked(node[key])) sources.push({ url, name, foundBy: 'the page’s isBasedOn' });
  return { sources, canonical, base };
}

function scriptText(node: Element): string {
  const first = node.firstChild;
  return first !== null && 'data' in first ? String(first.data) : '';
}
