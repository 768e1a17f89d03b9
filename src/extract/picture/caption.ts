import { foldWhiteSpace } from '../../support/html.ts';
import { bareCredit, creditIn, holdsJoin, isCaptionLabel, isLabelAlone, isName, type Before } from './credit-words.ts';
import { plainTitle } from '../../support/plain-title.ts';

/** What a picture shows, and whose it is; plain text, each without the other. */
export type Caption = { readonly caption: string | null; readonly credit: string | null };

/**
 * Where an inline element begins or ends within a caption: a name in an element of its own is told by that. A character
 * that Unicode keeps out of all texts.
 */
export const EDGE = '\ufdd0';

const LONGEST = 2000;
/** A credit stands at the end, within so many characters. */
const LONGEST_END = 180;
const MOST_BOUNDARIES = 60;
/** Words of the page about a picture, not of the picture. */
const FURNITURE =
  /^(?:image|photo|view|open|enlarge|toggle|hide|show|close|click|tap|zoom|next|previous|full ?screen|caption|in|to|image in|gallery|slide ?show|this|picture|expand|larger|bigger|version|lightbox|vergrößern|bild|agrandir|ampliar|imagen|ingrandisci|\d{1,3}|of|\/|\d{1,3}\s?\/\s?\d{1,3}|[‹›<>×+])(?:\s+(?:image|photo|view|open|enlarge|toggle|hide|show|close|click|tap|zoom|full ?screen|caption|in|to|gallery|slide ?show|this|picture|expand|larger|bigger|version|lightbox|vergrößern|l’image|imagen|foto|immagine|\d{1,3}|of|\/))*$/iu;

/** Whether a line beside a picture is a credit and no more: "Photo: Ana Ruiz", "© Ana Ruiz", "Ana Ruiz / The Paper". */
export function isCreditLine(text: string): boolean {
  return text.length <= 120 && !isSourceAlone(text) && creditIn(text, 'start') !== null;
}

/** Whether a line beside a picture ends in a credit with its label, as captions do: "The quay at noon. Photo: Ana Ruiz". */
export function endsInCredit(text: string): boolean {
  const found = creditAtEnd(text);
  return found !== null && found.at > 0 && found.labelled && !isSourceAlone(text.slice(found.at));
}

