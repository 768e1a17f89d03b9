import type { HubOffer } from '../model/push.ts';

const LONGEST_ADDRESS = 2_000;
/** More parts than any honest header has. */
const MOST_LINKS = 50;

/**
 * The hub that a feed names, and the topic to ask it for (WebSub §4): of the Link header, else of the document. Null
 * where there is none, or where the hub is not asked over http or https.
 * @param given.links the Link header as it stood
 * @param given.url where the document was got, against which addresses of the header are read
 */
export function hubOffer(given: {
  readonly links: string | null;
  readonly hubLinks: readonly string[];
  readonly selfLink: string | null;
  readonly url: string;
}): HubOffer | null {
  const header = linksIn(given.links ?? '', given.url);
  const hub = [...header.filter(({ rels }) => rels.includes('hub')).map(({ url }) => url), ...given.hubLinks]
    .map(webAddress)
    .find((url) => url !== null);
  if (hub === undefined) return null;
  const self = header.find(({ rels }) => rels.includes('self'))?.url ?? given.selfLink;
  const topic = self === null ? null : webAddress(self);
  return { hub, topic: topic ?? given.url };
}

type HeaderLink = { readonly url: string; readonly rels: readonly string[] };

/** The links of a Link header (RFC 8288 §3). */
export function linksIn(header: string, base: string): HeaderLink[] {
  const links: HeaderLink[] = [];
  for (const [, target, parameters] of header
    .slice(0, 10_000)
    .matchAll(/<([^<>]{1,2000})>((?:[^<>",]|"[^"]{0,500}")*)/g)) {
    if (links.length === MOST_LINKS) break;
    const rels = relationsIn(parameters!);
    const url = URL.parse(target!.trim(), base);
    if (rels === null || url === null) continue;
    links.push({ url: url.href, rels });
  }
  return links;
}

/** The first `rel` among the parameters of a link; what stands in quotes of another is none. */
function relationsIn(parameters: string): readonly string[] | null {
  const pairs = parameters.matchAll(/;\s{0,5}([a-z*-]{1,20})\s{0,5}(?:=\s{0,5}(?:"([^"]*)"|([^\s;,"]+)))?/gi);
  for (const [, name, quoted, plain] of pairs) {
    const value = (quoted ?? plain ?? '').trim();
    if (name!.toLowerCase() === 'rel') return value === '' ? null : value.toLowerCase().split(/\s+/);
  }
  return null;
}

function webAddress(text: string): string | null {
  const url = text.length > LONGEST_ADDRESS ? null : URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return url.username === '' && url.password === '' ? text : null;
}
