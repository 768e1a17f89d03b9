import type { Article, Correction } from '../model/article.ts';
import type { Instant } from '../support/instant.ts';
import { foldedWords } from '../support/words.ts';
import { bodyText } from './body/body-text.ts';

/** How a text differs from what it was: not at all, by words added, or by words that are others now. */
export type TextChange = 'same' | 'extended' | 'corrected';

/** A line in which a publisher says that he has corrected something. */
const SAYS_CORRECTION =
  /^[\p{P}\p{S}\s]{0,4}(?:corrections?|correction notice|corrected|clarifications?|editor'?s'? note|this (?:article|story|post) (?:has been|was) (?:corrected|amended|updated)|an earlier version of this|korrektur|berichtigung|richtigstellung|anmerkung der redaktion|correction ?:|rectificatif|erratum|errata|correcci[oó]n|fe de erratas|nota del editor|corre[cç][aã]o|errata corrige|rectificatie|correctie|r[aä]ttelse|rettelse|oikaisu|sprostowanie|исправление|уточнение|訂正|更正|정정)/iu;
const LONGEST_NOTE = 400;

/** Compares two versions by their words alone: markup, white space, capitals, punctuation and diacritics do not count. */
export function compareTexts(before: string, after: string): TextChange {
  const [old, now] = [foldedWords(before), foldedWords(after)];
  if (old.length === now.length && old.every((word, index) => word === now[index])) return 'same';
  let at = 0;
  for (const word of now) if (word === old[at]) at++;
  return at === old.length ? 'extended' : 'corrected';
}

/**
 * The moment of the last change that a reader would care about (RFC 4287 §4.2.15): it moves only when words of title or
 * body have changed. Then to what the entry says, if that lies between the last change and now, else to now.
 */
export function updatedAt(
  previous: Article,
  changed: boolean,
  { entryUpdated, now }: { readonly entryUpdated: Instant | null; readonly now: Instant },
): Instant {
  if (!changed) return previous.updated;
  if (entryUpdated !== null && entryUpdated > previous.updated && entryUpdated <= now) return entryUpdated;
  return now > previous.updated ? now : previous.updated;
}

/** What readers are told of a changed body: the publisher's own words where he says some, else what kind of change it was. */
export function correctionOf(previous: Article, text: string, at: Instant): Correction | null {
  const before = bodyText(previous.contentHtml);
  const change = compareTexts(before, text);
  if (change === 'same') return null;
  const known = new Set(before.split('\n'));
  const said = text.split('\n').find((line) => SAYS_CORRECTION.test(line) && !known.has(line) && line.length > 15);
  if (said !== undefined)
    return { at, note: said.length > LONGEST_NOTE ? `${said.slice(0, said.lastIndexOf(' ', LONGEST_NOTE))}…` : said };
  return { at, note: change === 'extended' ? 'The text was extended.' : 'The text was changed.' };
}
