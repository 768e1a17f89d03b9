import type { Entry } from '../model/feed.ts';
import type { Alias } from '../model/ledger.ts';
import type { Source } from '../model/source.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { sha256 } from '../support/hash.ts';
import { foldedWords } from '../support/words.ts';

const NAME_LENGTH = 200;

/** By what an entry is known again: `entryId` is the mark that its id is minted from, `aliases` all of its marks. */
export type EntryMarks = {
  readonly entry: Entry;
  readonly entryId: string;
  readonly aliases: readonly Alias[];
  readonly digest: string;
};

/**
 * The marks of a feed's readable entries. A link counts only if it belongs to one entry of the document and is no home page:
 * some feeds give all their entries the same link. Titles count under the
 * policy `title`, and where an entry has no link and no guid of its own.
 */
export function entryMarks(entries: readonly Entry[], identity: Source['identity']): EntryMarks[] {
  const linkUses = countOf(entries.map(({ link }) => link));
  const idUses = countOf(entries.map(({ id }) => id));
  return entries.map((entry) => {
    const link = entry.link !== null && linkUses.get(entry.link) === 1 ? linkMark(entry.link) : null;
    const ownId = entry.id !== null && idUses.get(entry.id) === 1;
    const byTitle = identity === 'title' || (link === null && !ownId);
    return {
      entry,
      entryId: entryIdOf(entry, identity),
      aliases: aliasesOf(entry, { link, byTitle, identity }),
      digest: digestOf(entry),
    };
  });
}

function countOf(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * The entry's permanent id: atom:id, RSS guid or JSON Feed id as it stands (RFC 4287 §4.2.6.1); else the link; else a
 * digest of title and date. Never made from the content: an edited article would come back as new. Under the policies
 * `link` and `title` that mark goes first.
 */
function entryIdOf(entry: Entry, identity: Source['identity']): string {
  const byTitle = `title:${sha256([nameOf(entry) ?? '', entry.published ?? ''].join('\u0000'))}`;
  if (identity === 'title' && entry.title !== null) return `title:${sha256(titleMark(entry.title))}`;
  if (identity === 'link' && entry.link !== null) return entry.link;
  return entry.id ?? entry.link ?? byTitle;
}

function aliasesOf(
  entry: Entry,
  marks: { readonly link: string | null; readonly byTitle: boolean; readonly identity: Source['identity'] },
): Alias[] {
  const aliases: Alias[] = [];
  if (entry.id !== null && marks.identity === 'guid') aliases.push({ kind: 'guid', value: entry.id });
  if (marks.link !== null && marks.identity !== 'title') aliases.push({ kind: 'link', value: marks.link });
  const name = nameOf(entry);
  if (name !== null && marks.byTitle) {
    const dated = marks.identity === 'title' ? '' : `${entry.published ?? ''} `;
    aliases.push({ kind: 'title', value: dated + titleMark(name) });
  }
  return aliases;
}

/** A title, or in its place the beginning of the text: micro-blogs have no titles. */
function nameOf({ title, content, summary }: Entry): string | null {
  return title ?? content?.value.slice(0, NAME_LENGTH) ?? summary?.value.slice(0, NAME_LENGTH) ?? null;
}

/** Whether there is nothing to know an entry by, and nothing to show of it: no id, no link, no title, no text. */
export function isUnreadable(entry: Entry): boolean {
  return entry.id === null && entry.link === null && nameOf(entry) === null;
}

/** A link without what moves between polls: scheme and tracking parameters. Null for a home page. */
function linkMark(link: string): string | null {
  const address = canonicalAddress(link);
  if (!URL.canParse(address)) return link;
  const { pathname, search } = new URL(address);
  if (pathname === '/' && search === '') return null;
  return address.replace(/^https?:\/\/(?:www\.)?/, '');
}

function titleMark(title: string): string {
  const words = foldedWords(title).join(' ');
  return words === '' ? title : words;
}

/** SHA-256 over all that the publisher said of the entry: what has the same digest needs no work. */
function digestOf(entry: Entry): string {
  return sha256(JSON.stringify(entry));
}
