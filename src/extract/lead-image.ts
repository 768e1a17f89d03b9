import type { Element } from 'domhandler';
import type { LeadImage } from '../model/article.ts';
import type { EntryImage } from '../model/feed.ts';
import { figureOf, partCaption, readCaption, type Caption } from './caption.ts';
import { bestImageAddress, isTrackingPixel } from './image-address.ts';
import { imageKey } from './image-key.ts';
import { isObject, linked, textOf, type JsonObject } from './json-ld.ts';
import type { Metas } from './page-metas.ts';
import type { Medium, PageModel } from './page-model.ts';
import { pictureLines } from './picture-lines.ts';
import { plainTitle } from './plain-title.ts';
import { safeMediaAddress } from './safe-address.ts';

const NO_PICTURE =
  /(?:^|[/_.-])(?:logos?|sitelogo|placeholder|default(?:[-_.]?(?:image|img|thumb\w*|share|og|social|photo|picture))?|avatars?|gravatar|favicon|icons?|sprite|blank|spacer|fallback|no-?image|noimage|no-?photo|nophoto|missing|social-?(?:share|default|card)|share-?(?:image|default|logo)|og-?(?:default|logo|image-default)|site-?(?:share|social|default)|opengraph-?default|apple-touch-icon|mstile|badge|button|banner-?ad|pixel|1x1)(?:[-_.@/]|\d{0,4}x?\d{0,4}\.|$)/i;
const SMALLEST_SIDE = 100;

/** The lead image, and the picture elements of the page that show it: these are not to come again in the body. */
export type LeadPicture = { readonly image: LeadImage; readonly nodes: ReadonlySet<Element> };

export type LeadImageInput = {
  readonly page: PageModel;
  readonly metas: Metas;
  readonly articles: readonly JsonObject[];
  /** What the feed says of a picture. */
  readonly entryImage: EntryImage | null;
  readonly baseUrl: string;
  /** Whether a picture of the page belongs to the article. */
  readonly inBody: (medium: Medium) => boolean;
};

type Sizes = { readonly width: number | null; readonly height: number | null };
type Candidate = Sizes & Caption & { readonly url: string; readonly type: string | null; readonly alt: string | null };

/**
 * The picture that stands for the article: what the page declares, else what the feed names, else the body's first
 * large one. Caption and credit come from the figure that shows the same file, else from the feed or JSON-LD. Logos,
 * icons and placeholders are refused. Null where there is none.
 */
export function leadPicture(input: LeadImageInput): LeadPicture | null {
  const { page, baseUrl } = input;
  const chosen = declared(input) ?? fromEntry(input) ?? firstInBody(input);
  if (chosen === null) return null;
  const shown = showing(chosen.url, page, baseUrl);
  return { image: described(chosen, shown, input), nodes: new Set(shown.map(({ node }) => node)) };
}

/** A picture that another page of the article leads with, and where this page shows it again. */
export function leadAgain(image: LeadImage, page: PageModel, baseUrl: string): LeadPicture {
  return { image, nodes: new Set(showing(image.url, page, baseUrl).map(({ node }) => node)) };
}

function showing(url: string, page: PageModel, baseUrl: string): readonly Medium[] {
  const key = imageKey(url);
  return page.media.filter(({ node }) => {
    const address =
      node.name === 'img' || node.name === 'amp-img' ? safeMediaAddress(bestImageAddress(node.attribs), baseUrl) : null;
    return address !== null && imageKey(address) === key;
  });
}

function described(chosen: Candidate, shown: readonly Medium[], { page, entryImage }: LeadImageInput): LeadImage {
  const told = entryImage !== null && imageKey(entryImage.url) === imageKey(chosen.url) ? entryImage : null;
  let figure: Caption = { caption: null, credit: null };
  for (const medium of shown) {
    const found = captionOf(medium, page);
    if (found.caption !== null || found.credit !== null) {
      figure = found;
      break;
    }
  }
  const first = shown[0]?.node.attribs;
  const alt = chosen.alt ?? (first?.['alt'] === undefined ? null : textOrNull(first['alt'])) ?? told?.alt ?? null;
  const toldCaption = told === null || told.caption === null ? null : partCaption(told.caption, told.credit);
  const caption = figure.caption ?? toldCaption?.caption ?? chosen.caption;
  return {
    url: chosen.url,
    width: chosen.width ?? told?.width ?? null,
    height: chosen.height ?? told?.height ?? null,
    type: chosen.type ?? typeOf(chosen.url),
    alt,
    caption,
    credit: figure.credit ?? toldCaption?.credit ?? told?.credit ?? chosen.credit,
  };
}

/** The caption of a picture: that of its figure, else the caption-like box beside it. */
function captionOf(medium: Medium, page: PageModel): Caption {
  const { boxes, blocks } = page;
  const figure = figureOf(medium.node);
  if (figure !== null) return readCaption(figure);
  let box = boxes[medium.box];
  for (let steps = 0; box !== undefined && steps < 3; steps++) {
    const within = blocks.slice(box.firstBlock, box.endBlock);
    if (within.length > 6 || within.some(({ text }) => text.length > 600)) break;
    const captioned = boxes
      .slice(box.index + 1, box.end)
      .find(({ marks, endBlock, firstBlock }) => marks.includes('caption') && endBlock > firstBlock);
    if (captioned !== undefined) return readCaption(box.node);
    box = box.parent < 0 ? undefined : boxes[box.parent];
  }
  const lines = pictureLines(page, medium).map((index) => blocks[index]!.text);
  return partCaption(lines.join(' '), null);
}

