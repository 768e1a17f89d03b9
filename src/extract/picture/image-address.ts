// Which of the addresses that an <img> names is its picture.

type Attributes = Readonly<Record<string, string>>;

const ADDRESS_ATTRIBUTES = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-original-src',
  'data-lazy',
  'data-url',
  'data-image',
  'data-hi-res-src',
  'data-full-src',
  'data-large-file',
  'data-img-src',
  'data-echo',
  'data-actualsrc',
  'data-croporiginalsrc',
  'data-runner-src',
] as const;
const SET_ATTRIBUTES = ['data-srcset', 'data-lazy-srcset', 'data-original-set', 'srcset'] as const;
/** Wide enough for any column, not the poster. */
const WANTED_WIDTH = 1280;
const PLACEHOLDER_FILE =
  /(?:^|[/_.-])(?:placeholder|spacer|blank|transparent|clear|1x1|pixel|loading|loader|lazy|grey|gray|dummy|empty|trans)(?:[-_.]?\w{0,12})?\.(?:gif|png|svg|jpe?g|webp)(?:$|\?)/i;
const TRACKER =
  /(?:^|[/.])(?:pixel|beacon|tracking|tracker|analytics|doubleclick|adserver|scorecardresearch|quantserve|feedsportal|counter|stats|telemetry|pixels?\.wp|count)\b[^?#]*(?:\.gif|\.png|[/?]|$)|\/(?:b|p|t|open|o)\.gif\b|~[rd]\/[^/]+\/[^/]+~[45]|\/~ff\/|[?&](?:utm_|pixel=|beacon)/i;

/** The address of the real picture: of a lazily loaded image that in its data attributes, of a set the fitting one. */
export function bestImageAddress(attribs: Attributes): string | undefined {
  const direct = attribs['src'];
  // A set that was written where one address belongs.
  if (direct !== undefined && /(?:\s|%20)\d{2,5}w,/.test(direct))
    return fittingCandidate(direct.replaceAll('%20', ' ')) ?? undefined;
  if (direct !== undefined && isRealAddress(direct) && !isThereToFail(direct, attribs)) return direct;
  for (const name of ADDRESS_ATTRIBUTES) {
    const value = attribs[name];
    if (value !== undefined && isRealAddress(value)) return value;
  }
  for (const name of SET_ATTRIBUTES) {
    const value = attribs[name];
    const chosen = value === undefined ? null : fittingCandidate(value);
    if (chosen !== null) return chosen;
  }
  return undefined;
}

function isRealAddress(value: string): boolean {
  const plain = value.trim();
  return (
    plain !== '' &&
    !/^(?:data|about|blob|javascript|#)/i.test(plain) &&
    !/\s/.test(plain) &&
    !PLACEHOLDER_FILE.test(plain) &&
    !SINGLE_LETTER.test(plain)
  );
}

/** `x`, `/a/x`: the file's name is one letter, without ending and query. No picture's address. */
const SINGLE_LETTER = /(?:^|\/)\p{L}(?:#.*)?$/u;

/** A bare word as the address, and a handler for when it fails. True pictures have handlers too, and an address. */
function isThereToFail(address: string, attribs: Attributes): boolean {
  return !/[./?]/.test(address) && Object.keys(attribs).some((name) => /^on[a-z]/i.test(name));
}

/** The narrowest candidate of a srcset that is wide enough, else the widest (HTML, §4.8.4.2.1). */
function fittingCandidate(srcset: string): string | null {
  let best: { url: string; width: number } | null = null;
  for (const match of srcset
    .slice(0, 20_000)
    .matchAll(/(\S+?)(?:\s+(\d{1,5}(?:\.\d+)?)([wx]))?\s*(?:,\s+|,$|$|,(?=https?:|\/))/g)) {
    const url = match[1]!;
    if (!isRealAddress(url) || url === ',') continue;
    const width = match[3] === 'w' ? Number(match[2]) : Number(match[2] ?? 1) * 640;
    const better =
      best === null || (best.width < WANTED_WIDTH ? width > best.width : width >= WANTED_WIDTH && width < best.width);
    if (better) best = { url, width };
  }
  return best === null ? null : best.url;
}

/** A picture that is there to be counted, not to be seen. */
export function isTrackingPixel(attribs: Attributes): boolean {
  const [width, height] = [sizeOf(attribs['width']), sizeOf(attribs['height'])];
  if ((width !== null && width <= 2) || (height !== null && height <= 2)) return true;
  const style = attribs['style'] ?? '';
  if (/display\s*:\s*none|(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px|\s*;|\s*$)/i.test(style.slice(0, 500)))
    return true;
  const src = (attribs['src'] ?? '').slice(0, 1000);
  return TRACKER.test(src) && !/\.(?:jpe?g|webp|avif)\b/i.test(src);
}

function sizeOf(value: string | undefined): number | null {
  const digits = /^\s*(\d{1,6})(?:\.\d+)?(?:px)?\s*$/.exec(value ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
