import type { Instant } from '../../src/support/instant.ts';
import { atomDocument } from '../support/atom-document.ts';
import { inventedSentences, inventedTitle } from '../support/invented-text.ts';

// A publisher that moves house: its guids, its addresses and its server change, and its articles stay what they are.

/** By what its entries can be known: `permalinks` are guids that repeat the link. */
export type GuidStyle = 'guids' | 'permalinks' | 'none';

export type MovingItem = {
  readonly number: number;
  /** Whose words it has: that of its own number, or of another's. */
  readonly words: number;
  readonly written: Instant;
  readonly edits: number;
  readonly titleEdits: number;
};

/** How a publisher writes its entries at present. */
export type House = {
  readonly id: string;
  readonly style: GuidStyle;
  readonly guids: number;
  readonly links: number;
  readonly scheme: 'http' | 'https';
  readonly tracking: string | null;
};

/** One reading of a publisher: what it says and how. */
export type Reading = { readonly house: House; readonly items: readonly MovingItem[] };

/** What stands for an entry as it is told now: the same for the same guid and address, whatever moves between polls. */
export function nameOf({ id, style, guids, links }: House, { number }: MovingItem): string {
  return [id, number, style === 'guids' ? `guid ${guids}` : style, `link ${links}`].join(' ');
}

export function readingDocument({ house, items }: Reading): string {
  const { id, style, guids, links, scheme, tracking } = house;
  return atomDocument(
    { title: id, id: `https://${id}.example/feed`, site: `https://${id}.example/` },
    items.map(({ number, words, written, edits, titleEdits }) => {
      const plain = `${scheme}://${id}.example/${links}/${number}`;
      const sentences = inventedSentences(words, 6);
      return {
        guid: style === 'none' ? null : style === 'permalinks' ? plain : `tag:${id},${guids}:${number}`,
        link: tracking === null ? plain : `${plain}?${tracking}`,
        title: inventedTitle(words) + ' again'.repeat(titleEdits),
        text: [...sentences, ...inventedSentences(9000 + number * 10, edits)].join(' '),
        // Of some the day alone is told.
        published: number % 3 === 0 ? `${written.slice(0, 10)}T00:00:00Z` : written,
        author: 'Staff',
        image: null,
        via: null,
        originalLink: null,
      };
    }),
  );
}
