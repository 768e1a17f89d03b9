import { changeTold, type Article, type ChangeKind, type Correction } from '../model/article.ts';
import type { Instant } from '../support/instant.ts';
import { changeBetween } from './change-kind.ts';

/** A line in which a publisher says that he has corrected something. */
const SAYS_CORRECTION =
  /^[\p{P}\p{S}\s]{0,4}(?:corrections?|correction notice|corrected|clarifications?|editor'?s'? note|this (?:article|story|post) (?:has been|was) (?:corrected|amended|updated)|an earlier version of this|korrektur|berichtigung|richtigstellung|anmerkung der redaktion|correction ?:|rectificatif|erratum|errata|correcci[oó]n|fe de erratas|nota del editor|corre[cç][aã]o|errata corrige|rectificatie|correctie|r[aä]ttelse|rettelse|oikaisu|sprostowanie|исправление|уточнение|訂正|更正|정정)/iu;
const LONGEST_NOTE = 400;

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

/** What readers are told of a changed version: the publisher's own words where he says some, else what kind of change it was. */
export function correctionOf(
  before: { readonly title: string; readonly text: string },
  after: { readonly title: string; readonly text: string },
  at: Instant,
): Correction | null {
  const changed = changeBetween(before.text, after.text);
  if (!isReal(changed))
    return isReal(changeBetween(before.title, after.title))
      ? { at, kind: 'correction', note: 'The headline was changed.' }
      : null;
  const known = new Set(before.text.split('\n'));
  const said = after.text
    .split('\n')
    .find((line) => SAYS_CORRECTION.test(line) && !known.has(line) && line.length > 15);
  if (said === undefined) return { at, kind: changed, note: changeTold(changed) };
  const note = said.length > LONGEST_NOTE ? `${said.slice(0, said.lastIndexOf(' ', LONGEST_NOTE))}…` : said;
  return { at, kind: 'correction', note };
}

function isReal(change: ChangeKind | null): change is Correction['kind'] {
  return change !== null && change !== 'cosmetic';
}
