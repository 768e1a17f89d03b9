import { Markup } from './markup.ts';
import { escapeXml } from './xml.ts';

// Fills templates. Values are written once and never looked at again: a mark inside a value is a word like any other.

/** What stands for a mark; null is nothing. A list stands for a group of marks, `author.name` and `author.url`. */
export type Value = string | number | boolean | null | Markup | readonly Values[] | FillGroup;
export type Values = { readonly [name: string]: Value };

/** A group that fills itself: it is given how one of its values is filled, and gives the text of all of them. */
export type FillGroup = (fill: (one: Values) => string) => string;

/** A piece of a text: as it stands, or the value of a name. */
export type Piece = string | { readonly name: string };

/** An element of a template: it holds nothing, text, or other nodes. */
export type ElementNode = {
  readonly indent: string;
  /** Its opening tag with the attributes that stand as they are: `    <link rel="via"`. */
  readonly start: string;
  /** Those that follow, each with what stands before its value: ` href="`. */
  readonly attributes: readonly { readonly start: string; readonly pieces: readonly Piece[] }[];
  readonly pieces: readonly Piece[] | null;
  readonly within: readonly Node[] | null;
  readonly end: string;
  /** Whether it says nothing when none of its attributes has a value. */
  readonly isItsAttributes: boolean;
  /** The group whose values it is written for, once each. */
  readonly repeatedFor: string | null;
};

/** An element, a line that stays as it is, or a line of another shape with marks in it. */
export type Node = ElementNode | { readonly line: string } | { readonly lineOf: readonly Piece[] };

/**
 * The text of a template with its values. An attribute, a leaf or a line without a value is left out, and so is an empty
 * element that has lost all its attributes; one that never had any says something by being there. An element with marks of its own, all of one group, is written once for each value of that group.
 */
export function fillTemplate(nodes: readonly Node[], values: Values): string {
  let text = '';
  for (const node of nodes) {
    if ('line' in node) text += node.line;
    else if ('lineOf' in node) text += fillLine(node.lineOf, values);
    else if (node.repeatedFor === null) text += fillElement(node, values);
    else text += fillRepeated(node, values[node.repeatedFor] ?? null, values);
  }
  return text;
}

function fillRepeated(node: ElementNode, group: Value, values: Values): string {
  if (typeof group === 'function') return group((one) => fillElement(node, one));
  let text = '';
  for (const one of listOf(values, node.repeatedFor!)) text += fillElement(node, one);
  return text;
}

function fillLine(pieces: readonly Piece[], values: Values): string {
  const text = fillPieces(pieces, values);
  return text === null ? '' : `${text}\n`;
}

function fillElement(node: ElementNode, values: Values): string {
  let { start } = node;
  for (const { start: before, pieces } of node.attributes) {
    const value = fillPieces(pieces, values);
    if (value !== null) start += `${before}${value}"`;
  }
  if (node.pieces !== null) {
    const text = fillPieces(node.pieces, values);
    return text === null ? '' : `${start}>${text}${node.end}`;
  }
  if (node.within === null) return node.isItsAttributes && start === node.start ? '' : `${start}/>\n`;
  const inner = fillTemplate(node.within, values);
  return inner === '' ? `${start}/>\n` : `${start}>\n${inner}${node.indent}${node.end}`;
}

/** Null when a value is missing, or nothing is left of it. */
function fillPieces(pieces: readonly Piece[], values: Values): string | null {
  let text = '';
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : written(values[piece.name] ?? null);
    if (part === null) return null;
    text += part;
  }
  return text === '' ? null : text;
}

function written(value: Value): string | null {
  if (typeof value === 'string') return escapeXml(value, 'plain');
  if (value instanceof Markup) return value.escaped;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The values of a group. A template that asks for a group which is none has a fault: TypeError. */
export function listOf(values: Values, group: string): readonly Values[] {
  const list = values[group] ?? null;
  if (!isList(list)) throw new TypeError(`no values for the group "${group}"`);
  return list;
}

function isList(value: Value): value is readonly Values[] {
  return Array.isArray(value);
}
