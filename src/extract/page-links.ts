import { isTag, type Document, type Element } from 'domhandler';
import { foldWhiteSpace } from '../support/html.ts';
import { markReader } from './class-marks.ts';
import { ENDS_THE_BODY } from './boilerplate.ts';
import { walk } from './page-model.ts';

/** A link with the line that it stands in. */
export type PageLink = {
  readonly node: Element;
  /** What it says: its text, else the alternative text of its picture, else its label. */
  readonly text: string;
  /** What stands before and behind it in its line, as far as it matters. */
  readonly before: string;
  readonly after: string;
  readonly line: number;
  /** Classes, id and rel of it and of its parent. */
  readonly names: string;
};

export type Lines = {
  readonly links: readonly PageLink[];
  /** The text of each line outside of navigation, comments, captions and related stories. */
  readonly lines: readonly string[];
};

const BREAKS_LINE: ReadonlySet<string> = new Set(
  'address article aside blockquote body br center dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Parts of a page in which a link speaks for something else than the article. */
const ELSEWHERE_ELEMENTS: ReadonlySet<string> = new Set(
  'nav aside footer figure figcaption script style noscript template svg button select textarea head form'.split(' '),
);
const ELSEWHERE_MARK =
  /-(?:comments?|commentlist|respond|disqus|related|recommended|sidebar|share|sharing|social|breadcrumbs?|menu|navigation|navbar|nav|footer|newsletter|promo|advert|ads?|trending|popular|widget|caption|gallery|photo-credit|image-credit|photo-credits|tags|tagcloud|pagination|author-bio|about-author|more-from|more-stories|also-like|read-next|hot|latest|most-read|signature|sponsored|toolbar)-/;
const MOST_LINKS = 3000;
/** So much of its line is looked at on both sides of a link, in characters. */
const NEARBY = 200;
/** A text that is longer is no name and no "Go to source". */
const LONGEST_LINE = 100_000;

type OpenLink = { node: Element; parts: string[]; alt: string; from: number };

/** The links of the article proper, each in its line. Links of sidebars, comments, captions, related stories are left out. */
export function articleLinks(root: Document | Element): Lines {
  const lines: string[] = [''];
  const links: { node: Element; text: string; from: number; to: number; line: number }[] = [];
  const readMarks = markReader();
  let open: OpenLink | null = null;
  /** After a heading such as "Related", up to the end of what its parent holds. */
  let silencedBy: Element | null = null;
  let heading: string[] | null = null;

  const breakLine = (): void => {
    if (lines.at(-1) !== '') lines.push('');
  };
  const closeLink = (): void => {
    if (open === null) return;
    const text = foldWhiteSpace(open.parts.join('')) || foldWhiteSpace(open.alt);
    if (silencedBy === null && links.length < MOST_LINKS)
      links.push({ node: open.node, text, from: open.from, to: lines.at(-1)!.length, line: lines.length - 1 });
    open = null;
  };

  walk(root, {
    enter: (node) => {
      const { name, attribs } = node;
      if (ELSEWHERE_ELEMENTS.has(name)) return false;
      if (isElsewhere(attribs, readMarks)) return false;
      if (BREAKS_LINE.has(name)) breakLine();
      if (/^h[1-6]$/.test(name)) heading = [];
      if (name === 'img' && open !== null) open.alt ||= attribs['alt'] ?? '';
      if (name === 'a')
        open = { node, parts: [], alt: attribs['aria-label'] ?? attribs['title'] ?? '', from: lines.at(-1)!.length };
      return true;
    },
    leave: (node) => {
      if (node.name === 'a') closeLink();
      if (/^h[1-6]$/.test(node.name) && heading !== null) {
        if (ENDS_THE_BODY.test(foldWhiteSpace(heading.join('')))) silencedBy = isTag(node.parent!) ? node.parent : null;
        heading = null;
      }
      if (node === silencedBy) silencedBy = null;
      if (BREAKS_LINE.has(node.name)) breakLine();
    },
    text: ({ data }) => {
      heading?.push(data);
      open?.parts.push(data);
      if (silencedBy === null && lines.at(-1)!.length < LONGEST_LINE)
        lines[lines.length - 1] = lines.at(-1)! + data.replace(/\s+/g, ' ');
    },
  });
  return {
    lines: lines.map(foldWhiteSpace),
    links: links.map(({ node, text, from, to, line }) => ({
      node,
      text,
      before: foldWhiteSpace(lines[line]!.slice(Math.max(0, from - NEARBY), from)),
      after: foldWhiteSpace(lines[line]!.slice(to, to + NEARBY)),
      line,
      names: namesOf(node),
    })),
  };
}

function isElsewhere(attribs: Readonly<Record<string, string>>, readMarks: ReturnType<typeof markReader>): boolean {
  if (attribs['class'] === undefined && attribs['id'] === undefined && attribs['role'] === undefined) return false;
  if (/^(?:navigation|complementary|contentinfo|search)$/.test(attribs['role'] ?? '')) return true;
  if (readMarks(attribs).includes('certain')) return true;
  return ELSEWHERE_MARK.test(dashed(`${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`));
}

function namesOf(node: Element): string {
  const parent = node.parent !== null && isTag(node.parent) ? node.parent.attribs : {};
  const own = node.attribs;
  return dashed(
    `${own['class'] ?? ''} ${own['id'] ?? ''} ${own['rel'] ?? ''} ${parent['class'] ?? ''} ${parent['id'] ?? ''}`,
  );
}

function dashed(names: string): string {
  return `-${names
    .slice(0, 500)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')}-`.replace(/-{2,}/g, '-');
}
