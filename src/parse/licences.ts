import { isRslType, readRslTerms, type RslNode, type RslTerms } from '../model/rsl.ts';
import { pageNamed } from './addresses.ts';
import type { Element } from './elements.ts';
import { attributeOf, wordOf, type Reading } from './element-text.ts';
import type { Gathered, RslLicence } from './gathered.ts';

/** creativeCommons:license, cc:license and their like: an address as an attribute or as the element's text. */
export function gatherLicence(reading: Reading, element: Element, into: Gathered): void {
  const written = ['rdf:resource', 'resource', 'href'].map((name) => attributeOf(reading, element, name));
  into.licence ??= pageNamed(reading, written.find((one) => one !== null) ?? wordOf(reading, element), element.base);
}

/** What of RSL names a licence: a standard one before the publisher's own, and that before terms in general. */
const RSL_RANKS = new Map([
  ['rsl:standard', 0],
  ['rsl:custom', 1],
  ['rsl:terms', 2],
]);

/** Elements of RSL that are looked at beside each other; a feed needs one. */
const MOST_RSL = 20;

/** Really Simple Licensing 1.0: a `content` with its `license`, whose payment may name an agreement by address. */
export function gatherRsl(reading: Reading, element: Element, into: Gathered): void {
  into.rslLicence = bestRslLicence(reading, element.children, into.rslLicence);
  if (into.rsl.length < MOST_RSL) into.rsl.push(element);
}

/** The terms that RSL states here, and the files that it says they are in (§4: a link of its media type). */
export function rslTermsOf(reading: Reading, { rsl, links }: Pick<Gathered, 'rsl' | 'links'>): readonly RslTerms[] {
  const files = links.filter(({ rel, type }) => rel === 'license' && type !== null && isRslType(type));
  if (rsl.length === 0 && files.length === 0) return [];
  return [
    ...readRslTerms(rsl.map((element) => rslNode(reading, element))),
    ...files.slice(0, MOST_RSL).map(({ href }) => ({ url: null, server: null, file: href, licences: [] })),
  ];
}

function rslNode(reading: Reading, element: Element): RslNode {
  return {
    name: element.name.slice(element.name.indexOf(':') + 1),
    attribute: (name) => attributeOf(reading, element, name),
    text: () => wordOf(reading, element) ?? '',
    children: () => element.children.map((child) => rslNode(reading, child)),
  };
}

function bestRslLicence(reading: Reading, elements: readonly Element[], found: RslLicence | null): RslLicence | null {
  let best = found;
  for (const element of elements) {
    const rank = RSL_RANKS.get(element.name);
    if (rank === undefined) best = bestRslLicence(reading, element.children, best);
    else if (best === null || rank < best.rank) {
      const url = pageNamed(reading, wordOf(reading, element), element.base);
      if (url !== null) best = { rank, url };
    }
  }
  return best;
}
