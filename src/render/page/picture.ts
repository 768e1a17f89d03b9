import type { LeadImage } from '../../model/article.ts';
import { publicAddress } from '../../support/public-address.ts';
import { markup, type Markup } from './markup.ts';

/**
 * An image, or null when there is none that a page may load. Its size stands in the markup where it is known, so that
 * nothing moves when it arrives; the style sheet keeps a place for the others. `now` is for what is seen at once.
 */
export function picture(image: LeadImage | null, load: 'now' | 'when-near'): Markup | null {
  const address = image === null ? null : publicAddress(image.url);
  if (image === null || address === null) return null;
  const { width, height } = image;
  const sized = width !== null && height !== null && width > 0 && height > 0;
  const size = sized ? markup` width="${Math.round(width)}" height="${Math.round(height)}"` : null;
  const loading = load === 'now' ? markup` fetchpriority="high"` : markup` loading="lazy"`;
  return markup`<img src="${address}" alt="${image.alt ?? ''}"${size}${loading} decoding="async">`;
}
