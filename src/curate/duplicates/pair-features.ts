import type { Telling } from './duplicate-index.ts';
import { sharedParts } from './shared-parts.ts';
import {
  endBelow,
  factsMissing,
  leadFactsMissing,
  leadShared,
  leadWordsMissing,
  missing,
  numbersConflict,
  shareOf,
  slotsShared,
  titleLikeness,
  titleWordsMissing,
  wordsContained,
} from './shared-words.ts';
import { setIn, shingleBound, titleKeysOf, wordsOf, type TextPrint } from './text-print.ts';

/** What speaks for and against two documents being one, each between 0 and about 1 (shares, or measures made so). */
export type PairFeatures = Readonly<Record<FeatureName, number>>;

/** `Back` is the same asked of the longer text; `And` is a product. */
export const FEATURES = [
  // How much of the words in a row is shared, and where.
  'contained',
  'containedAtAll',
  'containedAndEvidence',
  'containedAndShort',
  'lead',
  'headBack',
  'tailWithoutHead',
  'partsCovered',
  'unevenly',
  'partWithoutLead',
  'newWords',
  'newWordsBack',
  'short',
  'lengthRatio',
  'farLonger',
  'otherGroups',
  'thin',
  // Titles.
  'title',
  'sameTitle',
  'titleAndContained',
  'titleAndLead',
  'titleAndThin',
  'titleAndShort',
  'titleWordsMissing',
  'titleWordsMissingBack',
  // Numbers, names and other telling words.
  'numbersMissing',
  'numbersMissingBack',
  'numbersMissingMany',
  'numbersConflict',
  'slotsAgree',
  'slotsDiffer',
  'slotsDifferMostly',
  'slotsDifferMany',
  'titleAndConflict',
  'titleAndSlots',
  'namesMissing',
  'leadFactsMissing',
  'leadFactsMissingBack',
  'leadWordsMissing',
  'leadWordsMissingBack',
  'factsMissingBack',
  'factsMissingReworded',
  'wordsAndFacts',
  'wordsBeyond',
  // Time and source.
  'gap',
  'gapAndConflict',
  'gapAndThin',
  'gapAndNearlySameShort',
  'wholeDays',
  'wholeDaysAndTitle',
  'wholeDaysAndSlots',
  'sameSource',
] as const;
export type FeatureName = (typeof FEATURES)[number];

