import type { Block } from './articles.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in XML or HTML, in an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

export function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Each block as HTML that is XML too. */
export function blocksHtml(blocks: readonly Block[]): string[] {
  return blocks.map(blockHtml);
}

function blockHtml(block: Block): string {
  if (typeof block === 'string') return element('p', block);
  if ('heading' in block) return element('h2', block.heading);
  if ('quote' in block) {
    const cite = block.cite === undefined ? '' : `<footer>${element('cite', block.cite)}</footer>`;
    return `<blockquote>${element('p', block.quote)}${cite}</blockquote>`;
  }
  if ('list' in block) return `<ul>${block.list.map((item) => element('li', item)).join('')}</ul>`;
  const [head = [], ...rows] = block.table;
  const header = `<tr>${head.map((cell) => element('th', cell)).join('')}</tr>`;
  const body = rows.map((row) => `<tr>${row.map((cell) => element('td', cell)).join('')}</tr>`);
  return `<table>${[header, ...body].join('')}</table>`;
}

/** The first paragraph that names the keyword, with the keyword made a link. Its words stay as they were. */
export function linkFirstMention(paragraphs: readonly string[], keyword: string, href: string): string[] {
  const mention = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(escaped(keyword))}(?![\\p{L}\\p{N}])`, 'u');
  const at = paragraphs.findIndex((paragraph) => paragraph.startsWith('<p>') && mention.test(paragraph));
  return paragraphs.map((paragraph, index) =>
    index === at ? paragraph.replace(mention, (name) => `<a href="${escaped(href)}">${name}</a>`) : paragraph,
  );
}
