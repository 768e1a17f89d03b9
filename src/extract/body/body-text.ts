import { foldWhiteSpace, textOfSanitised } from '../../support/html.ts';

const BREAK =
  /<\/?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|td|th|thead|tbody|tfoot|figure|figcaption|caption|details|summary|audio|video|img)\b[^<>]*>/g;

/**
 * The text of a sanitised body, one line a block. Captions are a picture's and not the body's: left out.
 * What is counted, compared and excerpted.
 */
export function bodyText(sanitised: string): string {
  return sanitised
    .replace(/<figcaption>[^]*?<\/figcaption>/g, '\n')
    .replace(/<rt>[^]*?<\/rt>|<rp>[^]*?<\/rp>/g, '')
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(BREAK, '\n')
    .split('\n')
    .map((line) => (line.includes('<') || line.includes('&') ? textOfSanitised(line) : foldWhiteSpace(line)))
    .filter((line) => line !== '')
    .join('\n');
}
