import sanitizeHtml from 'sanitize-html';
import type { Element } from 'domhandler';
import { escapeHtml, withoutForbiddenCharacters } from '../../support/html.ts';
import { walk } from '../page/page-model.ts';
import { mayBeDeep, parseHtml } from '../page/parse-html.ts';
import { ALLOWED_ATTRIBUTES, ALLOWED_EVERYWHERE, RENAMED, VOID, WITHOUT_TEXT } from './allowed-markup.ts';
import { embedLink } from './embeds.ts';
import { judgeAttributes } from './judge-attributes.ts';
import { bestImageAddress, isTrackingPixel } from '../picture/image-address.ts';
import { safeLinkAddress, safeMediaAddress } from '../page/safe-address.ts';
import { writeSafely, writeTreeSafely } from './write-safely.ts';

/** A longer body is cut before it is parsed. */
const MOST_CHARACTERS = 1_000_000;
/** sanitize-html drops what is nested deeper; writeSafely flattens to less. */
const DEEPEST_NESTING = 250;

type Attributes = Record<string, string>;

/**
 * Foreign HTML as it may stand in our pages and feeds: allowed elements and attributes alone (an allow-list), http and
 * https addresses (mailto in links), all absolute, no character that XML 1.0 forbids, depth capped, every `<`, `>`, `&`
 * and quote of text and attributes escaped. Sanitising the result again changes nothing.
 *
 * Links carry `rel="noopener nofollow"`: we do not vouch for what strangers link to. Not `ugc`: it is editors' work.
 */
export function sanitize(html: string, { baseUrl }: { readonly baseUrl: string }): string {
  const text = withoutForbiddenCharacters(html.length > MOST_CHARACTERS ? html.slice(0, MOST_CHARACTERS) : html);
  // What stands within a frame is shown by browsers that know no frames: none.
  const framesEmptied = text.replace(/(<iframe\b[^>]*>)[^<]+/gi, '$1');
  const flat = mayBeDeep(framesEmptied) ? flattened(framesEmptied) : framesEmptied;
  const judge = (markup: string): string => sanitizeHtml(markup, optionsFor(baseUrl));
  const tree = parseHtml(flat);
  // Where a comment or an instruction ends, parsers do not agree.
  const judged = /<[!?]/.test(flat) ? null : judgeAttributes(tree, judge);
  return judged === null ? writeSafely(judge(flat)) : writeTreeSafely(tree, judged, flat);
}

/** A text whose depth would cost the sanitiser's parser dear: read with a cap on the depth and written out flat. */
function flattened(html: string): string {
  const out: string[] = [];
  const end: string[] = [];
  walk(parseHtml(html), {
    enter: (node) => {
      if (WITHOUT_TEXT.includes(node.name)) return false;
      const deep = end.length >= DEEPEST_NESTING;
      if (!deep) out.push(`<${node.name}${attributesOf(node)}>`);
      end.push(deep || VOID.has(node.name) ? '' : `</${node.name}>`);
      return true;
    },
    leave: () => {
      out.push(end.pop() ?? '');
    },
    text: ({ data }) => out.push(escapeHtml(data)),
  });
  return out.join('');
}

function attributesOf({ attribs }: Element): string {
  let text = '';
  for (const [name, value] of Object.entries(attribs))
    if (/^[a-z][a-z-]*$/.test(name)) text += ` ${name}="${escapeHtml(value)}"`;
  return text;
}

/** The commonest first: sanitize-html looks through the list at each tag. */
const COMMON = ['p', 'a', 'li', 'strong', 'em', 'b', 'i', 'div', 'img', 'figure', 'ul', 'h2', 'h3', 'td', 'tr'];
const TAGS = [...new Set([...COMMON, ...Object.keys(ALLOWED_ATTRIBUTES)])];
/** Short, since sanitize-html copies it at each call: elements without attributes of their own are left out. */
const ATTRIBUTES: Record<string, string[]> = {
  '*': [...ALLOWED_EVERYWHERE],
  ...Object.fromEntries(TAGS.map((tag) => [tag, [...ALLOWED_ATTRIBUTES[tag]!]]).filter(([, own]) => own!.length > 0)),
};

const NON_TEXT_TAGS = [...WITHOUT_TEXT];
const RENAMING: Record<string, sanitizeHtml.Transformer> = Object.fromEntries(
  Object.entries(RENAMED).map(([from, to]) => [
    from,
    (_tag: string, attribs: Attributes) => ({ tagName: to, attribs }),
  ]),
);

