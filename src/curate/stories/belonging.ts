// When does a text belong to a story? One rule for the newcomer and for the regrouping.

/** An earlier (or, when regrouping, any other) text of the window, its story, and the likeness. */
export type Neighbour = { readonly id: string; readonly storyId: string; readonly likeness: number };

/** The story that a text belongs to, the neighbour that speaks most for it, and how strongly. */
export type Belonging = { readonly storyId: string; readonly through: Neighbour; readonly score: number };

/** Nearness below this is chance. */
export const LEAST_NEAR = 0.1;

/**
 * What is asked of a text by its length, between a headline and a full report. A headline has few words, so likeness is
 * lower, and one shared word may be chance: the mean of the story's three nearest reports counts as much as the nearest.
 * A full text speaks for itself: its nearest report nearly decides alone.
 */
const HEADLINE = { words: 15, least: 0.2, company: 0.5 };
const REPORT = { words: 50, least: 0.33, company: 0.2 };
/** So many reports of a story have a say. */
const SPEAKERS = 3;

/**
 * The story that a text of so many words belongs to; null if it tells one of its own.
 *
 * @param sizeOf how many texts of the window are in a story, the asking one left out
 */
export function belongsTo(
  neighbours: readonly Neighbour[],
  { words, sizeOf }: { readonly words: number; readonly sizeOf: (storyId: string) => number },
): Belonging | null {
  const { least, company } = askedOf(words);
  const byStory = new Map<string, Neighbour[]>();
  for (const neighbour of neighbours.toSorted(likestFirst)) {
    const speakers = byStory.get(neighbour.storyId);
    if (speakers === undefined) byStory.set(neighbour.storyId, [neighbour]);
    else if (speakers.length < SPEAKERS) speakers.push(neighbour);
  }
  let best: Belonging | null = null;
  for (const [storyId, speakers] of byStory) {
    const through = speakers[0]!;
    const sum = speakers.reduce((total, { likeness }) => total + likeness, 0);
    const mean = sum / Math.max(1, Math.min(SPEAKERS, sizeOf(storyId)));
    const score = (1 - company) * through.likeness + company * Math.min(through.likeness, mean);
    if (score >= least && (best === null || score > best.score)) best = { storyId, through, score };
  }
  return best;
}

function askedOf(words: number): { readonly least: number; readonly company: number } {
  const way = (Math.log(Math.max(1, words)) - Math.log(HEADLINE.words)) / Math.log(REPORT.words / HEADLINE.words);
  const share = Math.min(1, Math.max(0, way));
  const between = (from: number, to: number): number => from + share * (to - from);
  return { least: between(HEADLINE.least, REPORT.least), company: between(HEADLINE.company, REPORT.company) };
}

/** Whether a text of so many words has a likest one so little alike that it is news. */
export function isNews(words: number, likest: number): boolean {
  return Math.fround(likest) < askedOf(words).least;
}

/**
 * Whether so few words are a headline's. Each is chosen to say what the text is about, and there is nothing else to go by;
 * of a text that says more, more is asked.
 */
export function isHeadline(words: number): boolean {
  return words <= HEADLINE.words;
}

/** Equal likeness is settled by id: the same texts give the same stories. */
export function likestFirst(a: Neighbour, b: Neighbour): number {
  return b.likeness - a.likeness || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
