import {
  isSameArticle,
  SELECTOR_FINDS_NOTHING,
  type PageShape,
  type Sign,
  type SignKind,
} from '../../model/source-watch.ts';

/** So many articles must be known before one is measured by them. */
const LEARNT = 6;
/**
 * What varies by itself, length and pictures, is measured by more: that by mere chance three articles in a row lie beyond
 * all of sixteen others happens once in a thousand times (3! 16! / 19!).
 */
const LEARNT_WELL = 16;
/** A habit that fewer than this share of the articles have is no habit. */
const RARE = 0.1;
/** What stands in so many characters of 100 more than it ever did is new. */
const MUCH = 10;
/** Of 100 characters so many in sentences that come again: the text is there twice. */
const TWICE = 30;
/** With less agreement (of 100) a text is hardly about what the feed tells. */
const LITTLE_AGREEMENT = 30;
/** So many lines with one ending are a list of something: readers, stories, hours. */
const LIST = 5;

/** Those that an article is measured by: what it is usual to look like, and all whose text it could have. */
export type Others = { readonly known: readonly PageShape[]; readonly seen: readonly PageShape[] };

/**
 * What is strange in an article beside others of its source. The sure kinds need no others: nothing was found, a wall
 * stands in the way, another address has the same text. They stay silent where the source has always been like that.
 */
export function signsOf(shape: PageShape, { known, seen }: Others): Sign[] {
  const signs: (Sign | null)[] = [
    shape.missed ? occasional('selector', SELECTOR_FINDS_NOTHING, known, ({ missed }) => missed) : null,
    shape.text === null ? occasional('nothing', 'the page holds no text', known, ({ text }) => text === null) : null,
    wallSign(shape, known),
    isTwin(shape, seen) ? strong('twin', 'the text is that of another address') : null,
  ];
  if (known.length >= LEARNT && shape.text !== null)
    signs.push(...strongSigns(shape, known), ...weakSigns(shape, known));
  return signs.filter((sign) => sign !== null);
}

/** Whether articles with a text are known that another can be unlike. The operator's selector is a measure by itself. */
export function knowsEnough(known: readonly PageShape[]): boolean {
  return known.filter(({ text }) => text !== null).length >= LEARNT;
}

/** Whether a single page is so surely not the article that its feed's text is better: says why; else null. */
export function surelyNot({ agreement, wall }: PageShape, signs: readonly Sign[]): string | null {
  if (agreement === null || agreement >= LITTLE_AGREEMENT) return null;
  if (wall !== null) return wall;
  return signs.find(({ kind }) => kind === 'twin')?.says ?? null;
}

/**
 * Whether an article could belong to a good template that nobody knows yet: it is about what its feed tells, and brings
 * neither walls nor much that is not its own. `before`: how the source's articles looked.
 */
export function isSound(shape: PageShape, before: readonly PageShape[]): boolean {
  const { text, wall, missed, agreement, shared, repeated, refrain, steps, language } = shape;
  const leastAgreement = Math.min(LITTLE_AGREEMENT, low(before.map((one) => one.agreement ?? 100)) ?? 100);
  const spoke = before.some((one) => one.language !== null && one.language !== 'und');
  return (
    text !== null &&
    wall === null &&
    !missed &&
    (agreement === null || agreement >= leastAgreement) &&
    shared <= Math.max(MUCH, high(before.map((one) => one.shared)) ?? 0) &&
    repeated < TWICE &&
    (refrain < LIST || refrain <= 2 * Math.max(...before.map((one) => one.refrain))) &&
    (!steps || before.some((one) => one.steps)) &&
    !(language === 'und' && spoke)
  );
}

