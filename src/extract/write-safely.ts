import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { escapeHtml, withoutForbiddenCharacters } from '../support/html.ts';
import { BLOCK, MEANINGFUL_EMPTY, NEEDS_ANCESTOR, VOID } from './allowed-markup.ts';

/** Elements nested deeper than this are taken away, and their content stays: no browser or reader needs more. */
const DEEPEST = 80;

type Open = { readonly name: string; readonly children: readonly ChildNode[]; next: number; readonly written: boolean; readonly at: number };

/**
 * HTML out of an allow-list sanitiser, written anew by us: what stands where a browser would move it is unwrapped, empty
 * elements go, depth is capped, and every `<`, `>`, `&` and quote is escaped, in attributes too.
 */
export function writeSafely(html: string): string {
  return pass(pass(html));
}

function pass(html: string): string {
  const out: string[] = [];
  const stack: Open[] = [
    { name: '', children: parseDocument(html, { decodeEntities: true }).children, next: 0, written: false, at: 0 },
  ];
  let depth = 0;
  while (stack.length > 0) {
    const open = stack.at(-1)!;
    const node = open.children[open.next++];
    if (node === undefined) {
      stack.pop();
      if (open.written) {
        depth--;
        close(out, open);
      }
      continue;
    }
    if (isText(node)) {
      out.push(escapeHtml(withoutForbiddenCharacters(node.data)));
      continue;
    }
    if (!isTag(node)) continue;
    if (VOID.has(node.name)) {
      if (stands(node, stack)) out.push(`<${node.name}${attributes(node)}>`);
      continue;
    }
    const written = depth < DEEPEST && stands(node, stack);
    if (written) {
      depth++;
      out.push(`<${node.name}${attributes(node)}>`);
    }
    stack.push({ name: written ? node.name : '', children: node.children, next: 0, written, at: out.length });
  }
  return out.join('');
}

/** Ends an element, or takes it back when there is nothing in it. */
function close(out: string[], open: Open): void {
  if (out.length === open.at || (out.length === open.at + 1 && out[open.at]!.trim() === '' && !/^(?:pre|code)$/.test(open.name))) {
    if (!MEANINGFUL_EMPTY.has(open.name)) {
      const space = out.length > open.at ? out.pop()! : '';
      out.pop();
      if (space !== '') out.push(space);
      return;
    }
  }
  out.push(`</${open.name}>`);
}

const PHRASING_ONLY = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre']);

function stands(node: Element, stack: readonly Open[]): boolean {
  const name = node.name;
  if (name === 'a' && (node.attribs['href'] === undefined || within(stack, 'a'))) return false;
  const needed = NEEDS_ANCESTOR[name];
  if (needed !== undefined && !needed.some((ancestor) => within(stack, ancestor))) return false;
  return !(BLOCK.has(name) && stack.some((open) => PHRASING_ONLY.has(open.name)));
}

function within(stack: readonly Open[], name: string): boolean {
  return stack.some((open) => open.name === name);
}

function attributes(node: Element): string {
  let text = '';
  for (const [name, value] of Object.entries(node.attribs)) text += ` ${name}="${escapeHtml(withoutForbiddenCharacters(value))}"`;
  return text;
}
