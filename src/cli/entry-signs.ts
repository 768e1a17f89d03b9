import { addressMark } from '../admit/address-mark.ts';
import type { EntrySign } from '../store/store.ts';
import { canonicalAddress } from '../support/canonical-address.ts';
import { foldedWords } from '../support/words.ts';

/** What the operator wrote, read as all that it may mean. */
export type Question = {
  readonly asked: string;
  /** The address that it is, or would be with a scheme; null where it is none. */
  readonly address: string | null;
  /** What to ask the store, one after the other, until something is found. */
  readonly tries: readonly (readonly EntrySign[])[];
};

/**
 * A host with a dot in it, this machine or an IP address, and what follows; `//` may stand before it, but no scheme: so
 * addresses stand in the reasons that `why` tells.
 */
const WITHOUT_SCHEME =
  /^(?:\/\/)?(?:(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}|localhost(?=[:/])|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)/iu;
/** What is copied along from the sentence around an address or id. */
const AROUND = /^[<("'“‘«]+|[>"'”’»,;]+$/g;
/** Our ids are URNs; people copy what is behind the colon. */
const UUID = /^(?:urn:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const PAGE_PATH = /^\/?(?:private\/[\w-]+\/)?(articles\/\d{4}\/\d{2}\/[^/?#]+\.html)(?:[?#]|$)/;

/**
 * Reads an id, an address or words of a title out of what the operator wrote.
 * @param sites the addresses under which our own pages are seen, each with a slash at its end
 */
export function questionOf(given: readonly string[], sites: readonly string[]): Question {
  const asked = given.map(withoutSurroundings).join(' ').trim();
  const uuid = UUID.exec(asked)?.[1] ?? null;
  const id = uuid === null ? asked : `urn:uuid:${uuid.toLowerCase()}`;
  const address = addressIn(asked);
  const path = pagePath(asked, address, sites);
  const others: EntrySign[] = [
    { by: 'story', id },
    { by: 'upstream-id', id: asked },
    ...(uuid === null ? [] : [{ by: 'event-entry', id } as const]),
    ...(path === null ? [] : [{ by: 'page', path } as const]),
  ];
  const mark = address === null ? null : addressMark(address);
  const links: EntrySign[] = mark === null ? [] : [{ by: 'former-link', mark }];
  const words = foldedWords(asked);
  const anywhere: EntrySign[] = address === null ? [] : [{ by: 'address', address }];
  return {
    asked,
    address,
    tries: [
      [{ by: 'article', id }],
      // A part of a page (`/changes#v1`) is one entry; the page itself stands for many.
      ...(mark?.includes('#') === true ? [[...others, ...links], anywhere] : [[...others, ...links, ...anywhere]]),
      ...(words.length === 0 ? [] : [[{ by: 'title', words } as const]]),
    ],
  };
}

/** Of one word that is no title: quotes, and the bracket or comma of the sentence that it stood in. */
function withoutSurroundings(word: string): string {
  if (/\s/.test(word)) return word;
  const bare = word.trim().replace(AROUND, '');
  const name = bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare;
  return UUID.test(name) || addressIn(name) !== null ? name : word;
}

function addressIn(asked: string): string | null {
  if (/\s/.test(asked)) return null;
  if (/^https?:\/\//i.test(asked)) return URL.canParse(asked) ? asked : null;
  const withScheme = `https://${asked.replace(/^\/\//, '')}`;
  return WITHOUT_SCHEME.test(asked) && URL.canParse(withScheme) ? withScheme : null;
}

/** The path of one of our own pages, where it is asked for by that or by an address under one of our sites. */
function pagePath(asked: string, address: string | null, sites: readonly string[]): string | null {
  const alone = PAGE_PATH.exec(asked)?.[1];
  if (alone !== undefined) return alone;
  if (address === null) return null;
  const plain = canonicalAddress(address);
  const site = sites.map((url) => canonicalAddress(url).replace(/\/$/, '')).find((url) => plain.startsWith(`${url}/`));
  return site === undefined ? null : (PAGE_PATH.exec(plain.slice(site.length))?.[1] ?? null);
}
