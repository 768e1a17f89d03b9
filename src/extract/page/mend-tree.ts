import { Element, isComment, isTag, isText, type ChildNode, type Document, type ParentNode } from 'domhandler';
import { DEEPEST, type ParsedPage } from './parse-html.ts';

/**
 * Puts streamed pieces where a browser's script would put them: frameworks send text in `<div hidden id="S:3">` and a
 * placeholder `<template id="B:3">` (React), and pages show "Loading…" to those who run no script. Also brings pictures
 * out of `<noscript>` where the picture before it is but a placeholder. Changes the tree.
 */
export function mendTree({ streamed, noscripts }: Pick<ParsedPage, 'streamed' | 'noscripts'>): void {
  placeStreamedPieces(foundAmong(streamed));
  for (const noscript of noscripts.slice(0, MOST_PICTURES)) bringOutPicture(noscript);
}

type Found = { readonly pieces: Map<string, Element>; readonly places: Map<string, Element> };

function foundAmong(streamed: readonly Element[]): Found {
  const found: Found = { pieces: new Map(), places: new Map() };
  for (const node of streamed) {
    const id = node.attribs['id'] ?? '';
    if (!PIECE_ID.test(id)) continue;
    const key = id.slice(2);
    if (!id.startsWith('S:') || node.attribs['hidden'] === undefined || found.pieces.size >= MOST_PIECES) {
      if (node.name === 'template') found.places.set(key, node);
    } else found.pieces.set(key, node);
  }
  return found;
}

/** Puts all of a document into one element, unless it is in one: text outside of every element has no place. */
export function giveRoot(document: Document, name: 'body' | 'div'): void {
  const standing = document.children.filter((node) => isTag(node) || (isText(node) && /\S/.test(node.data)));
  const [first] = standing;
  if (standing.length === 1 && first !== undefined && isTag(first) && /^(?:html|body)$/.test(first.name)) return;
  const root = new Element(name, {}, document.children);
  for (const child of document.children) child.parent = root;
  document.children = [root];
  root.parent = document;
}

const PIECE_ID = /^[SBP]:[\w:-]{1,40}$/;
const MOST_PIECES = 1000;
const MOST_PICTURES = 500;

function placeStreamedPieces({ pieces, places }: Found): void {
  const moves = new Moves();
  for (const [key, piece] of pieces) {
    delete piece.attribs['hidden'];
    const place = places.get(key);
    if (place === undefined || !mayStandAt(piece, place)) continue;
    // `P:` marks a place within a piece: nothing stands in for it.
    if (place.attribs['id']!.startsWith('B:')) removeFallback(place, moves);
    moves.detach(piece);
    moves.insertBefore(place, piece);
  }
  moves.finish();
}

/**
 * What stands after the placeholder was shown while the piece was on its way: up to the comment that ends it, or where
 * comments were taken out, up to another place or a piece that is still to be placed.
 */
function removeFallback(place: Element, moves: Moves): void {
  let node = place.next;
  while (node !== null && !endsFallback(node)) {
    const { next } = node;
    moves.detach(node);
    node = next;
  }
}

function endsFallback(node: ChildNode): boolean {
  if (isComment(node)) return /^\s*\/\$/.test(node.data);
  if (!isTag(node)) return false;
  const { id = '', hidden } = node.attribs;
  return node.name === 'template' || (hidden !== undefined && PIECE_ID.test(id));
}

/** The placeholder before a `<noscript>` takes the attributes of the true picture within. */
function bringOutPicture(noscript: Element): void {
  const before = previousElement(noscript);
  if (before === null || before.name !== 'img' || !/^(?:data:|$)/i.test(before.attribs['src'] ?? '')) return;
  const picture = elementIn(noscript, 'img', 'picture');
  const image = picture?.name === 'picture' ? elementIn(picture, 'img') : picture;
  if (image !== undefined) Object.assign(before.attribs, image.attribs);
}

function elementIn({ children }: Element, ...names: readonly string[]): Element | undefined {
  return children.find((child): child is Element => isTag(child) && names.includes(child.name));
}

function previousElement(node: Element): Element | null {
  let before = node.prev;
  while (before !== null && isText(before) && !/\S/.test(before.data)) before = before.prev;
  return before !== null && isTag(before) ? before : null;
}

/** Whether a piece may stand at a place: not within itself, and not deeper than a page may be nested. */
function mayStandAt(piece: Element, place: Element): boolean {
  let parent = place.parent;
  for (let depth = 0; parent !== null && parent !== piece; depth++) {
    if (depth >= DEEPEST) return false;
    parent = parent.parent;
  }
  return parent === null;
}

/**
 * Moves nodes about in their chains alone. Each move within an array of children would take as long as that is: they are
 * made anew once all is moved, by `finish`.
 */
class Moves {
  /** Of the parents whose children were moved, the first child. */
  readonly #firsts = new Map<ParentNode, ChildNode | null>();

  detach(node: ChildNode): void {
    const { parent, prev, next } = node;
    if (prev !== null) prev.next = next;
    if (next !== null) next.prev = prev;
    if (parent !== null && this.#firstOf(parent) === node) this.#firsts.set(parent, next);
    node.parent = null;
    node.prev = null;
    node.next = null;
  }

  insertBefore(place: ChildNode, node: ChildNode): void {
    const { parent, prev } = place;
    if (parent === null) return;
    if (this.#firstOf(parent) === place) this.#firsts.set(parent, node);
    node.parent = parent;
    node.prev = prev;
    node.next = place;
    if (prev !== null) prev.next = node;
    place.prev = node;
  }

  finish(): void {
    for (const [parent, first] of this.#firsts) {
      parent.children = [];
      for (let node = first; node !== null; node = node.next) parent.children.push(node);
    }
  }

  #firstOf(parent: ParentNode): ChildNode | null {
    const known = this.#firsts.get(parent);
    if (known !== undefined) return known;
    const first = parent.children[0] ?? null;
    this.#firsts.set(parent, first);
    return first;
  }
}
