/**
 * What may stand in an element that we know. `structure` holds entries and the feed's own fields; `entry` is one;
 * `parts` holds other elements; `line` a line of text, an address or a date; `body` text with markup. All else is
 * passed over as a whole.
 */
export type Kind = 'structure' | 'entry' | 'parts' | 'line' | 'body';

const NAMES: Readonly<Record<Kind, string>> = {
  structure: 'rss rdf:rdf feed channel items',
  entry: 'item entry',
  parts:
    'author contributor source image atom:author atom:contributor atom:source media:group media:content ' +
    'itunes:owner itunes:category categories skiphours skipdays at:deleted-entry at:by ' +
    'rsl:rsl rsl:content rsl:license rsl:payment',
  line:
    'title link guid id category comments enclosure enc:enclosure pubdate published updated issued modified created date ' +
    'lastbuilddate language copyright rights generator ttl managingeditor webmaster icon logo subject ' +
    'name email uri url homepage caption credit ' +
    'dc:title dc:creator dc:author dc:contributor dc:publisher dc:date dc:subject dc:language dc:rights dc:identifier ' +
    'dc:source dc:modified dcterms:created dcterms:issued dcterms:modified dcterms:date dcterms:rights ' +
    'dcterms:license dcterms:creator dcterms:subject prism:publicationdate admin:generatoragent ' +
    'atom:title atom:link atom:id atom:category atom:published atom:updated atom:rights atom:icon atom:logo atom:name ' +
    'atom:email atom:uri atom:url ' +
    'itunes:title itunes:author itunes:name itunes:email itunes:image itunes:link itunes:keywords itunes:explicit ' +
    'itunes:duration itunes:season itunes:episode itunes:episodetype ' +
    'googleplay:author googleplay:image googleplay:email googleplay:explicit googleplay:category ' +
    'media:title media:category media:keywords media:thumbnail media:credit media:copyright media:license ' +
    'feedburner:origlink pheedo:origlink creativecommons:license cc:license ' +
    'sy:updateperiod sy:updatefrequency dc:license wfw:commentrss hour day at:comment fh:archive fh:complete ' +
    'rsl:standard rsl:custom rsl:terms rsl:permits rsl:prohibits rsl:amount',
  body:
    'description content summary body fullitem subtitle tagline info abstract content:encoded xhtml:body xhtml:div ' +
    'dc:description dcterms:abstract atom:content atom:summary atom:subtitle media:description media:text ' +
    'itunes:summary itunes:subtitle googleplay:description',
};

const KINDS = new Map<string, Kind>();
for (const kind of ['structure', 'entry', 'parts', 'line', 'body'] as const)
  for (const name of NAMES[kind].split(' ')) KINDS.set(name, kind);

/** The kind of an element by its known name (see namespaces.ts); null for those that we do not read. */
export function kindOf(name: string): Kind | null {
  return KINDS.get(name) ?? null;
}

/** Names that HTML or SVG have too: within a body they are markup. */
const SHARED_WITH_HTML = new Set(['title', 'link', 'image', 'source', 'summary', 'content', 'body', 'caption']);

/** Whether a start tag of this name (as written, in lower case) ends an open field, whose end tag was forgotten. */
export function endsField(name: string, field: 'line' | 'body'): boolean {
  return KINDS.has(name) && !name.startsWith('xhtml:') && (field === 'line' || !SHARED_WITH_HTML.has(name));
}
