import { isTag, isText, type ChildNode, type Element, type Text } from 'domhandler';
import { escapeHtml } from '../../support/html.ts';
import { bestImageAddress, isTrackingPixel } from '../picture/image-address.ts';
import type { MainContent } from './main-content.ts';
import type { Box, PageModel } from '../page/page-model.ts';
import { pictureLines } from '../picture/picture-lines.ts';

/** What is kept as it is; of other elements the content alone is. */
const WRITTEN: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo blockquote caption cite code dd del details dfn dl dt em h1 h2 h3 h4 h5 h6 i ins kbd li mark ol p pre q rp rt ruby s samp small strong sub summary sup table tbody td tfoot th thead time tr u ul var'.split(
    ' ',
  ),
);
/** Boxes without a meaning of their own. */
const PLAIN_BOX: ReadonlySet<string> = new Set([
  'div',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'aside',
  'center',
  'address',
  'form',
  'figure',
  'figcaption',
]);
const KEPT_ATTRIBUTES: readonly string[] = [
  'href',
  'cite',
  'colspan',
  'rowspan',
  'start',
  'reversed',
  'datetime',
  'dir',
  'lang',
  'value',
  'scope',
];
const NEVER: ReadonlySet<string> = new Set(
  'script style template noscript svg math canvas object embed select textarea input button option head'.split(' '),
);
const MEDIA: ReadonlySet<string> = new Set(['img', 'amp-img', 'iframe', 'video', 'audio']);

type Written = Pick<MainContent, 'selection' | 'dropped'>;
type Open = { readonly closing: string; next: ChildNode | null };
type Plan = {
  readonly text: ReadonlySet<Text>;
  readonly skipped: ReadonlySet<Element>;
  /** Elements that are written as a figure, with the text of its caption. */
  readonly figures: ReadonlyMap<Element, Figure>;
  /** Films whose poster is the lead image. */
  readonly posters: ReadonlySet<Element>;
};
type Figure = { readonly media: readonly Element[]; readonly caption: string };

/**
 * The selected body as plain HTML, not yet sanitised: its text as it stands in the page without what was not selected;
 * pictures with their captions as figures; lists, tables, quotations and code as they are. `lead` are the elements that
 * show the lead image: neither they nor their captions come again.
 */
export function writeBody(page: PageModel, content: Written, lead: ReadonlySet<Element>): string {
  const plan = planOf(page, content, lead);
  const out: string[] = [];
  for (const root of content.selection.roots) writeTree(root.node, plan, out);
  return out.join('');
}

function planOf(page: PageModel, { selection, dropped }: Written, lead: ReadonlySet<Element>): Plan {
  const { kept, captions } = selection;
  const text = new Set<Text>();
  for (const block of page.blocks) if (kept[block.index] === 1) for (const node of block.nodes) text.add(node);
  // Of a film the picture that stands for it until it is played is shown, not the film.
  const posters = new Set([...lead].filter(({ name }) => name === 'video'));
  const skipped = lead.difference(posters);
  const keptBefore = new Uint32Array(page.blocks.length + 1);
  const captionsBefore = new Uint32Array(page.blocks.length + 1);
  for (let index = 0; index < page.blocks.length; index++) {
    keptBefore[index + 1] = keptBefore[index]! + kept[index]!;
    captionsBefore[index + 1] = captionsBefore[index]! + captions[index]!;
  }
  const hasText = ({ firstBlock, endBlock }: Box): boolean => keptBefore[endBlock] !== keptBefore[firstBlock];
  const hasCaption = ({ firstBlock, endBlock }: Box): boolean =>
    captionsBefore[endBlock] !== captionsBefore[firstBlock];
  for (const box of page.boxes) {
    // Dropped, or all of its text gone: its pictures go with it.
    if (dropped[box.index] === 1 || (box.endBlock > box.firstBlock && !hasText(box) && !hasCaption(box)))
      skipped.add(box.node);
  }
  const figures = figuresOf(page, { hasText, hasCaption, skipped, captions, lead: lead.difference(posters) });
  return { text, skipped, figures, posters };
}

type Figuring = {
  readonly hasText: (box: Box) => boolean;
  readonly hasCaption: (box: Box) => boolean;
  readonly skipped: Set<Element>;
  readonly captions: Uint8Array;
  readonly lead: ReadonlySet<Element>;
};

