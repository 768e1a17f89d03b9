import type { Element } from 'domhandler';
import type { LeadImage } from '../../model/article.ts';
import type { EntryImage } from '../../model/feed.ts';
import { isNameAlone, partCaption, type Caption } from './caption.ts';
import { declaredPicture, structuredWords, UNTOLD, type Candidate, type Declaring } from './declared-pictures.ts';
import { headPictures, isDescribed, largePicture, titledPicture, type LargePicture } from './head-picture.ts';
import { bestImageAddress } from './image-address.ts';
import { imageKey } from './image-key.ts';
import type { JsonObject } from '../page/json-ld.ts';
import { alternativeText, isPicture, typeOf } from './likely-picture.ts';
import type { Metas } from '../page/page-metas.ts';
import type { Block, Medium, PageModel } from '../page/page-model.ts';
import { attributeWords } from './picture-attributes.ts';
import { isToldOf, pictureWords, type PictureWords } from './picture-frame.ts';
import { pictureLicence } from './picture-licence.ts';
import { safeMediaAddress } from '../page/safe-address.ts';

/**
 * The lead image, and the elements of the page that show it or say what it shows: these are not to come again in the
 * body.
 */
export type LeadPicture = { readonly image: LeadImage; readonly nodes: ReadonlySet<Element> };

export type LeadImageInput = {
  readonly page: PageModel;
  readonly metas: Metas;
  readonly articles: readonly JsonObject[];
  /** The picture objects of the page's structured data. */
  readonly pictures?: readonly JsonObject[];
  /** The article's title, if it is known: a picture may be described by it, and it is no caption. */
  readonly title?: string | null;
  /** What the feed says of a picture. */
  readonly entryImage: EntryImage | null;
  readonly baseUrl: string;
  /** Whether a picture or a block of the page belongs to the article. */
  readonly inBody: (medium: { readonly box: number }) => boolean;
};

/**
 * The picture that stands for the article: what the page declares, else what the feed names, else the first large one
 * above the text or in it. Caption and credit come from where the page shows the same picture, else from the feed or
 * the structured data. Logos, icons and placeholders are refused. Null where there is none.
 */
export function leadPicture(input: LeadImageInput): LeadPicture | null {
  const { page, baseUrl } = input;
  const declared = declaredPicture(declaring(input));
  const chosen = declared.picture ?? fromEntry(input) ?? firstOnPage(input, declared.isAnyNamed);
  if (chosen === null) return null;
  const showing = showingOf(chosen.url, page, baseUrl);
  const shown = showing.length > 0 ? showing : standIn(chosen, input);
  const words = wordsOf(shown, input);
  return {
    image: described(chosen, { shown, words }, input),
    nodes: new Set([...shown.map(({ node }) => node), ...ownElements(page, words.lines)]),
  };
}

/** A picture that another page of the article leads with, and where this page shows it again. */
export function leadAgain(image: LeadImage, page: PageModel, baseUrl: string): LeadPicture {
  return { image, nodes: new Set(showingOf(image.url, page, baseUrl).map(({ node }) => node)) };
}

function declaring({ metas, articles, pictures, baseUrl }: LeadImageInput): Declaring {
  return { metas, articles, pictures: pictures ?? [], baseUrl };
}

function showingOf(url: string, page: PageModel, baseUrl: string): readonly Medium[] {
  const key = imageKey(url);
  const mark = longestWord(key.slice(key.lastIndexOf('/') + 1));
  return page.media.filter(({ node }) => {
    const written = writtenAddress(node);
    // To take every address of a page apart would cost more than all else that is done for the picture.
    if (written === undefined || !written.toLowerCase().includes(mark)) return false;
    const shown = safeMediaAddress(written, baseUrl);
    return shown !== null && imageKey(shown) === key;
  });
}

/** The longest run of small letters and digits: however an address is written, they stand in it. */
function longestWord(text: string): string {
  let longest = '';
  for (const [word] of text.matchAll(/[a-z0-9]+/g)) if (word.length > longest.length) longest = word;
  return longest;
}

function shownAddress(node: Element, baseUrl: string): string | null {
  return safeMediaAddress(writtenAddress(node), baseUrl);
}

/** The address of a picture, or of the one that stands for a film until it is played. */
function writtenAddress({ name, attribs }: Element): string | undefined {
  if (name === 'img' || name === 'amp-img') return bestImageAddress(attribs);
  return name === 'video' ? attribs['poster'] : undefined;
}

/**
 * The same picture under another name: what a page declares for sharing is often cut anew. The only large one above the
 * text, or the one that is described in the same words.
 */
function standIn({ alt }: Candidate, input: LeadImageInput): readonly Medium[] {
  const above = headPictures(input);
  const alike = alt === null ? [] : above.filter(({ medium }) => alternativeText(medium.node.attribs['alt']) === alt);
  const [only, second] = alike.length > 0 ? alike : above;
  return only !== undefined && second === undefined ? [only.medium] : [];
}

