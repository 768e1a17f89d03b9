import type { Declaration } from '../../model/article.ts';
import { isRslType } from '../../model/rsl.ts';
import type { PageMetadata } from './page-metadata.ts';
import { robotsWords } from './robots-words.ts';

/** What a page's answer said of its use, as it stood: X-Robots-Tag, and Link (RFC 8288). */
export type HeaderTerms = { readonly robots: string | null; readonly links: string | null };

const LONGEST = 4000;
const MOST_LINKS = 20;

/** What a page says of itself, with what was said of it on the way. */
export function withHeaderTerms(metadata: PageMetadata, headers: HeaderTerms | null, url: string): PageMetadata {
  if (headers === null) return metadata;
  const licences = licencesOf(headers.links ?? '', url);
  const words = robotsWords(wordsForAll(headers.robots ?? ''));
  const told: Declaration[] = [
    ...licences.map((one): Declaration =>
      one.isRsl
        ? { by: 'page', kind: 'rsl', terms: { url: null, server: null, file: one.url, licences: [] } }
        : { by: 'page', kind: 'licence', url: one.url },
    ),
    ...(words === null ? [] : [words]),
  ];
  if (told.length === 0) return metadata;
  const declared = [...new Map([...metadata.declared, ...told].map((one) => [JSON.stringify(one), one])).values()];
  return { ...metadata, licence: metadata.licence ?? licences[0]?.url ?? null, declared };
}

/** Names that have a value of their own; what else stands before a colon is a robot, which the words behind it are for. */
const WITH_VALUE = /^(?:max-snippet|max-image-preview|max-video-preview|unavailable_after)$/i;

function wordsForAll(header: string): string[] {
  let forOne = false;
  return header
    .slice(0, LONGEST)
    .split(',')
    .flatMap((part) => {
      const name = /^\s*([\w-]+)\s*:/.exec(part)?.[1];
      if (name !== undefined && !WITH_VALUE.test(name)) forOne = true;
      return forOne ? [] : part;
    });
}

function licencesOf(header: string, base: string): { readonly url: string; readonly isRsl: boolean }[] {
  const links = [...header.slice(0, LONGEST).matchAll(/<([^<>]*)>([^<]*)/g)].slice(0, MOST_LINKS);
  const found = links.flatMap(([, target = '', parameters = '']) => {
    if (!/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?license(?:\s[^"]*)?"|license\b)/i.test(parameters)) return [];
    const address = URL.parse(target.trim(), base);
    if (address === null || !/^https?:$/.test(address.protocol)) return [];
    const type = /;\s*type\s*=\s*"?([^";,]*)/i.exec(parameters)?.[1] ?? '';
    return [{ url: address.href, isRsl: isRslType(type) }];
  });
  return found.toSorted((a, b) => Number(a.isRsl) - Number(b.isRsl));
}
