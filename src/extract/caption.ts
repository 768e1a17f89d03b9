import { isTag, isText, type Element } from 'domhandler';
import { foldWhiteSpace } from '../support/html.ts';
import { walk } from './page-model.ts';
import { plainTitle } from './plain-title.ts';

/** What a picture shows, and whose it is; plain text, each without the other. */
export type Caption = { readonly caption: string | null; readonly credit: string | null };

const CREDIT_NAMES =
  /(?:^|[\s_-])(?:credits?|copyright|photographer|photo-?credit|image-?credit|img-?credit|attribution|source|agency|byline|author|rights|copyrights?|fotograf|bildquelle|bildnachweis|quelle|urheber|cr[eé]dit)(?:$|[\s_-])|[a-z](?:Credit|Copyright|Attribution|Photographer|Source)(?:$|[\s_A-Z-])/;
const PICTURE_WORD =
  '(?:photo(?:graph(?:er|y)?)?s?|images?|pictures?|pics?|illustration|graphic|credits?|fotos?|bilder|bild|bildquelle|foto(?:graf)?|quelle|cr[eé]dits?|cr[eé]dit photo|cr[eé]ditos?|imagen|imagem|immagine|beeld|kuva|fot|source|фото|foto’s|fotograf[ií]a|fotó|zdjęcie|valokuva|bildnachweis|fotonachweis|снимок|иллюстрация|світлина|写真|撮影|图|图片|圖片|摄影|攝影|사진|صورة|תמונה|צילום)';