/** One of the two: its print, and its sampled shingles without boilerplate. */
export type Side = {
  readonly print: TextPrint;
  readonly telling: Telling;
  readonly sourceId: string;
  readonly atMs: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FARTHEST_DAYS = 14;
/** What recurs comes at the same hour, more or less. */
const SAME_HOUR_MS = 2 * HOUR_MS;
/** Fewer shingles than these are no proof, however many of them are shared. */
const ENOUGH_SHINGLES = 24;
const FEW_SHINGLES = 20;
const THIN_BELOW = 4;
const MANY_GROUPS = 6;
const MANY_NUMBERS = 5;
const MANY_SLOTS = 4;
const MANY_NEW_WORDS = 150;
const FAR_LONGER = 0.35;
const NEARLY_SAME = 0.8;

export function pairFeatures(a: Side, b: Side, otherGroups: number): PairFeatures {
  const bound = Math.min(shingleBound(a.print), shingleBound(b.print));
  const sides = [a, b].map((side) => ({ side, telling: side.telling, end: endBelow(side.telling.digests, bound) }));
  const [short, long] = sides[0]!.end <= sides[1]!.end ? [sides[0]!, sides[1]!] : [sides[1]!, sides[0]!];
  const parts = sharedParts(short, long);
  const { shared } = parts;
  const [shorter, longer] = [short.side.print, long.side.print];
  const contained = shareOf(shared, short.end);
  const containedBack = shareOf(shared, long.end);
  const shortness = 1 / (1 + short.end / FEW_SHINGLES);
  const lengthRatio = ratioOf(wordsOf(shorter), wordsOf(longer));
  const thin = Math.max(0, 1 - short.end / THIN_BELOW);
  const lead = leadShared(shorter, longer);
  const title = titleLikeness(shorter, longer);
  const sameTitle = titleKeysOf(shorter).some((key) => titleKeysOf(longer).includes(key)) ? 1 : 0;
  const numbersMissing = missing(shorter, longer, 'numbers');
  const conflict = numbersConflict(shorter, longer);
  const slots = slotsShared(shorter, longer);
  const allSlots = slots.agree + slots.differ + 1;
  const slotsDiffer = slots.differ / allSlots;
  const facts = factsMissing(shorter, longer);
  const words = wordsContained(shorter, longer);
  const gapMs = Math.abs(a.atMs - b.atMs);
  const gap = Math.min(1, gapMs / DAY_MS / FARTHEST_DAYS);
  const overADay = Math.min(1, gapMs / DAY_MS / 2);
  const wholeDays = wholeDaysOf(gapMs);
  const nearlySame = Math.max(0, (containedBack - NEARLY_SAME) / (1 - NEARLY_SAME));
  return {
    contained,
    containedAtAll: Math.min(1, contained / 0.5),
    containedAndEvidence: contained * Math.min(1, Math.log1p(shared) / Math.log1p(ENOUGH_SHINGLES)),
    containedAndShort: contained * shortness,
    lead,
    headBack: parts.headBack,
    tailWithoutHead: Math.max(0, parts.tail - parts.head),
    partsCovered: parts.partsCovered,
    unevenly: parts.unevenly,
    partWithoutLead: contained * (1 - lead) * (1 - title),
    newWords: Math.min(1, (wordsOf(shorter) * (1 - contained)) / MANY_NEW_WORDS),
    newWordsBack: Math.min(1, (wordsOf(longer) * (1 - containedBack)) / MANY_NEW_WORDS / 2),
    short: shortness,
    lengthRatio,
    farLonger: Math.max(0, FAR_LONGER - lengthRatio) / FAR_LONGER,
    otherGroups: Math.min(1, otherGroups / MANY_GROUPS),
    thin,
    title,
    sameTitle,
    titleAndContained: title * contained,
    titleAndLead: title * lead,
    titleAndThin: sameTitle * thin,
    titleAndShort: sameTitle * Math.max(0, shortness - 0.5),
    titleWordsMissing: titleWordsMissing(shorter, longer),
    titleWordsMissingBack: titleWordsMissing(longer, shorter),
    numbersMissing,
    numbersMissingBack: missing(longer, shorter, 'numbers'),
    numbersMissingMany: Math.min(1, (numbersMissing * setIn(shorter, 'numbers').length) / MANY_NUMBERS),
    numbersConflict: conflict,
    slotsAgree: slots.agree / allSlots,
    slotsDiffer,
    slotsDifferMostly: Math.max(0, slotsDiffer - 0.3),
    slotsDifferMany: Math.min(1, slots.differ / MANY_SLOTS),
    titleAndConflict: title * conflict,
    titleAndSlots: title * slotsDiffer,
    namesMissing: missing(shorter, longer, 'names'),
    leadFactsMissing: leadFactsMissing(shorter, longer),
    leadFactsMissingBack: leadFactsMissing(longer, shorter),
    leadWordsMissing: leadWordsMissing(shorter, longer),
    leadWordsMissingBack: leadWordsMissing(longer, shorter),
    factsMissingBack: factsMissing(longer, shorter),
    factsMissingReworded: (1 - contained) * facts,
    wordsAndFacts: words * facts,
    wordsBeyond: Math.max(0, words - contained),
    gap,
    gapAndConflict: overADay * conflict,
    gapAndThin: gap * thin,
    gapAndNearlySameShort: overADay * nearlySame * shortness,
    wholeDays,
    wholeDaysAndTitle: wholeDays * sameTitle,
    wholeDaysAndSlots: wholeDays * slotsDiffer,
    sameSource: a.sourceId === b.sourceId ? 1 : 0,
  };
}

function ratioOf(a: number, b: number): number {
  return shareOf(Math.min(a, b), Math.max(a, b));
}

/** How near a time of some days is to whole days: what recurs comes at the same hour. */
function wholeDaysOf(gapMs: number): number {
  if (gapMs < DAY_MS / 2) return 0;
  const off = Math.abs(gapMs - Math.round(gapMs / DAY_MS) * DAY_MS);
  return Math.max(0, 1 - off / SAME_HOUR_MS);
}
