import { isDeepStrictEqual } from 'node:util';
import { parseTree, type Node } from 'jsonc-parser';
import { indentAt, textStyleOf, type TextStyle } from './text-style.ts';
import { writtenValue } from './written-value.ts';

/** A piece of the text that another takes the place of. */
type Replacement = { readonly at: number; readonly length: number; readonly by: string };

type Text = { readonly text: string; readonly style: TextStyle; readonly replaced: Replacement[] };

/**
 * The text of a JSON document as its owner would have changed it to hold other data: what stays the same keeps its place, its
 * order and every one of its characters. New members come last; elements of lists are known again by their `id`, others by
 * being equal. Of a list whose elements change their order the whole is written anew.
 * @param text JSON, with no name twice in an object; a byte order mark stays
 */
export function editedText(text: string, after: unknown): string {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const plain = text.slice(mark.length);
  const root = parseTree(plain);
  if (root === undefined) throw new TypeError('only JSON can be edited');
  const work: Text = { text: plain, style: textStyleOf(plain), replaced: [] };
  changeValue(work, root, after);
  return mark + withReplaced(plain, work.replaced);
}

/** In the order of the text; those at one place in the order in which they were made. */
function withReplaced(text: string, replaced: readonly Replacement[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, length, by } of replaced.toSorted((a, b) => a.at - b.at)) {
    parts.push(text.slice(from, at), by);
    from = Math.max(from, at + length);
  }
  return parts.join('') + text.slice(from);
}

function changeValue(work: Text, node: Node, after: unknown): void {
  const before = valueOf(node);
  if (isDeepStrictEqual(before, after)) return;
  if (node.type === 'object' && isObject(after)) changeObject(work, node, after);
  else if (node.type === 'array' && Array.isArray(after)) changeList(work, node, after);
  else replaceValue(work, node, after);
}

function replaceValue({ text, style, replaced }: Text, node: Node, after: unknown): void {
  const indent = indentAt(text, node.offset);
  const spread = isSpread(text, isFilled(node) ? node : containerOf(node)) && (isFilled(node) || !isFlat(after));
  replaced.push({ at: node.offset, length: node.length, by: writtenValue(after, { style, indent, spread }) });
}

function changeObject(work: Text, node: Node, after: Readonly<Record<string, unknown>>): void {
  const members = node.children ?? [];
  const named = new Map(members.map((member) => [nameOf(member), member]));
  const stays = members.map((member) => after[nameOf(member)] !== undefined);
  if (!stays.includes(true)) {
    replaceValue(work, node, after);
    return;
  }
  members.forEach((member, at) => {
    if (stays[at] === true) changeValue(work, member.children![1]!, after[nameOf(member)]);
  });
  removeChildren(work, node, stays);
  const added = Object.entries(after).filter(([name, value]) => value !== undefined && !named.has(name));
  const layout = layoutWithin(work, node);
  addChildren(
    work,
    { after: members[stays.lastIndexOf(true)]!, layout },
    added.map(([name, value]) => {
      const spread = layout.spread && !isFlat(value);
      return `${JSON.stringify(name)}: ${writtenValue(value, { style: work.style, indent: layout.indent, spread })}`;
    }),
  );
}

function changeList(work: Text, node: Node, after: readonly unknown[]): void {
  const elements = node.children ?? [];
  const kept = keptElements(elements, after);
  if (kept === null || kept.size === 0) {
    replaceValue(work, node, after);
    return;
  }
  const stays = elements.map((_, at) => kept.has(at));
  for (const [at, value] of kept) changeValue(work, elements[at]!, value);
  removeChildren(work, node, stays);
  const layout = layoutWithin(work, node);
  const last = elements.at(-1)!;
  addChildren(
    work,
    { after: elements[stays.lastIndexOf(true)]!, layout },
    after.slice(kept.size).map((value) => {
      const spread = isFilled(last) ? isSpread(work.text, last) : layout.spread;
      return writtenValue(value, { style: work.style, indent: layout.indent, spread });
    }),
  );
}

/**
 * Which elements stay, by their place, and what they become: null where others stand before or between those that stay, or
 * where these change their order.
 */
function keptElements(elements: readonly Node[], after: readonly unknown[]): ReadonlyMap<number, unknown> | null {
  const places = new Map<string, number[]>();
  elements.forEach((element, at) => {
    const key = keyOf(valueOf(element));
    const same = places.get(key);
    if (same === undefined) places.set(key, [at]);
    else same.push(at);
  });
  const kept = new Map<number, unknown>();
  let last = -1;
  let isOver = false;
  for (const value of after) {
    const at = places.get(keyOf(value))?.find((place) => place > last);
    if (at === undefined) {
      if (places.get(keyOf(value))?.some((place) => !kept.has(place)) === true) return null;
      isOver = true;
      continue;
    }
    if (isOver) return null;
    kept.set(at, value);
    last = at;
  }
  return kept;
}

/** What an element of a list is known again by. */
function keyOf(value: unknown): string {
  return isObject(value) && typeof value['id'] === 'string' ? `id ${value['id']}` : `is ${JSON.stringify(value)}`;
}

/** Takes members out, each with its comma and the line that it had for itself. One at least stays. */
function removeChildren({ replaced }: Text, node: Node, stays: readonly boolean[]): void {
  const children = node.children ?? [];
  const lastStaying = stays.lastIndexOf(true);
  children.forEach((child, at) => {
    if (stays[at] === true) return;
    // Up to where the next one begins; of the last ones, from where the one before ends.
    const from = at < lastStaying ? child.offset : endOf(children[at - 1]!);
    const to = at < lastStaying ? children[at + 1]!.offset : endOf(child);
    replaced.push({ at: from, length: to - from, by: '' });
  });
}

type Within = { readonly spread: boolean; readonly indent: string };

function addChildren(
  { style, replaced }: Text,
  { after, layout }: { readonly after: Node; readonly layout: Within },
  written: readonly string[],
): void {
  if (written.length === 0) return;
  const between = layout.spread ? `,${style.lineEnd}${layout.indent}` : ', ';
  replaced.push({ at: endOf(after), length: 0, by: between + written.join(between) });
}

/** How what is added within a list or an object that has members is laid out. */
function layoutWithin({ text, style }: Text, node: Node): Within {
  const spread = isSpread(text, node);
  const first = node.children![0]!;
  return { spread, indent: spread ? indentAt(text, first.offset) : indentAt(text, node.offset) + style.indent };
}

/** Whether the first member of it has a line of its own. */
function isSpread(text: string, node: Node | null): boolean {
  const first = node?.children?.[0];
  return node !== null && first !== undefined && text.slice(node.offset, first.offset).includes('\n');
}

function isFilled(node: Node): boolean {
  return isContainer(node) && (node.children?.length ?? 0) > 0;
}

/** The list or object that a value stands in. */
function containerOf(node: Node): Node | null {
  const around = node.parent?.type === 'property' ? node.parent.parent : node.parent;
  return around ?? null;
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

function isContainer(node: Node | undefined): boolean {
  return node?.type === 'object' || node?.type === 'array';
}

/** Whether a value stands on one line within others: no objects in it. */
function isFlat(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((each) => typeof each !== 'object' || each === null);
  return !isObject(value) || Object.values(value).every((each) => typeof each !== 'object' || each === null);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(member: Node): string {
  return member.children![0]!.value as string;
}

/** Without a stack: a tree's own depth is that of its text, which the schema keeps small. */
function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries((node.children ?? []).map((member) => [nameOf(member), valueOf(member.children![1]!)]));
}
