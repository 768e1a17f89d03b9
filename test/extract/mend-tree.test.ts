import { describe, expect, test } from '@jest/globals';
import { isTag, isText, type ChildNode, type Document, type Element, type ParentNode } from 'domhandler';
import { mendTree } from '../../src/extract/page/mend-tree.ts';
import { textWithin } from '../../src/extract/page/page-model.ts';
import { parsePage } from '../../src/extract/page/parse-html.ts';

function mended(html: string): Document {
  const parsed = parsePage(`<body>${html}</body>`);
  mendTree(parsed);
  return parsed.tree;
}

function textOf(tree: Document): string {
  return textWithin(tree.children[0] as Element);
}

/** Where a tree does not hold together: what stands in an array of children must be what their chain says. */
function faultsOf(parent: ParentNode): string[] {
  const faults: string[] = [];
  let before: ChildNode | null = null;
  for (const node of parent.children) {
    const name = isTag(node) ? node.name : isText(node) ? node.data : node.type;
    if (node.parent !== parent) faults.push(`${name} has another parent`);
    if (node.prev !== before || (before !== null && before.next !== node)) faults.push(`${name} is not in its chain`);
    if (isTag(node)) faults.push(...faultsOf(node));
    before = node;
  }
  if (before !== null && before.next !== null) faults.push('the chain goes on');
  return faults;
}

describe('a page that is streamed in pieces', () => {
  test.each([
    [
      'at the beginning of its parent',
      '<div><template id="B:1"></template><p>Loading…</p><!--/$--><p>b</p></div><div hidden id="S:1">a</div>',
      'a b',
    ],
    [
      'in the middle of its parent',
      '<div><p>a</p><template id="B:1"></template><p>Loading…</p><i>wait</i><!--/$--><p>c</p></div><div hidden id="S:1">b</div>',
      'a b c',
    ],
    [
      'at the end of its parent',
      '<div><p>a</p><template id="B:1"></template><p>Loading…</p><!--/$--></div><div hidden id="S:1">b</div>',
      'a b',
    ],
    [
      'beside other pieces',
      '<div><template id="B:1"></template>x<!--/$--><template id="B:2"></template>y<!--/$--></div><div hidden id="S:1">a</div><div hidden id="S:2">b</div>',
      'a b',
    ],
    [
      'within another piece',
      '<template id="B:1"></template>x<!--/$--><div hidden id="S:2">b</div><div hidden id="S:1">a <template id="P:2"></template> c</div>',
      'a b c',
    ],
    [
      'beside itself',
      '<p>a</p><div hidden id="S:1">b</div><template id="B:1"></template><p>Loading…</p><!--/$--><p>c</p>',
      'a b c',
    ],
  ])('is put together (%s)', (_where, html, text) => {
    const tree = mended(html);
    expect(textOf(tree)).toBe(text);
    expect(faultsOf(tree)).toEqual([]);
  });

  test('leaves a piece where it is whose place is within itself, or nowhere', () => {
    const tree = mended('<div hidden id="S:1">a<template id="B:1"></template></div><div hidden id="S:2">b</div>');
    expect(textOf(tree)).toBe('a b');
    expect(faultsOf(tree)).toEqual([]);
  });

  test('loses no piece where the comments were taken out that end what stands in for them', () => {
    const tree = mended(
      '<p>a</p><template id="B:1"></template><p>Loading…</p><div hidden id="S:1">b</div><div hidden id="S:2">c</div>',
    );
    expect(textOf(tree)).toBe('a b c');
    expect(faultsOf(tree)).toEqual([]);
  });

  test('is not nested deeper by them than a page may be', () => {
    const pieces = Array.from(
      { length: 200 },
      (_, at) => `<div hidden id="S:${at}">${'<i>'.repeat(40)}${at}<template id="B:${at + 1}"></template></div>`,
    );
    const tree = mended(`<template id="B:0"></template>${pieces.join('')}`);
    let deepest = 0;
    for (let level: readonly ChildNode[] = tree.children; level.length > 0; deepest++)
      level = level.flatMap((node) => (isTag(node) ? node.children : []));
    expect(deepest).toBeLessThan(1200);
    expect(textOf(tree)).toContain('199');
    expect(faultsOf(tree)).toEqual([]);
  });
});

describe('a picture within noscript', () => {
  test('takes the place of the placeholder before it', () => {
    const [body] = mended('<img src="data:,"> <noscript><img src="/a.jpg" alt="A bridge"></noscript>').children;
    expect((body as Element).children[0]).toMatchObject({ attribs: { src: '/a.jpg', alt: 'A bridge' } });
  });

  test('leaves a picture that is there', () => {
    const [body] = mended('<img src="/b.jpg"><noscript><img src="/a.jpg"></noscript>').children;
    expect((body as Element).children[0]).toMatchObject({ attribs: { src: '/b.jpg' } });
  });
});