/** For each picture the smallest box that holds it and a caption and no text of the body, else its `<figure>`. */
function figuresOf(page: PageModel, { hasText, hasCaption, skipped, captions, lead }: Figuring): Map<Element, Figure> {
  const figures = new Map<Element, { media: Element[]; caption: string }>();
  for (const medium of page.media) {
    let box = page.boxes[medium.box];
    let figure: Box | null = null;
    for (let steps = 0; box !== undefined && steps < 6 && !hasText(box); steps++) {
      if (box.name === 'figure' || hasCaption(box)) figure = box;
      if (figure !== null && hasCaption(figure)) break;
      box = box.parent < 0 ? undefined : page.boxes[box.parent];
    }
    if (figure === null) {
      // The caption stands in a paragraph after the picture's own: nothing but the text's box holds both.
      const own = page.boxes[medium.box];
      const lines = pictureLines(page, medium, captions).filter((index) => captions[index] === 1);
      if (own === undefined || own.parent < 0 || lines.length === 0 || own.firstBlock !== own.endBlock) continue;
      const caption = lines.map((index) => page.blocks[index]!.text).join(' ');
      figures.set(own.node, { media: [...(figures.get(own.node)?.media ?? []), medium.node], caption });
      continue;
    }
    const known = figures.get(figure.node);
    if (known !== undefined) known.media.push(medium.node);
    else figures.set(figure.node, { media: [medium.node], caption: captionText(page, figure, captions) });
  }
  for (const [element, { media }] of figures) if (media.every((node) => lead.has(node))) skipped.add(element);
  return figures;
}

function captionText({ blocks }: PageModel, { firstBlock, endBlock }: Box, captions: Uint8Array): string {
  const lines: string[] = [];
  for (let index = firstBlock; index < endBlock; index++) {
    const { text } = blocks[index]!;
    if (captions[index] === 1 && !lines.includes(text)) lines.push(text);
  }
  return lines.join(' ').slice(0, 2000);
}

function writeTree(root: Element, { text, skipped, figures, posters }: Plan, out: string[]): void {
  const ownFigure = figures.get(root);
  if (ownFigure !== undefined && !skipped.has(root)) return writeFigure(ownFigure, posters, out);
  const rootTag = WRITTEN.has(root.name) ? root.name : 'div';
  out.push(`<${rootTag}>`);
  const stack: Open[] = [{ closing: `</${rootTag}>`, next: root.firstChild }];
  while (stack.length > 0) {
    const open = stack.at(-1)!;
    const node = open.next;
    if (node === null) {
      out.push(open.closing);
      stack.pop();
      continue;
    }
    open.next = node.next;
    if (isText(node)) {
      if (text.has(node)) out.push(escapeHtml(node.data.replaceAll('\u00ad', '')));
      else if (!/\S/.test(node.data)) out.push(' ');
      continue;
    }
    if (!isTag(node) || skipped.has(node) || NEVER.has(node.name)) continue;
    const figure = figures.get(node);
    if (figure !== undefined) writeFigure(figure, posters, out);
    else if (MEDIA.has(node.name)) out.push(mediumTag(node, posters));
    else if (node.name === 'br' || node.name === 'hr') out.push(`<${node.name}>`);
    else {
      const tag = WRITTEN.has(node.name) ? node.name : PLAIN_BOX.has(node.name) ? 'div' : null;
      if (tag !== null) out.push(`<${tag}${attributesOf(node)}>`);
      stack.push({ closing: tag === null ? '' : `</${tag}>`, next: node.firstChild });
    }
  }
}

function writeFigure({ media, caption }: Figure, posters: ReadonlySet<Element>, out: string[]): void {
  const tags = media.map((node) => mediumTag(node, posters)).join('');
  if (tags === '') return;
  out.push(`<figure>${tags}${caption === '' ? '' : `<figcaption>${escapeHtml(caption)}</figcaption>`}</figure>`);
}

function attributesOf(node: Element): string {
  let text = '';
  for (const name of KEPT_ATTRIBUTES) {
    const value = node.attribs[name];
    if (value !== undefined) text += ` ${name}="${escapeHtml(value)}"`;
  }
  return text;
}

function mediumTag(node: Element, posters: ReadonlySet<Element>): string {
  if (node.name === 'iframe') {
    const src = node.attribs['src'] ?? node.attribs['data-src'] ?? node.attribs['data-lazy-src'] ?? '';
    return `<p>${tagWith('iframe', { src, title: node.attribs['title'] ?? '' })}</iframe></p>`;
  }
  if (node.name === 'video' || node.name === 'audio') {
    const sources = node.children
      .filter((child): child is Element => isTag(child) && child.name === 'source')
      .slice(0, 6);
    const { src, width, height } = node.attribs;
    const poster = posters.has(node) ? undefined : node.attribs['poster'];
    return `${tagWith(node.name, { src, poster, width, height })}${sources.map(({ attribs }) => tagWith('source', { src: attribs['src'], type: attribs['type'] })).join('')}</${node.name}>`;
  }
  const src = bestImageAddress(node.attribs);
  if (src === undefined || isTrackingPixel(node.attribs)) return '';
  const { alt, width, height } = node.attribs;
  return tagWith('img', { src, alt, width, height });
}

function tagWith(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) text += ` ${key}="${escapeHtml(value)}"`;
  return `${text}>`;
}