function optionsFor(baseUrl: string): sanitizeHtml.IOptions {
  return {
    allowedTags: TAGS,
    allowedAttributes: ATTRIBUTES,
    nonTextTags: NON_TEXT_TAGS,
    nestingLimit: DEEPEST_NESTING,
    allowedSchemes: ['http', 'https'],
    allowedSchemesByTag: { a: ['http', 'https', 'mailto'] },
    allowProtocolRelative: false,
    enforceHtmlBoundary: false,
    parseStyleAttributes: false,
    transformTags: {
      ...RENAMING,
      a: (_tag, attribs) => ({ tagName: 'a', attribs: linkAttributes(attribs, baseUrl) }),
      img: (_tag, attribs) => ({ tagName: 'img', attribs: imageAttributes(attribs, baseUrl) }),
      iframe: (_tag, attribs) => frameAsLink(attribs),
      blockquote: (tag, attribs) => ({ tagName: tag, attribs: citation(attribs, baseUrl) }),
      q: (tag, attribs) => ({ tagName: tag, attribs: citation(attribs, baseUrl) }),
      ins: (tag, attribs) => ({ tagName: tag, attribs: citation(attribs, baseUrl) }),
      del: (tag, attribs) => ({ tagName: tag, attribs: citation(attribs, baseUrl) }),
      audio: (tag, attribs) => ({ tagName: tag, attribs: playerAttributes(attribs, baseUrl) }),
      video: (tag, attribs) => ({ tagName: tag, attribs: playerAttributes(attribs, baseUrl) }),
      source: (tag, attribs) => ({ tagName: tag, attribs: sourceAttributes(attribs, baseUrl) }),
    },
    exclusiveFilter: ({ tag, attribs }) =>
      (tag === 'img' && attribs['src'] === undefined) || (tag === 'source' && attribs['src'] === undefined),
  };
}

function linkAttributes(attribs: Attributes, baseUrl: string): Attributes {
  const href = safeLinkAddress(attribs['href'], baseUrl);
  const { href: _href, rel: _rel, ...rest } = attribs;
  return href === null ? rest : { href, rel: 'noopener nofollow', ...rest };
}

function imageAttributes(attribs: Attributes, baseUrl: string): Attributes {
  const src = isTrackingPixel(attribs) ? null : safeMediaAddress(bestImageAddress(attribs), baseUrl);
  if (src === null) return {};
  const [width, height] = [pixels(attribs['width']), pixels(attribs['height'])];
  return {
    src,
    alt: attribs['alt'] ?? '',
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
    loading: 'lazy',
    // The picture is asked of its publisher's server: it need not learn where it is looked at.
    referrerpolicy: 'no-referrer',
    ...(attribs['title'] === undefined ? {} : { title: attribs['title'] }),
  };
}

function playerAttributes(attribs: Attributes, baseUrl: string): Attributes {
  const [src, poster] = [safeMediaAddress(attribs['src'], baseUrl), safeMediaAddress(attribs['poster'], baseUrl)];
  const [width, height] = [pixels(attribs['width']), pixels(attribs['height'])];
  return {
    controls: '',
    // Nothing is asked of the publisher's server before somebody presses play.
    preload: 'none',
    ...(src === null ? {} : { src }),
    ...(poster === null ? {} : { poster }),
    ...(width === null ? {} : { width }),
    ...(height === null ? {} : { height }),
  };
}

function sourceAttributes(attribs: Attributes, baseUrl: string): Attributes {
  const src = safeMediaAddress(attribs['src'], baseUrl);
  const type = attribs['type'];
  if (src === null) return {};
  return { src, ...(type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? { type } : {}) };
}

function citation(attribs: Attributes, baseUrl: string): Attributes {
  const { cite, ...rest } = attribs;
  const address = safeLinkAddress(cite, baseUrl);
  return address === null ? rest : { cite: address, ...rest };
}

/** A frame as a link to what it shows. The element keeps its name when it is unknown, and goes with its content. */
function frameAsLink(attribs: Attributes): sanitizeHtml.Tag {
  const link = embedLink(attribs['src'] ?? attribs['data-src'] ?? attribs['data-lazy-src'], attribs['title']);
  if (link === null) return { tagName: 'iframe', attribs: {} };
  return { tagName: 'a', attribs: { href: link.url, rel: 'noopener nofollow' }, text: link.text };
}

function pixels(value: string | undefined): string | null {
  const digits = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(value ?? '')?.[1];
  return digits === undefined || Number(digits) === 0 ? null : String(Number(digits));
}