function declared({ metas, articles, baseUrl }: LeadImageInput): Candidate | null {
  const nothing = { alt: null, caption: null, credit: null, type: null, width: null, height: null };
  const openGraph = metas.first('og:image:secure_url', 'og:image', 'og:image:url');
  const candidates: (Candidate | { readonly url: string | null })[] = [
    {
      ...nothing,
      url: openGraph ?? '',
      width: pixels(metas.first('og:image:width')),
      height: pixels(metas.first('og:image:height')),
      type: mediaType(metas.first('og:image:type')),
      alt: textOrNull(metas.first('og:image:alt')),
    },
    ...articles.flatMap((node) => imagesOf(node['image'] ?? node['thumbnailUrl'])),
    {
      ...nothing,
      url: metas.first('twitter:image', 'twitter:image:src') ?? '',
      alt: textOrNull(metas.first('twitter:image:alt')),
    },
    {
      ...nothing,
      url: metas.first('sailthru.image.full', 'parsely-image-url', 'thumbnail', 'image', 'msapplication-image') ?? '',
    },
  ];
  for (const candidate of candidates) {
    const url = safeMediaAddress(candidate.url ?? undefined, baseUrl);
    if (url !== null && isPicture(url, candidate as Sizes)) return { ...nothing, ...(candidate as Candidate), url };
  }
  return null;
}

function imagesOf(value: unknown): Candidate[] {
  const items = Array.isArray(value) ? (value as unknown[]).slice(0, 10) : [value];
  return items.flatMap((item) => {
    const [link] = linked(item);
    if (link === undefined) return [];
    if (!isObject(item))
      return [{ url: link.url, width: null, height: null, type: null, alt: null, caption: null, credit: null }];
    const credit =
      textOf(item['creditText']) ??
      textOf(item['copyrightHolder']) ??
      textOf(item['creator']) ??
      textOf(item['author']);
    const { caption, credit: written } = partCaption(textOf(item['caption']) ?? '', credit);
    const dimension = (name: string): number | null =>
      pixels(textOf(item[name]) ?? (isObject(item[name]) ? textOf(item[name]['value']) : null));
    return [
      {
        url: link.url,
        width: dimension('width'),
        height: dimension('height'),
        type: null,
        alt: null,
        caption,
        credit: written,
      },
    ];
  });
}

function fromEntry({ entryImage, baseUrl }: LeadImageInput): Candidate | null {
  if (entryImage === null) return null;
  const url = safeMediaAddress(entryImage.url, baseUrl);
  if (url === null || !isPicture(url, entryImage)) return null;
  const { width, height, alt } = entryImage;
  const { caption, credit } = partCaption(entryImage.caption ?? '', entryImage.credit);
  return { url, width, height, alt, caption, credit, type: null };
}

function firstInBody({ page, baseUrl, inBody }: LeadImageInput): Candidate | null {
  for (const medium of page.media) {
    const { node } = medium;
    if ((node.name !== 'img' && node.name !== 'amp-img') || !inBody(medium) || isTrackingPixel(node.attribs)) continue;
    const url = safeMediaAddress(bestImageAddress(node.attribs), baseUrl);
    const sizes = { width: pixels(node.attribs['width'] ?? null), height: pixels(node.attribs['height'] ?? null) };
    if (url === null || !isPicture(url, sizes)) continue;
    if (isSmall(sizes, 200)) continue;
    return { url, ...sizes, type: null, alt: textOrNull(node.attribs['alt'] ?? null), caption: null, credit: null };
  }
  return null;
}

function isPicture(url: string, sizes: Sizes): boolean {
  const { pathname } = new URL(url);
  return (
    pathname.length > 1 &&
    !/\.(?:svg|ico|mp4|webm|pdf|html?)$/i.test(pathname) &&
    !NO_PICTURE.test(pathname.split('/').at(-1)!) &&
    !isSmall(sizes, SMALLEST_SIDE)
  );
}

function isSmall({ width, height }: Sizes, smallest: number): boolean {
  return (width ?? smallest) < smallest || (height ?? smallest) < smallest / 2;
}

function pixels(text: string | null): number | null {
  const digits = /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/.exec(text ?? '')?.[1];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}

function mediaType(text: string | null): string | null {
  return text !== null && /^image\/[\w.+-]{2,20}$/.test(text) ? text.toLowerCase() : null;
}

function typeOf(url: string): string | null {
  const ending = /\.(jpe?g|png|gif|webp|avif)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase();
  return ending === undefined ? null : `image/${ending === 'jpg' ? 'jpeg' : ending}`;
}

function textOrNull(text: string | null): string | null {
  const plain = text === null ? '' : plainTitle(text);
  // A file's name is no description.
  return plain === '' || /^[\w.-]+\.(?:jpe?g|png|gif|webp)$/i.test(plain) ? null : plain;
}
