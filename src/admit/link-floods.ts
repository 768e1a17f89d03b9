import type { Entry } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { addressMark } from './address-mark.ts';

/** More entries of one document than this, under one address and without a word of their own, are a flood. */
const FLOOD = 100;

/** So many entries of a document that are told as one. */
export type LinkFlood = { readonly link: string; readonly entries: number };

/**
 * A document's entries without floods. Some servers, broken or ill-meaning, serve hundreds of entries with new guids that
 * all lead to one page and say nothing but a title: no text, no date, no enclosure. There is one page to tell of, so the
 * first of them stands for all, and is known by its address, whatever guids come next. Home pages are none: see addressMark.
 */
export function withoutFloods(
  entries: readonly Entry[],
  identity: Source['identity'],
): { readonly entries: readonly Entry[]; readonly floods: readonly LinkFlood[] } {
  const bare = Map.groupBy(entries.filter(isBare), ({ link }) => addressMark(link!));
  const floods = identity === 'title' ? [] : [...bare].filter(([mark, own]) => mark !== null && own.length > FLOOD);
  if (floods.length === 0) return { entries, floods: [] };
  const flooding = new Set(floods.flatMap(([, own]) => own));
  const first = new Set(floods.map(([, own]) => own[0]!));
  return {
    entries: entries.flatMap((entry) =>
      !flooding.has(entry) ? [entry] : first.has(entry) ? [{ ...entry, id: null, idIsPermalink: false }] : [],
    ),
    floods: floods.map(([, own]) => ({ link: own[0]!.link!, entries: own.length })),
  };
}

function isBare({ link, content, summary, published, updated, enclosures }: Entry): boolean {
  const saysNothing = content === null && summary === null && enclosures.length === 0;
  return link !== null && saysNothing && published === null && updated === null;
}
