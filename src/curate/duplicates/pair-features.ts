import { boundOf, partOf, titleKeysOf, wordsOf, type TextPrint } from './text-print.ts';

/** What speaks for and against two documents being one, each between 0 and about 1 (shares, or measures made so). */
export type PairFeatures = Readonly<Record<FeatureName, number>>;

export const FEATURES = [
  'contained',
  'containedAtAll',
  'containedOverHalf',
  'containedNearlyAll',
  'containedBack',
  'lead',
  'title',
  'sameTitle',
  'lengthRatio',
  'evidence',
  'numbersMissing',
  'numbersConflict',
  'namesMissing',
  'namesMissingBack',
  'gap',
  'gapAndNumbers',
  'gapAndConflict',
  'titleAndConflict',
  'numbersMissingMany',
  'leadFactsMissing',
  'leadFactsMissingBack',
  'containedAndConflict',
  'factsMissing',
  'factsMissingBack',
  'containedAndFacts',
  'rewordedAndFacts',
  'wordsContained',
  'wordsContainedBack',
  'wordsAndFacts',
  'wordsBeyond',
  'sameSource',
  'sameSourceAndNumbers',
  'otherGroups',
  'otherGroupsBack',
  'thin',
  'thinAndTitle',
  'thinAndGap',
  'partAndTitle',
  'partWithoutLead',
] as const;
export type FeatureName = (typeof FEATURES)[number];

/** One of the two: its print, and its sampled shingles without boilerplate. */
export type Side = {
  readonly print: TextPrint;
  readonly telling: Uint32Array;
  readonly sourceId: string;
  readonly atMs: number;
};

const DAY_MS = 24 * 3_600_000;
const FARTHEST_DAYS = 14;
/** Fewer shingles than these are no proof, however many of them are shared. */
const ENOUGH_SHINGLES = 24;
const THIN_BELOW = 4;
const MANY_GROUPS = 6;
const FEW_NUMBERS = 3;

