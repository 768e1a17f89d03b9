import type { TextStyle } from './text-style.ts';

/** A list of plain values, or an object of them, stands on one line up to this width. */
const ONE_LINE = 100;

export type Layout = {
  readonly style: TextStyle;
  /** What the lines within the value are indented by, less one step. */
  readonly indent: string;
  /** Whether an object or a list has a line for each of its members: as its neighbours do. */
  readonly spread: boolean;
};

/** A value as text. Short lists stay on one line, as people write them. */
export function writtenValue(value: unknown, layout: Layout): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const flat = `[${value.map(onOneLine).join(', ')}]`;
    if (!layout.spread || value.length === 0 || (value.every(isPlain) && flat.length <= ONE_LINE)) return flat;
    return spreadOut(
      ['[', ']'],
      value.map((each) => writtenValue(each, deeper(layout))),
      layout,
    );
  }
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  if (!layout.spread || members.length === 0) return onOneLine(value);
  return spreadOut(
    ['{', '}'],
    members.map(([name, each]) => `${JSON.stringify(name)}: ${writtenValue(each, inner(each, deeper(layout)))}`),
    layout,
  );
}

/** Small objects within an object stay on a line: a quota, a webhook. */
function inner(value: unknown, layout: Layout): Layout {
  const isSmall =
    typeof value === 'object' && value !== null && Object.values(value).every(isPlain) && onOneLine(value).length <= 80;
  return isSmall ? { ...layout, spread: false } : layout;
}

function deeper(layout: Layout): Layout {
  return { ...layout, indent: layout.indent + layout.style.indent };
}

function spreadOut([open, close]: readonly [string, string], parts: readonly string[], layout: Layout): string {
  const { style, indent } = layout;
  const within = `${style.lineEnd}${indent}${style.indent}`;
  return `${open}${within}${parts.join(`,${within}`)}${style.lineEnd}${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  if (members.length === 0) return '{}';
  return `{ ${members.map(([name, each]) => `${JSON.stringify(name)}: ${onOneLine(each)}`).join(', ')} }`;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
