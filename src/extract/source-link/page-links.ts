import { isTag, isText, type Document, type Element } from 'domhandler';
import { foldWhiteSpace } from '../../support/html.ts';
import { ENDS_THE_BODY } from '../page/boilerplate.ts';
import { remembering } from '../page/class-marks.ts';
import { formTarget, postElement, type PostElement } from './elements-that-lead.ts';
import { LineWriter, type LineBox, type PageLine, type Quote } from './page-lines.ts';
import { walk } from '../page/page-model.ts';
import { HEADS_OTHERS_STORIES } from './source-sentences.ts';

/** A link with the line that it stands in, or a button that leads somewhere. */
export type PageLink = {
  readonly node: Element;
  /** What it says: its text, else the alternative text of its picture, else its label. */
  readonly text: string;
  readonly line: number;
  /** Where it begins and ends in its line, and where the link before it in the same line ends (0: there is none). */
  readonly from: number;
  readonly to: number;
  readonly since: number;
  /** The innermost box and quotation that hold it; -1: none. */
  readonly box: number;
  readonly quote: number;
  readonly inCard: boolean;
  readonly inRepost: boolean;
  /** Of a form's button: where the form leads. */
  readonly action: string | null;
};

/** The text of an article with its links. Sidebars, comments, captions and related stories are left out. */
export type PageText = {
  readonly title: string | null;
  readonly lines: readonly PageLine[];
  readonly links: readonly PageLink[];
  readonly boxes: readonly LineBox[];
  readonly quotes: readonly Quote[];
  readonly posts: readonly PostElement[];
  /** Whether each table holds figures. */
  readonly tables: readonly boolean[];
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** Parts of a page in which a link speaks for something else than the article. */
const SKIPPED = words('nav script style noscript template textarea select option head iframe canvas svg video audio');
const EXHIBITS = words('iframe canvas svg video audio img figure');
const ELSEWHERE_MARK =
  /-(?:comments?|comments?(?:list|section|area|thread|form|block|feed|container|wrap)|kommentare?r?|comentarios|commentaires|reacties|komentarze|livefyre|fbcomments|taboola|outbrain|sharedaddy|addtoany|addthis|cookies?|cookie(?:banner|notice|consent|bar)|consent|gdpr|popup|modal|respond|disqus|related|recommended|sidebar|share|sharing|social|breadcrumbs?|menu|navigation|navbar|nav|newsletter|promo|advert|ads?|trending|popular|widget|caption|gallery|photo-credit|image-credit|photo-credits|tags|tagcloud|pagination|author-bio|about-author|more-from|more-stories|also-like|read-next|hot|latest|most-read|signature|sponsored|toolbar|u-in-reply-to|u-like-of)-/;
const FOOTER_MARK = /-footer-/;
/** Names of an article's own parts: a footer within one is the article's. */
const OWN_PART = /-(?:post|entry|article|story|hentry|h-entry|note|clip|card)-/;
const SAYS_SOURCE = /-(?:source|sources|origin|original|credit|attribution|via|citation|provenance)-/;
const CARD =
  /-(?:status-card|link-?card|embed-card|card-link|embed-external|external-embed|embedded-link|link-embed|link-preview|preview-card|preview-link|bookmark-card|url-preview|unfurl|onebox|link-attachment|link-?box|opengraph|og-card)-/;
const CARD_OF_A_LINK = /-(?:card|embed|embedded|preview|attachment|external)-/;
const READ_FIGURE = /quote|bookmark|link-?(?:card|preview)|embed-(?:card|link)|is-type-wp-embed/;
const REPOST = /-u-(?:repost|bookmark)-of-/;
const OF_PICTURES = /-(?:caption|gallery|photo-credits?|image-credit)-/;
const SAYS_ANYTHING = new RegExp(
  [ELSEWHERE_MARK, FOOTER_MARK, OWN_PART, SAYS_SOURCE, CARD, CARD_OF_A_LINK, REPOST, OF_PICTURES, READ_FIGURE]
    .map(({ source }) => source)
    .join('|'),
);
const SHOWS_FIGURES = /chart|graph(?!ic|y)|diagram|datawrapper|flourish|infogr|statist|tableau/i;
const MOST_LINKS = 3000;
const MOST_LINES = 20_000;

/** Reads a page or a feed's text, in one walk. */
export function readPageText(root: Document | Element): PageText {
  const reader = new PageTextReader();
  walk(root, {
    enter: (node) => reader.enter(node),
    leave: (node) => reader.leave(node),
    text: ({ data }) => reader.text(data),
  });
  const { lines, boxes, quotes, tables } = reader.writer;
  return { title: reader.title, lines, boxes, quotes, tables, links: reader.links, posts: reader.posts };
}

/** Text without markup, a line each. */
export function plainPageText(text: string): PageText {
  const lines = text
    .split('\n', MOST_LINES)
    .map((line): PageLine => ({ text: line.trim(), level: 0, behind: null, box: -1, table: -1, quote: -1 }));
  return { title: null, lines, links: [], boxes: [], quotes: [], posts: [], tables: [] };
}

class PageTextReader {
  title: string | null = null;
  readonly writer = new LineWriter();
  readonly links: PageLink[] = [];
  readonly posts: PostElement[] = [];
  readonly #readNames = remembering(readNames);
  #open: { node: Element; parts: string[]; alt: string; from: number; action: string | null } | null = null;
  #form: Element | null = null;
  #formLeads: { readonly form: Element; readonly to: string | null } | null = null;
  #card: Element | null = null;
  #repost: Element | null = null;
  readonly #ownParts: Element[] = [];
  #lastLine = -1;
  #lastEnd = 0;
  /** After a heading such as "Related", up to the end of what its parent holds. */
  #silencedBy: Element | null = null;

  enter(node: Element): boolean {
    const { name, attribs } = node;
    if (name === 'head') this.title ??= titleIn(node);
    const { class: classes, id } = attribs;
    const says =
      classes === undefined && id === undefined
        ? NAMELESS
        : this.#readNames(id === undefined ? classes! : `${classes ?? ''} ${id}`);
    if (EXHIBITS.has(name)) this.#exhibit(node, says);
    if (this.#isElsewhere(node, says)) {
      if (says.isPicture) this.writer.exhibit('picture');
      return false;
    }
    if (name === 'article' || name === 'main' || (says.isOwnPart && name !== 'body')) this.#ownParts.push(node);
    if (name === 'form') this.#form = node;
    if (says.isCard || (says.mayBeCard && name === 'a')) this.#card ??= node;
    if (says.isRepost) this.#repost ??= node;
    const post = postElement(node);
    if (post !== null) this.posts.push(post);
    this.writer.enter(node);
    this.#enterLink(node);
    return true;
  }

  leave(node: Element): void {
    const { name } = node;
    if (name === 'a' || name === 'button') this.#closeLink();
    if (node === this.#form) this.#form = null;
    if (node === this.#card) this.#card = null;
    if (node === this.#repost) this.#repost = null;
    if (node === this.#ownParts.at(-1)) this.#ownParts.pop();
    if (/^h[2-6]$/.test(name)) this.#silence(node);
    this.writer.leave(node);
    if (node === this.#silencedBy) this.#silencedBy = null;
  }

  text(data: string): void {
    this.#open?.parts.push(data);
    if (this.#silencedBy === null) this.writer.text(data);
  }

  #isElsewhere({ name, attribs }: Element, says: Names): boolean {
    if (name === 'figure') return !says.isReadFigure;
    if (SKIPPED.has(name) || this.writer.lines.length > MOST_LINES) return true;
    if (name === 'aside' && !says.isSource) return true;
    if (attribs['role'] !== undefined && /^(?:navigation|complementary|contentinfo|search)$/.test(attribs['role']))
      return true;
    if (name.includes('-') && ELSEWHERE_MARK.test(`-${name}-`)) return true;
    const isFoot = name === 'footer' || says.isFooter;
    if (isFoot && this.#ownParts.length === 0 && !says.isOwnPart) return true;
    return says.isElsewhere && name !== 'body' && name !== 'html';
  }

  #exhibit({ name, attribs }: Element, says: Names): void {
    if (attribs['width'] === '1' || attribs['height'] === '1') return;
    if (name === 'figure' && says.isReadFigure) return;
    if ((name === 'img' || name === 'svg') && this.#open !== null) return;
    const told = `${attribs['class'] ?? ''} ${attribs['src'] ?? ''} ${attribs['alt'] ?? ''}`.slice(0, 400);
    this.writer.exhibit(name !== 'figure' && SHOWS_FIGURES.test(told) ? 'figures' : 'picture');
  }

  #enterLink(node: Element): void {
    const { name, attribs } = node;
    if (name === 'a') this.#openLink(node, null);
    else if (name === 'button') this.#openLink(node, this.#buttonTarget(node));
    else if (name === 'img' && this.#open !== null) this.#open.alt ||= attribs['alt'] ?? '';
    else if (name === 'input' && this.#form !== null && /^(?:submit|button|image)$/i.test(attribs['type'] ?? '')) {
      this.#openLink(node, this.#buttonTarget(node));
      this.#open!.alt = attribs['value'] ?? attribs['alt'] ?? '';
      this.#closeLink();
    }
  }

  /** Where a button leads by itself or by its form. */
  #buttonTarget({ attribs }: Element): string | null {
    const { formaction, type } = attribs;
    if (formaction !== undefined) return formaction;
    if (this.#form === null || type === 'button' || type === 'reset') return null;
    if (this.#formLeads?.form !== this.#form) this.#formLeads = { form: this.#form, to: formTarget(this.#form) };
    return this.#formLeads.to;
  }

  #openLink(node: Element, action: string | null): void {
    const alt = node.attribs['aria-label'] ?? node.attribs['title'] ?? '';
    this.#open = { node, parts: [], alt, from: this.writer.line.text.length, action };
  }

  #closeLink(): void {
    if (this.#open === null) return;
    const { node, parts, alt, from, action } = this.#open;
    this.#open = null;
    if (this.#silencedBy !== null || this.links.length >= MOST_LINKS) return;
    const text = foldWhiteSpace(parts.join('')) || foldWhiteSpace(alt);
    const { box, quote } = this.writer;
    const line = this.writer.lines.length - 1;
    const to = this.writer.line.text.length;
    const since = this.#lastLine === line ? this.#lastEnd : 0;
    const [inCard, inRepost] = [this.#card !== null, this.#repost !== null];
    // A link that holds whole blocks (a card) began in an earlier line.
    this.links.push({ node, text, line, from: Math.min(from, to), to, since, box, quote, inCard, inRepost, action });
    this.#lastLine = line;
    this.#lastEnd = to;
  }

  /** A heading that another part of the page begins with; never the page's own title. */
  #silence(heading: Element): void {
    const text = foldWhiteSpace(this.writer.line.text);
    if (text === '' || this.#silencedBy !== null || this.title?.includes(text) === true) return;
    if (!ENDS_THE_BODY.test(text) && !HEADS_OTHERS_STORIES.test(text)) return;
    this.#silencedBy = heading.parent !== null && isTag(heading.parent) ? heading.parent : null;
  }
}

/** What class names and an id say of an element. */
type Names = {
  readonly isElsewhere: boolean;
  readonly isFooter: boolean;
  readonly isOwnPart: boolean;
  readonly isSource: boolean;
  readonly isCard: boolean;
  /** A card where it is a link as a whole. */
  readonly mayBeCard: boolean;
  readonly isRepost: boolean;
  readonly isPicture: boolean;
  /** Of a figure: it is no picture, but a quotation with its author or the card of another page. */
  readonly isReadFigure: boolean;
};

function readNames(names: string): Names {
  const words = dashed(names);
  if (!SAYS_ANYTHING.test(words)) return NAMELESS;
  return {
    isElsewhere: ELSEWHERE_MARK.test(words),
    isFooter: FOOTER_MARK.test(words),
    isOwnPart: OWN_PART.test(words),
    isSource: SAYS_SOURCE.test(words),
    isCard: CARD.test(words),
    mayBeCard: CARD_OF_A_LINK.test(words),
    isRepost: REPOST.test(words),
    isPicture: OF_PICTURES.test(words),
    isReadFigure: READ_FIGURE.test(words),
  };
}

const NAMELESS: Names = {
  isElsewhere: false,
  isFooter: false,
  isOwnPart: false,
  isSource: false,
  isCard: false,
  mayBeCard: false,
  isRepost: false,
  isPicture: false,
  isReadFigure: false,
};

function titleIn(head: Element): string | null {
  for (const node of head.children)
    if (isTag(node) && node.name === 'title')
      return foldWhiteSpace(node.children.map((child) => (isText(child) ? child.data : '')).join(''));
  return null;
}

/** Class names and ids as words between dashes: `-post-body-text-`. */
export function dashed(names: string): string {
  const words = names.length > 500 ? names.slice(0, 500) : names;
  return `-${words.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`;
}
