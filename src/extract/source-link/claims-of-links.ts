import { dashed, type PageLink, type PageText } from './page-links.ts';
import {
  APPEARED_FIRST,
  AT_FIRST,
  BARE_LABEL,
  CLAUSE_AFTER,
  FIRST_REPORTED,
  NAMES_THE_ORIGINAL,
  OFFERS_SOMETHING,
  OF_THIS_ARTICLE,
  SAYS_HERE,
  THE_POST,
  WAS_PUBLISHED,
} from './source-sentences.ts'; // prettier-ignore
import {
  CLAUSE_BEFORE, LABEL_ALONE, LABEL_AND_SIGN, LABEL_BEFORE, LINK_SAYS, NAMES_NOTHING, OF_A_PICTURE,
} from './source-words.ts'; // prettier-ignore
import { afterLink, beforeLink, sinceLastLink } from './where-claims-stand.ts';

/**
 * That a link leads to the source. `says`: the link's own words; `label`: a label before it; `clause`: a sentence that
 * ends in it; `class`: its class names alone; `inline`: words that may as well speak of something else. The stronger,
 * the surer.
 */
export type Claim = {
  readonly strength: number;
  readonly name: string | null;
  readonly kind: 'says' | 'label' | 'clause' | 'class' | 'inline';
  /** A credit, which may be a picture's. */
  readonly isCredit?: boolean;
};

/** A text that is longer is no name and no "Go to source". */
const LONGEST_SAYING = 160;
const WEAK_LABEL =
  /^(?:link|url|from|more|read more|full|via|theo|font|vir|参考|引用|자료|credits?|published in|publicado e[nm])/;
/** Phrases that an article also uses of a document that it speaks of. */
const LOOSE_SAYING =
  /\b(?:report|text|version|page|content|publication|announcement|list|item|entry|website|site|column|interview)\b|^(?:source|original|full|external|link|quelle|fuente|fonte|bron|출처|来源|出典)$/;
/** Without one of these no clause is worth looking for. */
const TELLS_OF_PUBLISHING =
  /publi|appear|posted|print|syndic|translat|reported|erschien|ver[oö]ffent|paru|pubblic|verschen|публик|перевод|опублік|转载|转自|原载|首发|نشر|yay[iı]n|terbit|tayang/;
/** A note on where an article was published first is no longer. */
const LONGEST_NOTE = 220;
const BEGINS_WITH_IT = new RegExp(`^[^\\p{L}]{0,4}(?:${AT_FIRST.source}|${WAS_PUBLISHED.source})`, 'u');
/** No clause is longer. */
const LONGEST_CLAUSE = 100;
/** What stands in the place of a post that is shown in the midst of an article. */
const EMBEDDED_POST = /^(?:view|see|watch) this (?:post|photo|video|reel|profile|thread|story) (?:on|at)\b/;
const NAMES_OF_SOURCES =
  /-(?:source-link|sourcelink|source-url|original-link|original-article|original-source|read-original|view-original|go-to-source|article-source|post-source|entry-source|syndication-source|external-source|btn-source|source-btn|source-button|source-name|story-source|news-source)-/;