function strongSigns(shape: PageShape, known: readonly PageShape[]): (Sign | null)[] {
  const { agreement, shared, repeated, language } = shape;
  const agreements = known.map((one) => one.agreement).filter((one) => one !== null);
  const least = agreements.length < LEARNT ? 0 : (low(agreements) ?? 0) / 2;
  const spoken = usualLanguage(known);
  return [
    agreement !== null && agreement < least
      ? strong('agreement', 'the text says hardly anything of what the feed tells')
      : null,
    shared >= (high(known.map((one) => one.shared)) ?? 0) + MUCH
      ? strong('shared', 'much of the text stands in other articles too')
      : null,
    repeated >= TWICE && repeated >= (high(known.map((one) => one.repeated)) ?? 0) + MUCH
      ? strong('repeated', 'the page has its text twice')
      : null,
    language !== null && spoken !== null && language !== spoken
      ? strong('language', language === 'und' ? 'the text is in no known language' : 'the text is in another language')
      : null,
  ];
}

function weakSigns(shape: PageShape, known: readonly PageShape[]): (Sign | null)[] {
  const { words, paragraphs, hasImage, refrain, steps } = shape;
  const most = (of: (one: PageShape) => number): number => Math.max(...known.map(of));
  const isKnownWell = known.length >= LEARNT_WELL;
  return [
    isKnownWell && words * 2 < Math.min(...known.map((one) => one.words))
      ? weak('length', 'the text is far shorter than any before')
      : null,
    isKnownWell && (words > 2 * most((one) => one.words) || paragraphs > 2 * most((one) => one.paragraphs))
      ? weak('length', 'the text is far longer than any before')
      : null,
    isKnownWell && !hasImage && known.every((one) => one.hasImage)
      ? weak('picture', 'the picture is missing that all had')
      : null,
    refrain >= LIST && refrain > 2 * most((one) => one.refrain)
      ? weak('refrain', 'many lines of the text have the same ending')
      : null,
    steps && !known.some((one) => one.steps) ? weak('steps', 'the page shows steps that lead to no address') : null,
  ];
}

/** Surest where it never was before, doubtful where it is rare, no sign where it is usual. */
function occasional(
  kind: SignKind,
  says: string,
  known: readonly PageShape[],
  has: (shape: PageShape) => boolean,
): Sign | null {
  const count = known.filter(has).length;
  if (count === 0) return strong(kind, says);
  return count <= known.length * RARE ? weak(kind, says) : null;
}

/**
 * What a page says in its text's place. An article for subscribers whose beginning is there is an article: doubtful,
 * and only where the source had none.
 */
function wallSign({ wall, agreement }: PageShape, known: readonly PageShape[]): Sign | null {
  if (wall === null) return null;
  const sign = occasional('wall', wall, known, (one) => one.wall !== null);
  if (agreement !== null && agreement < LITTLE_AGREEMENT) return sign;
  return sign === null || known.length < LEARNT ? null : { ...sign, strong: false };
}

function isTwin(shape: PageShape, seen: readonly PageShape[]): boolean {
  return shape.text !== null && seen.some((one) => one.text === shape.text && !isSameArticle(one, shape));
}

/** The language of all who have one, one in twenty aside; null where there is no such. */
function usualLanguage(known: readonly PageShape[]): string | null {
  const languages = known.map(({ language }) => language).filter((language) => language !== null);
  if (languages.length < LEARNT) return null;
  const [[usual, those] = [null, []]] = Object.entries(Object.groupBy(languages, (language) => language)).toSorted(
    ([, one], [, other]) => (other?.length ?? 0) - (one?.length ?? 0),
  );
  return (those?.length ?? 0) >= languages.length * 0.95 ? usual : null;
}

/** The value that one in ten is below: the lowest of few, and no lower for an odd one among many. */
function low(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * RARE)] ?? null;
}

function high(values: readonly number[]): number | null {
  return values.toSorted((a, b) => b - a)[Math.floor(values.length * RARE)] ?? null;
}

function strong(kind: SignKind, says: string): Sign {
  return { kind, strong: true, says };
}

function weak(kind: SignKind, says: string): Sign {
  return { kind, strong: false, says };
}