export function pairFeatures(a: Side, b: Side, otherGroups: number): PairFeatures {
  const bound = Math.min(boundOf(a.print, 'shingles'), boundOf(b.print, 'shingles'));
  const [ours, theirs] = [below(a.telling, bound), below(b.telling, bound)];
  const shared = sharedOf(ours, theirs);
  const isShorter = ours.length <= theirs.length;
  const least = Math.min(ours.length, theirs.length);
  const [shorter, longer] = isShorter ? [a.print, b.print] : [b.print, a.print];
  const contained = shareOf(shared, least);
  const lead = leadShared(shorter, longer);
  const title = titleLikeness(a.print, b.print);
  const sameTitle = titleKeysOf(a.print).some((key) => titleKeysOf(b.print).includes(key)) ? 1 : 0;
  const numbersMissing = missing(partOf(shorter, 'numbers'), partOf(longer, 'numbers'));
  const numbersConflict = conflict(partOf(a.print, 'numbers'), partOf(b.print, 'numbers'));
  const gap = Math.min(1, Math.abs(a.atMs - b.atMs) / DAY_MS / FARTHEST_DAYS);
  const overADay = Math.min(1, Math.abs(a.atMs - b.atMs) / DAY_MS / 2);
  const factsMissing = allFactsMissing(shorter, longer);
  const wordsShared = wordsOfBoth(shorter, longer);
  const sameSource = a.sourceId === b.sourceId ? 1 : 0;
  const thin = Math.max(0, 1 - least / THIN_BELOW);
  const groups = Math.min(1, otherGroups / MANY_GROUPS);
  return {
    contained,
    containedAtAll: Math.min(1, contained / 0.5),
    containedOverHalf: Math.max(0, contained - 0.5) * 2,
    containedNearlyAll: Math.max(0, contained - 0.8) * 5,
    containedBack: shareOf(shared, Math.max(ours.length, theirs.length)),
    lead,
    title,
    sameTitle,
    lengthRatio: shareOf(Math.min(wordsOf(a.print), wordsOf(b.print)), Math.max(wordsOf(a.print), wordsOf(b.print))),
    evidence: Math.min(1, Math.log1p(shared) / Math.log1p(ENOUGH_SHINGLES)),
    numbersMissing,
    numbersConflict,
    namesMissing: missing(partOf(shorter, 'names'), partOf(longer, 'names')),
    namesMissingBack: missing(partOf(longer, 'names'), partOf(shorter, 'names')),
    gap,
    gapAndNumbers: overADay * numbersMissing,
    gapAndConflict: overADay * numbersConflict,
    titleAndConflict: title * numbersConflict,
    numbersMissingMany: Math.min(1, (numbersMissing * partOf(shorter, 'numbers').length) / 5),
    leadFactsMissing: leadFactsMissing(shorter, longer),
    leadFactsMissingBack: leadFactsMissing(longer, shorter),
    containedAndConflict: contained * numbersConflict,
    factsMissing,
    factsMissingBack: allFactsMissing(longer, shorter),
    containedAndFacts: contained * factsMissing,
    rewordedAndFacts: (1 - contained) * factsMissing,
    wordsContained: wordsShared.ofShorter,
    wordsContainedBack: wordsShared.ofLonger,
    wordsAndFacts: wordsShared.ofShorter * factsMissing,
    wordsBeyond: Math.max(0, wordsShared.ofShorter - contained),
    sameSource,
    sameSourceAndNumbers: sameSource * numbersMissing,
    otherGroups: groups,
    otherGroupsBack: groups * (1 - contained),
    thin,
    thinAndTitle: thin * sameTitle,
    thinAndGap: thin * gap,
    partAndTitle: contained * title,
    partWithoutLead: contained * (1 - lead) * (1 - title),
  };
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function below(sorted: Uint32Array, bound: number): Uint32Array {
  let end = sorted.length;
  while (end > 0 && sorted[end - 1]! >= bound) end--;
  return end === sorted.length ? sorted : sorted.subarray(0, end);
}

/** How many digests two sorted sets share. */
function sharedOf(a: Uint32Array, b: Uint32Array): number {
  let [shared, i, j] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const [left, right] = [a[i]!, b[j]!];
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return shared;
}

function leadShared(a: TextPrint, b: TextPrint): number {
  const [ours, theirs] = [partOf(a, 'lead'), partOf(b, 'lead')];
  return shareOf(sharedOf(ours, theirs), Math.min(ours.length, theirs.length));
}

/** Dice's measure over the words of the titles. */
function titleLikeness(a: TextPrint, b: TextPrint): number {
  const [ours, theirs] = [partOf(a, 'title'), partOf(b, 'title')];
  return shareOf(2 * sharedOf(ours, theirs), ours.length + theirs.length);
}

/** The share of one side's digests that the other lacks. */
function missing(of: Uint32Array, from: Uint32Array): number {
  return of.length === 0 ? 0 : 1 - sharedOf(of, from) / of.length;
}

/** The share of the names and numbers in one's first words that the other lacks altogether. */
function leadFactsMissing(of: TextPrint, from: TextPrint): number {
  const facts = partOf(of, 'leadFacts');
  const found = sharedOf(facts, partOf(from, 'numbers')) + sharedOf(facts, partOf(from, 'names'));
  return facts.length === 0 ? 0 : 1 - found / facts.length;
}

/** The share of one's names and numbers that the other lacks; few of them prove little. */
function allFactsMissing(of: TextPrint, from: TextPrint): number {
  let [all, lacking] = [0, 0];
  for (const part of ['numbers', 'names'] as const) {
    const facts = partOf(of, part);
    all += facts.length;
    lacking += facts.length - sharedOf(facts, partOf(from, part));
  }
  return lacking / (all + FEW_NUMBERS);
}

/** The share of the different words of each that the other has. */
function wordsOfBoth(shorter: TextPrint, longer: TextPrint): { readonly ofShorter: number; readonly ofLonger: number } {
  const bound = Math.min(boundOf(shorter, 'words'), boundOf(longer, 'words'));
  const [few, many] = [below(partOf(shorter, 'words'), bound), below(partOf(longer, 'words'), bound)];
  const shared = sharedOf(few, many);
  return { ofShorter: shareOf(shared, few.length), ofLonger: shareOf(shared, many.length) };
}

/** How far the numbers of two texts that both have some differ. */
function conflict(a: Uint32Array, b: Uint32Array): number {
  const least = Math.min(a.length, b.length);
  return least < FEW_NUMBERS ? 0 : 1 - sharedOf(a, b) / least;
}