/** Between a source's home page and its article, named one behind the other. */
const AND = /^[\s,;:/|·•–—(-]{0,4}(?:and|und|et|y|e|en|och|og|и|i)?[\s"„“«(]{0,3}$/iu;

/**
 * What is said of a link. `before`: the last link of which anything was said. In the midst of a long text (`isMidway`)
 * labels and sentences speak of a passage: there a link has to speak for itself.
 */
export function claimOf(
  text: PageText,
  link: PageLink,
  { before, isMidway }: { readonly before: { claim: Claim; link: PageLink } | null; readonly isMidway: boolean },
): Claim | null {
  if (link.text.length > 300) return null;
  const said = bareWords(link.text);
  const lead = beforeLink(text, link).toLowerCase();
  const after = afterLink(text, link);
  if (lead.length < 200 && THE_POST.test(lead) && APPEARED_FIRST.test(after.toLowerCase()))
    return { strength: 6, name: nextInLine(text, link), kind: 'clause' };
  if (OF_A_PICTURE.test(lead.slice(-40)) || OFFERS_SOMETHING.test(said)) return null;
  const saysSo = bySaying(link, said, { lead, after });
  if (saysSo !== null || isMidway) return saysSo ?? byClass(link);
  return (
    byLabel(text, link, after) ??
    bySentence(text, link, { lead, after }) ??
    bySigns(text, link, { lead, after }) ??
    byLabelAbove(text, link, after) ??
    byClass(link) ??
    byNeighbour(text, link, before)
  );
}

type Around = { readonly lead: string; readonly after: string };

function bySaying(link: PageLink, said: string, { lead, after }: Around): Claim | null {
  if (said.length > LONGEST_SAYING || EMBEDDED_POST.test(said) || link.quote >= 0) return null;
  const bracketed = /^(.{3,80}?)\s*[（(]([^（()）]{2,40})[)）]\s*$/u.exec(link.text);
  if (bracketed !== null && saying(bareWords(bracketed[1]!)) !== null)
    return { strength: 5, name: sourceName(bracketed[2]!), kind: 'says' };
  const match = saying(said);
  if (match !== null) {
    const name = nameFrom(match, link.text);
    const alone = lead.length + after.length;
    const isLoose = LOOSE_SAYING.test(said.slice(0, said.length - (name?.length ?? 0)).trim());
    if (isLoose && (alone > 40 || (lead.length > 1 && /[(（[]$/.test(lead))))
      return { strength: 3, name, kind: 'inline' };
    return { strength: 5, name, kind: alone > 120 && !speaksOfThis(lead) ? 'inline' : 'says' };
  }
  // "This article first appeared in Harbour News", all of it the link.
  if (!TELLS_OF_PUBLISHING.test(said)) return null;
  for (let at = said.indexOf(' '); at > 0 && at < 80; at = said.indexOf(' ', at + 1)) {
    if (at < 8 || !CLAUSE_BEFORE.test(said.slice(0, at))) continue;
    const name = link.text.slice(link.text.toLowerCase().lastIndexOf(said.slice(at + 1)));
    return { strength: 4, name: sourceName(name), kind: 'clause' };
  }
  return null;
}

function saying(said: string): RegExpExecArray | null {
  for (const pattern of LINK_SAYS) {
    const match = pattern.exec(said);
    if (match !== null) return match;
  }
  return null;
}

function byLabel(text: PageText, link: PageLink, after: string): Claim | null {
  const since = sinceLastLink(text, link).toLowerCase();
  const lead = since === '' ? '' : beforeLink(text, link).toLowerCase();
  const found =
    LABEL_BEFORE.exec(since) ?? LABEL_BEFORE.exec(lead) ?? (link.since === 0 ? LABEL_AND_SIGN.exec(since) : null);
  if (found !== null) return labelled(found.groups!['label']!, link, after);
  const colon = /(?:^|[.!?。]\s)((?:[^.!?。:：]|\.(?=\S)){4,120})[:：]\s*$/u.exec(lead);
  if (colon === null) return null;
  // "View original content to download multimedia: https://…"
  const words = bareWords(colon[1]!).replace(/ (?:to (?:download|view|see)|with|and|in) [^:]{3,40}$/, '');
  return saying(words) === null || OFFERS_SOMETHING.test(words)
    ? null
    : { strength: 5, name: sourceName(link.text), kind: 'label' };
}

function labelled(label: string, { text }: PageLink, after: string): Claim | null {
  const isWeak = WEAK_LABEL.test(label);
  if (isWeak && after.length > 80) return null;
  return { strength: isWeak ? 3 : 4, name: sourceName(text), kind: 'label', isCredit: /credit|courtesy/.test(label) };
}

function bySentence(text: PageText, link: PageLink, { lead, after }: Around): Claim | null {
  const sentence = lastSentence(lead);
  if (lead !== '' && CLAUSE_BEFORE.test(lead.slice(-LONGEST_CLAUSE))) {
    const name = sourceName(link.text);
    if (FIRST_REPORTED.test(sentence) && lead.length > 120) return { strength: 3, name, kind: 'inline' };
    const isShort = text.lines[link.line]!.text.length <= 220;
    return { strength: 4, name, kind: isShort || speaksOfThis(sentence) ? 'clause' : 'inline' };
  }
  const behind = after.toLowerCase();
  if (BARE_LABEL.test(sinceLastLink(text, link).toLowerCase()) && after.length <= 60 && link.since === 0)
    return { strength: 3, name: sourceName(link.text), kind: 'label' };
  const told = byFirst(text, link, sentence, behind);
  if (told !== null) return told;
  if (CLAUSE_AFTER.test(behind) && lead.length < 100)
    return { strength: 4, name: sourceName(link.text), kind: 'clause' };
  if (
    SAYS_HERE.test(bareWords(link.text)) &&
    NAMES_THE_ORIGINAL.test(`${sentence} ${after.slice(0, 60).toLowerCase()}`)
  )
    return { strength: 4, name: null, kind: 'clause' };
  return null;
}

/** A short sentence that tells where the article was published first. Links before its words are its author's, its matter's. */
function byFirst(text: PageText, link: PageLink, sentence: string, after: string): Claim | null {
  if (text.lines[link.line]!.text.length > LONGEST_NOTE) return null;
  const name = sourceName(link.text);
  if (sentence !== '' && (AT_FIRST.test(sentence) || NAMES_THE_ORIGINAL.test(sentence)) && tellsWhere(sentence))
    return { strength: 4, name, kind: 'clause' };
  const behind = after.slice(0, after.search(/[.!?。]|$/u));
  if (!WAS_PUBLISHED.test(behind)) return null;
  const whole = `${sentence} ${link.text.toLowerCase()} ${behind}`;
  if (!AT_FIRST.test(whole) || !OF_THIS_ARTICLE.test(whole)) return null;
  return { strength: 3.5, name: OF_THIS_ARTICLE.test(link.text.toLowerCase()) ? null : name, kind: 'clause' };
}

/** "This text was first published in": nothing but a few words between the verb and the place, and no other matter. */
function tellsWhere(sentence: string): boolean {
  const isOfThis = [OF_THIS_ARTICLE, NAMES_THE_ORIGINAL, BEGINS_WITH_IT].some((words) => words.test(sentence));
  if (!isOfThis) return false;
  const verb = sentence.search(WAS_PUBLISHED);
  return verb >= 0 && !/[,;(]/.test(sentence.slice(verb)) && sentence.length - verb <= 60;
}

function bySigns(text: PageText, link: PageLink, { lead, after }: Around): Claim | null {
  const said = link.text.trim();
  if (/^\[link\]$/i.test(said)) return { strength: 5, name: null, kind: 'says' };
  if (lead === '' && after === '' && /^via\s+/i.test(said))
    return { strength: 2, name: said.replace(/^via\s+/i, ''), kind: 'label' };
  const since = sinceLastLink(text, link).toLowerCase();
  if (/^[^\p{L}]{0,3}via$/u.test(since)) return { strength: 3, name: sourceName(said), kind: 'label' };
  // A foot's "(via Harbour News)", behind all that is told.
  if (since.endsWith('(via') && /^\)?[\s.]{0,3}\)?$/.test(after))
    return { strength: 3, name: sourceName(said), kind: 'label' };
  return null;
}

/** A label in a cell, a term or a line of its own; what follows in the next line is one link and little else. */
function byLabelAbove(text: PageText, link: PageLink, after: string): Claim | null {
  if (link.line === 0 || text.lines[link.line]!.text.slice(0, link.from).trim().length > 12 || after.length > 60)
    return null;
  const above = text.lines[link.line - 1]!.text;
  if (above.length > 60) return null;
  const label = LABEL_ALONE.exec(above.trim().toLowerCase())?.groups!['label'];
  if (label === undefined || WEAK_LABEL.test(label)) return null;
  // More than one: the literature of a text, not where it was taken from.
  const next = text.lines[link.line + 1];
  const isFollowed = text.links.some(({ line, from }) => line === link.line + 1 && from <= 12 && next!.text.length > 3);
  if (isFollowed && text.lines[link.line + 1]!.text.length < 300) return null;
  return { strength: 4, name: sourceName(link.text), kind: 'label' };
}

function byClass({ node, text }: PageLink): Claim | null {
  const parent = node.parent !== null && 'attribs' in node.parent ? node.parent.attribs : {};
  const own = node.attribs;
  const names = dashed(
    [own['class'], own['id'], own['rel'], parent['class'], parent['id']].filter((name) => name !== undefined).join(' '),
  );
  return NAMES_OF_SOURCES.test(names) ? { strength: 3, name: sourceName(text), kind: 'class' } : null;
}

/** "Source: Harbour News, Bridge reopens": the label holds for the second link too. */
function byNeighbour(text: PageText, link: PageLink, before: { claim: Claim; link: PageLink } | null): Claim | null {
  if (before === null || before.claim.kind !== 'label' || before.link.line !== link.line) return null;
  if (link.since !== before.link.to || !AND.test(sinceLastLink(text, link))) return null;
  return { ...before.claim, strength: before.claim.strength - 0.5 };
}

function lastSentence(lead: string): string {
  return lead.slice(Math.max(...['.', '!', '?', '。'].map((end) => lead.lastIndexOf(end))) + 1);
}

function nextInLine({ links }: PageText, link: PageLink): string | null {
  return links.find((other) => other.line === link.line && other.from >= link.to && other !== link)?.text ?? null;
}

function speaksOfThis(sentence: string): boolean {
  return OF_THIS_ARTICLE.test(sentence);
}

function bareWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(?:[\u00ab\u00bb\u2039\u203a\u2190-\u21ff\u25b6\u25ba\u2794\u27a1>[\]()【】「」:：|.…!]|\ufe0f)+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The name as it is written in the link's text, found again by its length from the end. */
function nameFrom(match: RegExpExecArray, text: string): string | null {
  const name = Object.values(match.groups ?? {}).find((group) => group !== undefined);
  if (name === undefined) return null;
  const at = text.toLowerCase().lastIndexOf(name);
  return sourceName(at < 0 ? name : text.slice(at, at + name.length));
}

function sourceName(text: string): string | null {
  const name = text.replace(/^[\s\p{P}\p{S}]+|[\s»›→.,;:]+$/gu, '').trim();
  return name === '' ||
    name.length > 80 ||
    NAMES_NOTHING.test(name.toLowerCase()) ||
    saying(bareWords(name)) !== null ||
    /^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(name)
    ? null
    : name;
}
