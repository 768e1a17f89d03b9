import { withoutForbiddenCharacters } from '../support/html.ts';

// The one place where text becomes XML. There is no other escaping in the feeds, and no CDATA.

/** Cheaper than replacing, and most texts hold nothing of it. */
// oxlint-disable-next-line no-control-regex
const SPECIAL = /[\u0000-\u001f\u0080-\u009f"&<>\ud800-\udfff\ufffe\uffff]/;
// oxlint-disable-next-line no-control-regex
const SUSPICIOUS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\ufffe\uffff]/;

/**
 * A text as it may stand in an element or in a quoted attribute: characters that XML 1.0 §2.2 forbids are left out, the
 * rest reads back as it was.
 *
 * `plain` text is written with references by number: RSS readers that decode a title twice then still show what was
 * meant (RSS Advisory Board, "Character data"). `markup` (HTML as text, in elements only) is written with the shorter
 * references by name.
 */
export function escapeXml(text: string, kind: 'plain' | 'markup'): string {
  if (!SPECIAL.test(text)) return text;
  const allowed = text.isWellFormed() && !SUSPICIOUS.test(text) ? text : withoutForbiddenCharacters(text);
  return kind === 'plain' ? escapePlain(allowed) : escapeMarkup(allowed);
}

/** A parser folds white space of attributes and carriage returns of texts, unless they are references. */
const PLAIN: Readonly<Record<string, string>> = {
  '&': '&#x26;',
  '<': '&#x3C;',
  '>': '&#x3E;',
  '"': '&#x22;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapePlain(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => PLAIN[character]!);
}

/** Four passes: a quarter of a page is brackets, and one pass that asks a function for each is slower. */
function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#xD;');
}
