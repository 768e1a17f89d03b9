// Characters of text that goes into HTML or XML: which may stand, and how they are written. No parsing.

/**
 * Everything that XML 1.0 §2.2 does not allow in a document (most controls, lone surrogates, U+FFFE and U+FFFF), and the
 * controls that it allows and advises against: U+0080 to U+009F are read as windows-1252 by whom they reach.
 */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What is forbidden but for surrogates: nearly no text holds any, and to see that takes a tenth of the time. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\ufffe\uffff]/;

export function withoutForbiddenCharacters(text: string): string {
  return CONTROLS.test(text) || !text.isWellFormed() ? text.replace(FORBIDDEN, '') : text;
}

/** White space that is not one plain space already: replacing each of those too would cost most of the time. */
const UNFOLDED = /[^\S ]\s*| \s+/g;

/** White space of every kind folded to single spaces, none at the ends. */
export function foldWhiteSpace(text: string): string {
  return text.replace(UNFOLDED, ' ').trim();
}

const SPECIAL = /[&<>"']/;

/** Text as it may stand in HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  // In expressions: replaceAll of a text takes twice as long.
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** Text as it may stand in an element of HTML: quotes may stay as they are. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Elements that end a line of text; between others no white space is added. */
const BREAKS =
  /^\/?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|td|th|figure|figcaption|section|article|aside|details|summary|header|footer)$/;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/**
 * The plain text of HTML that our own sanitiser has written (every `<`, `>` and `&` of its text is escaped, so a tag is
 * what stands between angle brackets). White space is folded; blocks are parted by a space.
 */
export function textOfSanitised(html: string): string {
  const spaced = html.replace(/<(\/?[a-z0-9]+)[^<>]*>/gi, (_tag, name: string) => (BREAKS.test(name) ? ' ' : ''));
  return foldWhiteSpace(RARE.test(spaced) ? withoutReferences(spaced) : unescapeHtml(spaced));
}

/** What `escapeHtml` does not write. */
const RARE = /&(?!(?:amp|lt|gt|quot|#39);)/;

/** What `escapeHtml` wrote, as it was. The ampersand last: what it begins is no reference. */
export function unescapeHtml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

function withoutReferences(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
