import { plainTitle } from '../../support/plain-title.ts';

// Whether an address and its sizes are likely to be a picture of an article, and how pages write sizes and kinds.

const NO_PICTURE =
  /(?:^|[/_.-])(?:logos?|sitelogo|placeholder|default(?:[-_.]?(?:image|img|thumb\w*|share|og|social|photo|picture))?|avatars?|gravatar|favicon|icons?|sprite|blank|spacer|fallback|no-?image|noimage|no-?photo|nophoto|missing|social-?(?:share|default|card)|share-?(?:image|default|logo)|og-?(?:default|logo|image-default)|site-?(?:share|social|default)|opengraph-?default|apple-touch-icon|mstile|badge|button|load(?:ing|er)?|banner-?ad|pixel|1x1)(?:[-_.@/]|\d{0,4}x?\d{0,4}\.|$)/i;
const SMALLEST_SIDE = 100;

export type Sizes = { readonly width: number | null; readonly height: number | null };

/** Neither logo, icon, placeholder nor too small for a picture. */
export function isPicture(url: string, sizes: Sizes): boolean {
  const { pathname } = new URL(url);
  return (
    pathname.length > 1 &&
    !/\.(?:svg|ico|mp4|webm|pdf|html?)$/i.test(pathname) &&
    !NO_PICTURE.test(pathname.split('/').at(-1)!) &&
    !isSmall(sizes, SMALLEST_SIDE)
  );
}

/** Narrower than so many pixels, or flatter than half of them, as far as the sizes are known. */
export function isSmall({ width, height }: Sizes, smallest: number): boolean {
  return (width ?? smallest) < smallest || (height ?? smallest) < smallest / 2;
}

/** A size as attributes and structured data write it: `800`, `800px`. */
export function pixels(text: string | null): number | null {
  const digits = /^\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$/.exec(text ?? '')?.[1];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}

export function imageType(text: string | null): string | null {
  return text !== null && /^image\/[\w.+-]{2,20}$/.test(text) ? text.toLowerCase() : null;
}

/** The media type that an address's ending tells. */
export function typeOf(url: string): string | null {
  const ending = /\.(jpe?g|png|gif|webp|avif)$/i.exec(new URL(url).pathname)?.[1]?.toLowerCase();
  return ending === undefined ? null : `image/${ending === 'jpg' ? 'jpeg' : ending}`;
}

/** Alternative text; null where it says nothing. A file's name is no description. */
export function alternativeText(text: string | null | undefined): string | null {
  const plain = text === null || text === undefined ? '' : plainTitle(text);
  return plain === '' || /^[\w.-]+\.(?:jpe?g|png|gif|webp)$/i.test(plain) ? null : plain;
}
