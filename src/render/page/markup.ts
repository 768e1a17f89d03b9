import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { withoutForbiddenCharacters } from '../../support/html.ts';

// The one door to hono/html. Whatever is put into a template is escaped, unless it is markup already.

/** A piece of a page, safe as it stands. */
export type Markup = HtmlEscapedString;

/** What may be put into a template. Null is nothing. */
export type Part = string | number | null | Markup | readonly Part[];

/** A template of HTML: strings and numbers in it are escaped, for text and for quoted attributes alike. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  // hono answers with a promise only when it is given one, and `Part` holds none.
  return html(strings, ...parts) as Markup;
}

/** HTML that the sanitiser has written, as it stands. For an entry's `contentHtml`, and for nothing else. */
export function sanitised(contentHtml: string): Markup {
  return raw(contentHtml);
}

/** The finished text of a page, without the characters that no document may hold. */
export function textOf(page: Markup): string {
  return withoutForbiddenCharacters(page.toString());
}