function wordsOf(shown: readonly Medium[], { page, metas, title, baseUrl, inBody }: LeadImageInput): PictureWords {
  const keys = new Set(shown.map(({ node }) => shownAddress(node, baseUrl)).map((url) => url && imageKey(url)));
  const known = [title, metas.first('og:title'), metas.first('description'), metas.first('og:description')].filter(
    (text) => text !== null && text !== undefined,
  );
  const isOther = (medium: Medium): boolean => {
    const picture = largePicture(medium, baseUrl);
    return picture !== null && !keys.has(imageKey(picture.url));
  };
  let best: PictureWords = { caption: null, credit: null, lines: [] };
  for (const medium of shown) {
    const found = pictureWords({ page, medium, isOther, inBody, known });
    if (best.caption === null && best.credit === null) best = found;
    if (best.caption !== null && best.credit !== null) break;
  }
  best = withoutStranger(best, page, shown, metas.first('og:site_name'));
  if (best.caption !== null && best.credit !== null) return best;
  for (const { node } of shown) {
    const { caption, credit } = attributeWords(node, known);
    if (caption === null && credit === null) continue;
    return { ...best, caption: best.caption ?? caption, credit: best.credit ?? credit };
  }
  return best;
}

/** A name alone below a picture is its maker's, unless the article speaks of its bearer. */
function withoutStranger(
  words: PictureWords,
  page: PageModel,
  shown: readonly Medium[],
  site: string | null,
): PictureWords {
  const { caption, credit, lines } = words;
  if (caption !== null && credit === null && caption === site) return { caption: null, credit: caption, lines };
  if (caption === null || credit !== null || !isNameAlone(caption)) return words;
  const surname = caption.slice(caption.lastIndexOf(' ') + 1);
  const isTold =
    isToldOf(page, caption, lines) || shown.some(({ node }) => (node.attribs['alt'] ?? '').includes(surname));
  return isTold ? words : { caption: null, credit: caption, lines };
}

type Shown = { readonly shown: readonly Medium[]; readonly words: PictureWords };

function described(chosen: Candidate, { shown, words }: Shown, input: LeadImageInput): LeadImage {
  const { page, entryImage, baseUrl } = input;
  const told = entryImage !== null && imageKey(entryImage.url) === imageKey(chosen.url) ? entryImage : null;
  const toldWords: Caption = told === null ? UNTOLD : partCaption(told.caption ?? '', told.credit);
  const structured = structuredWords(chosen.url, declaring(input)) ?? UNTOLD;
  const shownAlt = shown.map(({ node }) => alternativeText(node.attribs['alt'])).find((alt) => alt !== null);
  const alt = shownAlt ?? chosen.alt ?? told?.alt ?? null;
  // Programs that have no caption write the alternative text in its place.
  const data = sentenceOf(structured.caption ?? chosen.caption, [alt, input.title ?? null]);
  return {
    url: chosen.url,
    width: chosen.width ?? told?.width ?? null,
    height: chosen.height ?? told?.height ?? null,
    type: chosen.type ?? typeOf(chosen.url),
    alt,
    caption: words.caption ?? toldWords.caption ?? data,
    credit: words.credit ?? toldWords.credit ?? structured.credit ?? chosen.credit,
    licence: pictureLicence(page, words.lines, baseUrl) ?? structured.licence ?? chosen.licence,
  };
}

/** What programs write for a caption that is none: alternative text, title, a file's name. */
function sentenceOf(caption: string | null, others: readonly (string | null)[]): string | null {
  if (caption === null || others.some((other) => other !== null && other.startsWith(caption))) return null;
  return /\s\S+\s\S+\s/.test(caption) || /[.!?。！？]$/.test(caption) || !/[\p{Lu}\p{Ll}]/u.test(caption)
    ? caption
    : null;
}

function fromEntry({ entryImage, baseUrl }: LeadImageInput): Candidate | null {
  if (entryImage === null) return null;
  const url = safeMediaAddress(entryImage.url, baseUrl);
  if (url === null || !isPicture(url, entryImage)) return null;
  const { width, height, alt } = entryImage;
  return { ...UNTOLD, ...partCaption(entryImage.caption ?? '', entryImage.credit), url, width, height, alt };
}

/**
 * Where no picture is declared: the one that the title describes, the first above the text, the first in it. Where a
 * page names its logo, a picture within the text leads only if there is more to it than an address.
 */
function firstOnPage(input: LeadImageInput, isMarkNamed: boolean): Candidate | null {
  const { title } = input;
  const titled = typeof title === 'string' ? titledPicture(input, title) : null;
  const above = titled === null ? headPictures(input).filter(isDescribed) : [];
  const first = titled ?? above[0] ?? firstInText(input, isMarkNamed ? isDescribed : () => true);
  if (first === null) return null;
  const { url, width, height } = first;
  return { ...UNTOLD, url, width, height };
}

function firstInText(
  { page, baseUrl, inBody }: LeadImageInput,
  mayLead: (picture: LargePicture) => boolean,
): LargePicture | null {
  for (const medium of page.media) {
    const picture = inBody(medium) ? largePicture(medium, baseUrl) : null;
    if (picture !== null && mayLead(picture)) return picture;
  }
  return null;
}

/** The elements that hold nothing but these lines. */
function ownElements({ blocks, boxes }: PageModel, lines: readonly number[]): readonly Element[] {
  const own = (block: Block): Element[] => {
    const box = boxes[block.box]!;
    for (let index = box.firstBlock; index < box.endBlock; index++) if (!lines.includes(index)) return [];
    return [box.node];
  };
  return lines.flatMap((index) => own(blocks[index]!));
}
