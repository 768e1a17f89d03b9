// Creative Commons' licences by their addresses (`https://creativecommons.org/licenses/by-nc/4.0/`) and by their names.

const ADDRESS = /\bcreativecommons\.org\/(licen[sc]es|publicdomain)\/([a-z+]{2,}(?:-[a-z+]{2,}){0,3})(?:\/(\d\.\d))?/i;
const SHORT_NAME = /\bCC(?:0\b|[ -](BY(?:[ -](?:NC|ND|SA)){0,2})\b)(?:[ -]?v?(\d\.\d))?/;
/** After "Creative Commons", and not far behind it. */
const LONG_NAME =
  /\bcreative commons\b.{0,20}?\battribution((?:[\s/–-]+(?:non-?commercial|no-?deriv(?:ative)?s?(?: works)?|share-?alike))*)(?:\D{0,30}?(\d\.\d))?/i;
const LONGEST_TEXT = 2000;

/** The licence that a text names by address or by name, as its address; null where it names none. */
export function creativeCommonsIn(text: string): string | null {
  const told = text.slice(0, LONGEST_TEXT);
  const [, kind, name, version] = ADDRESS.exec(told) ?? [];
  if (name !== undefined) {
    const isPublic = kind?.toLowerCase() === 'publicdomain';
    return address(isPublic ? 'publicdomain' : 'licenses', name.toLowerCase(), version);
  }
  const short = SHORT_NAME.exec(told);
  if (short !== null) {
    const [, terms, edition] = short;
    return terms === undefined
      ? address('publicdomain', 'zero', edition ?? '1.0')
      : address('licenses', terms.toLowerCase().replaceAll(' ', '-'), edition);
  }
  const long = LONG_NAME.exec(told);
  if (long === null) return null;
  const parts = (long[1] ?? '').toLowerCase();
  const terms = [
    'by',
    /non-?commercial/.test(parts) ? 'nc' : null,
    /no-?deriv/.test(parts) ? 'nd' : null,
    /share-?alike/.test(parts) ? 'sa' : null,
  ].filter((part) => part !== null);
  return address('licenses', terms.join('-'), long[2]);
}

function address(kind: string, name: string, version: string | undefined): string {
  return `https://creativecommons.org/${kind}/${name}/${version === undefined ? '' : `${version}/`}`;
}

/** What a licence of Creative Commons asks for (`by`, `nc`, `nd`, `sa`), by its address; null for other licences. */
export function creativeCommonsTerms(url: string): ReadonlySet<string> | null {
  const [, kind, name] = ADDRESS.exec(url) ?? [];
  if (name === undefined) return null;
  return new Set(kind?.toLowerCase() === 'publicdomain' ? [] : name.toLowerCase().split('-'));
}

/** As people call it: `CC BY-NC 4.0`. */
export function creativeCommonsName(url: string): string | null {
  const [, kind, name, version] = ADDRESS.exec(url) ?? [];
  if (name === undefined) return null;
  const isPublic = kind?.toLowerCase() === 'publicdomain';
  const short = isPublic ? (name.toLowerCase() === 'zero' ? 'CC0' : 'public domain') : `CC ${name.toUpperCase()}`;
  return version === undefined ? short : `${short} ${version}`;
}