const LABELLED = new RegExp(
  `(?:^|[\\s.([|–—-])\\(?\\[?(?:${PICTURE_WORD}(?:[ -](?:credits?|courtesy|source|by|via|from|copyright|cr[eé]dit))?(?: of)?\\s?[:：]|${PICTURE_WORD} (?:by|courtesy of|via)\\s|courtesy of\\s|credit:?\\s)\\s?(?<credit>[^\\n]{2,120}?)[)\\]]?\\.?$`,
  'iu',
);
const COPYRIGHT = /(?:^|[\s([|])(?:©|\(c\)|&copy;|copyright)\s?:?\s?(?<credit>[^\n]{2,100}?)[)\]]?$/iu;
const AGENCY =
  /(?:^|[.!?"”’]\s+|\s[|–—]\s?|\s?[([])(?<credit>(?:[\p{L}\p{M} ,'’-]|\b\p{Lu}\.){0,50}?(?:\s?[/|]\s?|\bvia\s)?(?:Getty Images|Reuters|REUTERS|AFP|Agence France-Presse|Associated Press|AP(?: Photo)?|EPA(?:-EFE)?|Shutterstock|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Alamy|Bloomberg|ANI|PTI|Xinhua|Anadolu|dpa|picture alliance|imago(?: images)?|Keystone|ANSA|EFE|Wikimedia Commons|Flickr|Adobe Stock|NurPhoto|PA(?: Wire| Images)?|Press Association|TASS|Sputnik|Kyodo|Yonhap)(?:[/ ][\p{L} .,'’/-]{0,50})?)[)\]]?\.?$/u;

/** A credit that has a line, or the end of one, to itself: a label with a colon, then a name of no more than a few words. */
const CREDIT_AT_END = new RegExp(
  `(?:^|[.!?…"”»)]\\s|[([|/–—]\\s?)(?<label>${PICTURE_WORD})(?:[ -](?:credits?|courtesy|source|by))?\\s?[:：]\\s?(?<credit>[^\\n:：]{2,80})$`,
  'iu',
);

/** Whether a line beside a picture is a credit and no more: "Photo: Ana Ruiz", "© Ana Ruiz". */
export function isCreditLine(text: string): boolean {
  if (/^(?:©|\(c\)\s)/i.test(text)) return text.length <= 100;
  const found = text.length > 120 ? null : CREDIT_AT_END.exec(text);
  return found !== null && found.index === 0 && isNamed(found);
}

/** Whether a line beside a picture ends in a credit with its label, as captions do: "The quay at noon. Photo: Ana Ruiz". */
export function endsInCredit(text: string): boolean {
  const found = CREDIT_AT_END.exec(text);
  return found !== null && isNamed(found);
}

/** A name begins with a capital or a sign of a script that has none. "Source: …" alone may be the whole article's. */
function isNamed({ groups }: RegExpExecArray): boolean {
  return !/^(?:source|quelle)$/iu.test(groups!['label']!) && /^[^\p{Ll}\p{N}]/u.test(groups!['credit']!);
}

/** Reads a figure's caption: an element that says it is the credit, else a credit written at the end of the text. */
export function readCaption(holder: Element): Caption {
  const captions: string[] = [];
  const credits: string[] = [];
  let creditDepth = 0;
  walk(holder, {
    enter: (node) => {
      if (/^(?:script|style|svg|button|noscript|template|img|iframe|video)$/.test(node.name)) return false;
      if (creditDepth > 0 || isCredit(node)) creditDepth++;
      (creditDepth > 0 ? credits : captions).push(/^(?:a|b|i|em|strong|small|cite)$/.test(node.name) ? '' : ' ');
      return true;
    },
    leave: () => {
      if (creditDepth > 0) creditDepth--;
    },
    text: ({ data }) => (creditDepth > 0 ? credits : captions).push(data),
  });
  return partCaption(captions.join(''), credits.join(''));
}

function isCredit(node: Element): boolean {
  const names = `${node.attribs['class'] ?? ''} ${node.attribs['id'] ?? ''} ${node.attribs['itemprop'] ?? ''}`;
  if (node.name !== 'figcaption' && node.name !== 'figure' && names.length > 2 && CREDIT_NAMES.test(names)) return true;
  return /^(?:small|cite)$/.test(node.name) && hasBeside(node, 'prev') && !hasBeside(node, 'next');
}

/** Whether anything is said beside an element within its parent: small print at a caption's end is whose the picture is. */
function hasBeside(node: Element, side: 'prev' | 'next'): boolean {
  for (let other = node[side]; other !== null; other = other[side]) {
    if (isText(other) ? other.data.trim() !== '' : isTag(other) && other.name !== 'br') return true;
  }
  return false;
}

/** Parts one text into caption and credit; a credit that is known already is taken out of the caption, once or twice. */
export function partCaption(text: string, knownCredit: string | null): Caption {
  let caption = undoubled(plainTitle(text));
  let credit = knownCredit === null ? '' : bareCredit(undoubled(plainTitle(knownCredit)));
  if (credit !== '' && caption.endsWith(credit)) caption = caption.slice(0, -credit.length).trim();
  for (let round = 0; round < 2; round++) {
    const found = LABELLED.exec(caption) ?? COPYRIGHT.exec(caption) ?? AGENCY.exec(caption);
    const own = found?.groups?.['credit'];
    if (found === null || own === undefined) break;
    const rest = caption.slice(0, found.index + (/^[.!?"”’]/.test(found[0]) ? 1 : 0)).trim();
    credit = credit === '' ? bareCredit(own) : credit;
    caption = rest;
  }
  caption = caption
    .replace(new RegExp(`[\\s|(\\[–—-]*${PICTURE_WORD}?(?:[ -]credits?)?\\s?[:：]?\\s?$`, 'iu'), (end) =>
      /[:：|([–—]/.test(end) ? '' : end,
    )
    .trim();
  return { caption: caption === '' ? null : caption, credit: credit === '' ? null : credit };
}

function bareCredit(text: string): string {
  return text
    .replace(
      new RegExp(
        `^[\\s(\\[|/–—-]*(?:${PICTURE_WORD}(?:[ -](?:credits?|courtesy|source|by|via|copyright))?(?: of)?\\s?[:：]|${PICTURE_WORD} (?:by|courtesy of|via)\\s|courtesy of\\s|credits?:?\\s|©|\\(c\\)|copyright:?\\s)\\s*`,
        'iu',
      ),
      '',
    )
    .replace(/^(?:©|\(c\)|by)\s*/i, '')
    .replace(/[\s)\]|]+$/, '')
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

/** The figure around a picture, or the nearest thing with a caption in it; null where it stands in running text. */
export function figureOf(image: Element): Element | null {
  let node: Element | null = image;
  for (let steps = 0; node !== null && steps < 6; steps++) {
    if (node.name === 'figure') return node;
    node = node.parent !== null && isTag(node.parent) ? node.parent : null;
  }
  return null;
}
