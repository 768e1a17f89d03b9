import type { Entry } from '../model/feed.ts';
import type { Alias } from '../model/ledger.ts';
import type { Source } from '../model/source.ts';
import { sha256 } from '../support/hash.ts';
import { foldedWords } from '../support/words.ts';
import { addressMark } from './address-mark.ts';

const NAME_LENGTH = 200;

/**
 * One mark of an entry, and what it is worth. `guid` a guid of the entry's own, `shared-guid` one that other entries of
 * the document have too, `link` a link of its own, `link-and-more` its link together with its date (or its title, where
 * there is no date), `title` title and date, `whole` all that the publisher said.
 */
export type Mark = { readonly alias: Alias; readonly says: MarkKind };
export type MarkKind = 'guid' | 'shared-guid' | 'link' | 'link-and-more' | 'title' | 'whole';

/** By what an entry is known again. */
export type EntryMarks = {
  readonly entry: Entry;
  /** What its id is minted from: the upstream id, the link, or a digest of title and date. */
  readonly entryId: string;
  /** The first stands for the entry's id, the last is `whole`. */
  readonly marks: readonly Mark[];
  /** The aliases of the marks: what the ledger is to be asked for. */
  readonly aliases: readonly Alias[];
  /** Its guid, where that is a word of its own: not shared, and not merely the address of its link. */
  readonly ownGuid: string | null;
  /** Its link as it is compared; null where it has none of its own. */
  readonly link: string | null;
  readonly digest: string;
};

/**
 * The marks of a feed's readable entries, in their order. An entry that the document repeats, the same in everything,
 * comes once: how many were repeated is the difference of the lengths. A link counts only if it belongs to one entry of
 * the document, however it is written, and is no home page. Titles count under the policy `title`, and where an entry
 * has no guid of its own. What the marks are worth against each other: see claimKnown and docs/notes/identity.md.
 */
export function entryMarks(entries: readonly Entry[], identity: Source['identity']): EntryMarks[] {
  const byDigest = new Map(entries.map((entry) => [digestOf(entry), entry]));
  const once = [...byDigest].map(([digest, entry]) => ({
    entry,
    digest,
    address: entry.link === null ? null : addressMark(entry.link),
  }));
  const linkUses = countOf(once.map(({ address }) => address));
  const idUses = countOf(once.map(({ entry }) => entry.id));
  return once.map(({ entry, digest, address }) => {
    const link = address !== null && linkUses.get(address) === 1 ? address : null;
    const sharesId = entry.id !== null && idUses.get(entry.id) !== 1;
    return marksOf(entry, { identity, digest, link, sharesId });
  });
}

function countOf(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

type Standing = {
  readonly identity: Source['identity'];
  readonly digest: string;
  readonly link: string | null;
  readonly sharesId: boolean;
};

function marksOf(entry: Entry, { identity, digest, link: itsLink, sharesId }: Standing): EntryMarks {
  const guid = identity === 'guid' ? entry.id : null;
  const link = identity === 'title' ? null : itsLink;
  const saysMore = guid !== null && (link === null || addressMark(guid) !== link);
  const marks: Mark[] = [];
  if (guid !== null) marks.push({ alias: { kind: 'guid', value: guid }, says: sharesId ? 'shared-guid' : 'guid' });
  if (link !== null) marks.push({ alias: { kind: 'link', value: link }, says: 'link' });
  const more = link !== null && saysMore ? linkAndMore(entry, link) : null;
  if (more !== null) marks.push({ alias: { kind: 'title', value: more }, says: 'link-and-more' });
  if (guid === null || sharesId)
    marks.push({ alias: { kind: 'title', value: titleAndDate(entry, identity) }, says: 'title' });
  marks.push({ alias: { kind: 'title', value: `whole:${digest}` }, says: 'whole' });
  return {
    entry,
    entryId: entryIdOf(entry, marks[0]!.alias),
    marks,
    aliases: marks.map(({ alias }) => alias),
    ownGuid: saysMore && !sharesId ? guid : null,
    link,
    digest,
  };
}

/**
 * The entry's permanent id: atom:id, RSS guid or JSON Feed id as it stands (RFC 4287 §4.2.6.1); else the link; else a
 * digest of title and date. Never made from the content: an edited article would come back as new. Under the policies
 * `link` and `title` that mark goes first.
 */
function entryIdOf(entry: Entry, { kind, value }: Alias): string {
  return kind === 'title' ? `title:${sha256(value)}` : kind === 'link' ? entry.link! : value;
}

/**
 * The second agreement that a link needs where the guids differ: the moment of publication, else (no date, or a day
 * alone, at midnight) date and title. No word of a title begins like it.
 */
function linkAndMore(entry: Entry, link: string): string | null {
  const { published } = entry;
  if (published !== null && !published.includes('T00:00:00')) return `link-and-date:${sha256(`${link} ${published}`)}`;
  const name = nameOf(entry);
  if (name === null) return null;
  return `link-and-title:${sha256(`${link} ${published ?? ''} ${titleMark(name)}`)}`;
}

function titleAndDate(entry: Entry, identity: Source['identity']): string {
  const name = titleMark(nameOf(entry) ?? entry.id ?? entry.link ?? '');
  return identity === 'title' ? name : `${entry.published ?? ''} ${name}`;
}

/** A title, or in its place the beginning of the text: micro-blogs have no titles. */
function nameOf({ title, content, summary }: Entry): string | null {
  return title ?? content?.value.slice(0, NAME_LENGTH) ?? summary?.value.slice(0, NAME_LENGTH) ?? null;
}

/** Whether there is nothing to know an entry by, and nothing to show of it: no id, no link, no title, no text. */
export function isUnreadable(entry: Entry): boolean {
  return entry.id === null && entry.link === null && nameOf(entry) === null;
}

function titleMark(title: string): string {
  const words = foldedWords(title).join(' ');
  return words === '' ? title : words;
}

/** SHA-256 over all that the publisher said of the entry: what has the same digest needs no work. */
function digestOf(entry: Entry): string {
  return sha256(JSON.stringify(entry));
}