/** "Source: …" alone may be the whole article's. */
function isSourceAlone(text: string): boolean {
  return /^[\s([|/–—•·-]*(?:sources?|quellen?|fuente|fonte|kaynak|источник|bron|kilde|källa|autor[ea]?|来源|來源|出典|المصدر)\s?[:：]/iu.test(
    text,
  );
}

/**
 * Parts a text into caption and credit. Lines are parted by `\n`, edges of elements by EDGE; a credit that is known
 * already is taken out of the caption.
 */
export function partCaption(text: string, knownCredit: string | null): Caption {
  let caption = withoutFurniture(text.slice(0, LONGEST));
  let credit = knownCredit === null ? '' : bareCredit(undoubled(plainTitle(knownCredit.replaceAll(EDGE, ' '))));
  if (credit !== '') caption = withoutKnown(caption, credit);
  for (let round = 0; round < 2; round++) {
    const found = creditAtEnd(caption);
    if (found === null || (credit !== '' && !isSameOrLabelled(found, credit))) break;
    if (credit === '') credit = found.credit;
    caption = caption.slice(0, found.at);
  }
  if (credit === '' && caption.includes('\n')) {
    const lines = caption.split('\n');
    const own = lines.findIndex((line) => isCreditLine(line.replaceAll(EDGE, '').trim()));
    if (own >= 0) {
      credit = creditIn(lines[own]!.replaceAll(EDGE, ''), 'start') ?? '';
      caption = lines.toSpliced(own, 1).join('\n');
    }
  }
  const plain = ended(undoubled(plainTitle(caption.replaceAll(EDGE, '').replaceAll('\n', ' '))));
  return { caption: /[\p{L}\p{N}]/u.test(plain) ? plain : null, credit: credit === '' ? null : plainTitle(credit) };
}

type AtEnd = { readonly at: number; readonly credit: string; readonly labelled: boolean };

/** The longest end of a text that is a credit, and where the caption before it ends. */
function creditAtEnd(text: string): AtEnd | null {
  const end = text.trimEnd();
  const bracketed = /\s*[([（【［]([^()[\]（）【】［］]{2,120})[)\]）】］][.。]?$/u.exec(end);
  if (bracketed !== null) {
    const before = end.slice(0, bracketed.index);
    const credit = creditIn(bracketed[1]!, endsSentence(before) || before === '' ? 'sentence' : 'bracket');
    const named =
      credit !== null &&
      (credit !== bracketed[1]!.trim() ||
        endsSentence(before) ||
        /\//.test(credit) ||
        creditIn(credit, 'dash') !== null);
    if (named) return withNameBefore({ at: bracketed.index, credit, labelled: true }, end);
  }
  // Most boundaries are spaces between words, and most texts hold no credit.
  const boundary = holdsJoin(end.slice(-LONGEST_END)) ? BOUNDARY_OR_SPACE : BOUNDARY;
  for (const { at, from, before } of boundariesOf(end, boundary)) {
    const piece = end.slice(from);
    const credit = creditIn(piece, before);
    if (credit !== null) return { at, credit, labelled: credit !== piece.trim().replace(/\.$/, '') };
  }
  return null;
}

/** "Ana Ruiz (EFE)": a name that has a line or a sentence's place to itself before its agency. */
function withNameBefore(found: AtEnd, text: string): AtEnd {
  const before = text.slice(0, found.at);
  const name = /(?:^|\n|[.!?…]["”’»]?\ufdd0?\s+|\ufdd0)\ufdd0?(?<name>[^\n\ufdd0.!?…]{4,50})\ufdd0?$/u
    .exec(before)
    ?.groups?.['name']?.trim();
  if (name === undefined || !isNameAlone(name)) return found;
  const at = before.lastIndexOf(name);
  return at === 0 ? found : { at, credit: `${name} ${text.slice(found.at).trim()}`, labelled: true };
}

type Boundary = { readonly at: number; readonly from: number; readonly before: Before };

/** Its groups in order: line, sign, sentence, bar, dash, slash, comma, element, bracket, space. Without names: those cost an object each time. */
const BOUNDARY =
  /([\s\ufdd0]*\n[\s\ufdd0]*)|(\s+(?=[©ⓒ]|\(c\)\s))|([.!?…”"’»)\]]\ufdd0?[ \u00a0]\s*\ufdd0?|[。！？」』]\s*\ufdd0?)|(\s*[|•｜＝]\s*|\s[·∙]\s|\s+\*\s+)|(\s+[–—―-]+\s*|\s*[–—―]+\s+)|(\s*[/／]\s+|\s*\/\/\s*)|([,;]\s+|，)|(\s*\ufdd0\s*)|(\s*[([（【])|(?=[©ⓒ]|写真[：:／/提]|撮影[：:・／/]|图[/／：:源]|摄[/／：:]|사진[=:：])/gu;
const BOUNDARY_OR_SPACE = new RegExp(`${BOUNDARY.source}|([\\s\\u3000]+)`, 'gu');

/** The places where a credit may begin, first to last. */
function boundariesOf(text: string, boundary: RegExp): readonly Boundary[] {
  const found: Boundary[] = [{ at: 0, from: 0, before: 'start' }];
  const first = Math.max(0, text.length - LONGEST_END);
  let lineFrom = 0;
  for (const match of text.slice(first).matchAll(boundary)) {
    const at = first + match.index;
    const from = at + match[0].length;
    if (from >= text.length) break;
    if (found.length >= MOST_BOUNDARIES) break;
    const [, line, sign, sentence, bar, dash, slash, comma, element, bracket] = match;
    if (sign !== undefined) found.push({ at, from, before: 'bar' });
    else if (sentence !== undefined) {
      // What ended the sentence stays; after "St." and "J." no sentence has ended.
      const stays = at + sentence.replace(/[\s\ufdd0]+$/u, '').length;
      if (isAbbreviation(text.slice(lineFrom, stays))) continue;
      found.push({ at: stays, from, before: 'sentence' });
    } else if (line !== undefined) {
      found.push({ at, from, before: 'line' });
      lineFrom = from;
    } else if (element !== undefined) {
      const before = text.slice(0, at);
      found.push({ at, from, before: endsSentence(before) ? 'line' : 'element' });
    } else if (bar !== undefined) found.push({ at, from, before: 'bar' });
    else if (dash !== undefined) found.push({ at, from, before: 'dash' });
    else if (slash !== undefined) found.push({ at, from, before: 'slash' });
    else if (comma !== undefined) found.push({ at, from, before: 'comma' });
    else if (bracket !== undefined) found.push({ at, from, before: 'bracket' });
    else found.push({ at, from, before: match[0] === '' ? 'line' : 'space' });
  }
  return found;
}

function isAbbreviation(before: string): boolean {
  return /(?:^|[\s(\ufdd0])(?:\p{Lu}|Dr|Mr|Mrs|Ms|St|Ste|Sgt|Lt|Col|Gen|Maj|Prof|Rev|Hon|Capt|Sen|Rep|Gov|Mt|Ft|Jr|Sr|No|vs|Nr|Hl|z\.B|Sra?|Dra|Mme|Mlle|bzw|ca|u\.a|fot|Fot)\.$/u.test(
    before,
  );
}

function endsSentence(text: string): boolean {
  return /[.!?…。！？”"’»」』)][\s\ufdd0]*$/u.test(text);
}

/** A second credit beside a known one goes only if it is the same, or says that it is one. */
function isSameOrLabelled({ credit, labelled }: AtEnd, known: string): boolean {
  return labelled || known.includes(credit) || credit.includes(known);
}

function withoutKnown(caption: string, credit: string): string {
  const end = caption.trimEnd();
  if (!end.endsWith(credit)) return caption;
  const before = end.slice(0, -credit.length);
  // With its lead word, it is taken out as a whole below.
  return creditAtEnd(end)?.credit === credit ? end : before;
}

/** Lines that are labels or furniture go; a lead word alone is joined with the line that it leads. */
function withoutFurniture(text: string): string {
  if (!/[\n\ufdd0]/.test(text)) return text;
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      const plain = line.replaceAll(EDGE, '').trim();
      return plain !== '' && !isCaptionLabel(plain) && !FURNITURE.test(plain);
    });
  const out: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const plain = line.replaceAll(EDGE, '').trim();
    if (index + 1 < lines.length && isLabelAlone(plain)) {
      out.push(`${plain.replace(/\s*[:：]$/, '')}: ${lines[index + 1]!.replaceAll(EDGE, '').trim()}`);
      index++;
    } else if (!out.includes(line)) out.push(line);
  }
  return out.join('\n');
}

/** A separator that parted what was taken away is left behind by it. */
function ended(caption: string): string {
  return caption
    .replace(/[\s|/•·–—,;:([（-]+$/u, '')
    .replace(/^[\s|/•·–—,;:)-]+/u, '')
    .trim();
}

/** "Ana Ruiz/Agency Ana Ruiz/Agency" → once. */
function undoubled(text: string): string {
  const half = (text.length - 1) / 2;
  if (Number.isInteger(half) && text[half] === ' ' && text.slice(0, half) === text.slice(half + 1))
    return text.slice(0, half);
  if (text.length % 2 === 0 && text.length > 8 && text.slice(0, text.length / 2) === text.slice(text.length / 2))
    return text.slice(0, text.length / 2);
  return foldWhiteSpace(text);
}

/** Whether a text is a name alone, as a portrait's caption is, and a credit below its picture. */
export function isNameAlone(text: string): boolean {
  return /^\S+(?: \S+){1,3}$/.test(text) && isName(text) && /^\p{Lu}/u.test(text);
}
