import { isTag, type Element, type ParentNode } from 'domhandler';
import { bestImageAddress, isTrackingPixel } from './image-address.ts';
import { imageKey } from './image-key.ts';
import { alternativeText, isPicture, isSmall, pixels, type Sizes } from './likely-picture.ts';
import type { Box, Medium, PageModel } from '../page/page-model.ts';
import { safeMediaAddress } from '../page/safe-address.ts';
import { isProse } from '../page/weigh-blocks.ts';

// Pictures of a page that stand for the article by their size and place.

/** A picture of the page, large enough to lead. */
export type LargePicture = Sizes & { readonly url: string; readonly medium: Medium };

const SMALLEST_LEAD = 200;
const FEWEST_TITLE_CHARACTERS = 8;
const PICTURE_FILE = /\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])/i;
const FURNITURE_NAMES =
  /(?:^|[\s_-])(?:avatars?|author|byline|portrait|profile|logo|icon|headshot|masthead|menu|advert|ads?|related|teaser|card|promo|sponsor|newsletter|share|social|badge|thumb|thumbnail|sidebar|widget|recommend\w*)(?:$|[\s_-])/i;

/** A picture of the page with its address, unless it is small, a logo, or there to count. */
export function largePicture(medium: Medium, baseUrl: string): LargePicture | null {
  const { node } = medium;
  if ((node.name !== 'img' && node.name !== 'amp-img') || isTrackingPixel(node.attribs)) return null;
  const url = safeMediaAddress(bestImageAddress(node.attribs), baseUrl);
  const sizes = { width: pixels(node.attribs['width'] ?? null), height: pixels(node.attribs['height'] ?? null) };
  if (url === null || !isPicture(url, sizes) || isSmall(sizes, SMALLEST_LEAD)) return null;
  return { url, ...sizes, medium };
}

export type HeadInput = {
  readonly page: PageModel;
  readonly baseUrl: string;
  readonly inBody: (medium: { readonly box: number }) => boolean;
};

/** The large pictures between the top of the article and the first paragraph of its text, in order, each file once. */
export function headPictures({ page, baseUrl, inBody }: HeadInput): readonly LargePicture[] {
  const { boxes, blocks, media } = page;
  const start = blocks.find((block) => inBody(block) && isProse(block));
  if (start === undefined) return [];
  const around = new Set<number>();
  for (let box = boxes[start.box]; box !== undefined; box = boxes[box.parent])
    if (box.name !== 'body' && box.name !== 'html') around.add(box.index);
  const found = new Map<string, LargePicture>();
  for (const medium of media) {
    if (medium.block > start.index) break;
    if (!standsInHead(medium, boxes, around)) continue;
    const picture = largePicture(medium, baseUrl);
    if (picture !== null && !found.has(imageKey(picture.url))) found.set(imageKey(picture.url), picture);
  }
  return [...found.values()];
}

/** The picture that is described by the article's title, wherever on the page it stands; no link to another page. */
export function titledPicture({ page, baseUrl }: HeadInput, title: string): LargePicture | null {
  if (title.length < FEWEST_TITLE_CHARACTERS) return null;
  for (const medium of page.media) {
    if (alternativeText(medium.node.attribs['alt']) !== title || linksElsewhere(medium.node)) continue;
    const picture = largePicture(medium, baseUrl);
    if (picture !== null) return picture;
  }
  return null;
}

/** Without a word, a size or a figure around it, it may be any ornament. */
export function isDescribed({ medium: { node }, width }: LargePicture): boolean {
  return width !== null || alternativeText(node.attribs['alt']) !== null || isInFigure(node);
}

function isInFigure(picture: Element): boolean {
  let node: ParentNode | null = picture.parent;
  for (let steps = 0; node !== null && isTag(node) && steps < 4; steps++, node = node.parent)
    if (node.name === 'figure') return true;
  return false;
}

function linksElsewhere(picture: Element): boolean {
  let node: ParentNode | null = picture.parent;
  for (let steps = 0; node !== null && isTag(node) && steps < 4; steps++, node = node.parent)
    if (node.name === 'a' && node.attribs['href'] !== undefined) return !PICTURE_FILE.test(node.attribs['href']);
  return false;
}

/** Within the article that holds the text, in nothing that is named for something else. */
function standsInHead(medium: Medium, boxes: readonly Box[], around: ReadonlySet<number>): boolean {
  if (linksElsewhere(medium.node)) return false;
  let node: ParentNode | null = medium.node;
  for (let steps = 0; node !== null && isTag(node) && steps < 4; steps++, node = node.parent) {
    const { attribs, name } = node;
    if (name === 'article' || name === 'main' || name === 'body') break;
    if (FURNITURE_NAMES.test(`${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`)) return false;
  }
  for (let box = boxes[medium.box]; box !== undefined; box = boxes[box.parent]) {
    if (around.has(box.index)) return true;
    if (box.hidden || /^(?:nav|aside|footer)$/.test(box.name)) return false;
    if (box.marks.includes('strong') || box.marks.includes('certain')) return false;
  }
  return false;
}
