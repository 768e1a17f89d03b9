import type { Article, LeadImage } from '../model/article.ts';
import type { ImageCopies, ImageCopy } from '../model/image-copy.ts';
import type { Site } from '../model/site.ts';
import type { Source } from '../model/source.ts';
import { escapeHtml, unescapeHtml } from '../support/html.ts';
import { allowedText, type AllowedText } from './allowed-extent.ts';
import { extentFor } from './extent-for.ts';
import type { RightsOfSite } from './opt-out.ts';

/** What in a body that we have sanitised shows a picture, and where its address stands. */
const SHOWS_PICTURE = /<(?:img|video)\s[^<>]*>/g;
/** Of one article: more is an attack, or a page of all pictures that there are. */
const MOST_PICTURES = 100;
const LONGEST_ADDRESS = 4000;
const PICTURE_OF = { img: /\ssrc="([^"]*)"/, video: /\sposter="([^"]*)"/ } as const;
const VALUE = /"[^"]*"/g;

/**
 * The addresses of the pictures of an article that we may keep copies of, the lead image first, each once. None where the
 * article may not be republished whole: a picture is a work of its own, and an excerpt of it is none.
 */
export function picturesToCopy(article: Article, source: Source | null, site: RightsOfSite): readonly string[] {
  const shown = allowedText(article, source, site);
  if (!shown.mayBeCopied) return [];
  const { image, contentHtml, episode } = shown;
  const urls = [image?.url ?? '', ...picturesIn(contentHtml), episode?.imageUrl ?? ''];
  const whole = urls.filter((url) => url.length <= LONGEST_ADDRESS && /^https?:\/\//i.test(url));
  return [...new Set(whole)].slice(0, MOST_PICTURES);
}

/** Whether we may keep copies of an article's pictures. */
export function mayKeepPictures(article: Article, source: Source | null, site: RightsOfSite): boolean {
  return extentFor(article, source, site).extent === 'full';
}

function picturesIn(html: string): string[] {
  return [...html.matchAll(SHOWS_PICTURE)].flatMap(([tag]) => {
    const address = addressIn(tag);
    return address === null ? [] : [unescapeHtml(address)];
  });
}

function addressIn(tag: string): string | null {
  return (attributeIn(tag).exec(tag)?.[1] ?? '') || null;
}

function attributeIn(tag: string): RegExp {
  return PICTURE_OF[tag.startsWith('<img') ? 'img' : 'video'];
}

/** A text with our copies in the place of its pictures, as far as there are any. */
export function withOwnCopies(
  shown: AllowedText,
  { images, site }: { readonly images: ImageCopies; readonly site: Pick<Site, 'url'> },
): AllowedText {
  if (!shown.mayBeCopied || images.size === 0) return shown;
  const urlOf = ({ path }: ImageCopy): string => `${site.url}${path}`;
  const copyOf = (url: string | null | undefined): ImageCopy | undefined =>
    url === null || url === undefined ? undefined : images.get(url);
  const { image, episode, enclosures } = shown;
  const lead = copyOf(image?.url);
  const cover = copyOf(episode?.imageUrl);
  return {
    ...shown,
    image: image === null || lead === undefined ? image : leadCopy(image, lead, urlOf(lead)),
    contentHtml: shown.contentHtml.replace(SHOWS_PICTURE, (tag) => {
      const address = addressIn(tag);
      const copy = address === null ? undefined : copyOf(unescapeHtml(address));
      return copy === undefined ? tag : tagWithCopy(tag, { copy, url: urlOf(copy) });
    }),
    episode: episode === null || cover === undefined ? episode : { ...episode, imageUrl: urlOf(cover) },
    // A feed often names its lead image as a file beside it as well.
    enclosures: enclosures.map((file) => {
      const copy = copyOf(file.url);
      return copy === undefined ? file : { ...file, url: urlOf(copy), type: copy.type, lengthBytes: copy.bytes };
    }),
  };
}

function leadCopy(image: LeadImage, { type, width, height }: ImageCopy, url: string): LeadImage {
  return { ...image, url, type, width, height };
}

/** The size that a publisher shows it at stays; where none is told it is that of the picture, so that nothing moves when it comes. */
function tagWithCopy(tag: string, { copy, url }: { readonly copy: ImageCopy; readonly url: string }): string {
  // Where the address stands, not its first likeness: words that stand in for a picture may be its address too.
  const moved = tag.replace(attributeIn(tag), (attribute) => attribute.replace(VALUE, () => `"${escapeHtml(url)}"`));
  if (!tag.startsWith('<img') || /\s(?:width|height)=/.test(tag.replaceAll(VALUE, '""'))) return moved;
  return moved.replace(/\s*\/?>$/, (end) => ` width="${copy.width}" height="${copy.height}"${end}`);
}
