import { isTag, type ParentNode } from 'domhandler';
import type { PageModel } from '../page/page-model.ts';
import { safeMediaAddress } from '../page/safe-address.ts';

/** The licence that a picture's lines link to: by its relation, or as one of Creative Commons. */
export function pictureLicence({ blocks, boxes }: PageModel, lines: readonly number[], baseUrl: string): string | null {
  for (const index of lines) {
    const block = blocks[index]!;
    const box = boxes[block.box]!.node;
    for (const text of block.nodes) {
      for (
        let node: ParentNode | null = text.parent;
        node !== null && node !== box && isTag(node);
        node = node.parent
      ) {
        const { rel, href } = node.attribs;
        if (node.name !== 'a' || href === undefined) continue;
        const says = /(?:^|\s)license(?:\s|$)/i.test(rel ?? '');
        const url = safeMediaAddress(href, baseUrl);
        if (url !== null && (says || /^https?:\/\/creativecommons\.org\/(?:licenses|publicdomain)\//i.test(url)))
          return url;
      }
    }
  }
  return null;
}
