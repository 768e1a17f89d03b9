// What do shared words prove? Two texts share words by chance too, the more so the commoner the words are.

/** Another report of the same event has about every third of its words. */
const SHARED_BY_REPORTS = 1 / 3;

/**
 * How much it speaks for one event that another text has a word of this one too: the logarithm of how much likelier that is
 * of a report of the event than of any other text. Nothing, where most texts have the word.
 *
 * @param share the part of all other news that has the word
 */
export function proofOf(share: number): number {
  return Math.max(0, Math.log(SHARED_BY_REPORTS / share));
}

/**
 * How likely it is that shared words are no chance. Before any word is read, an earlier text reports the event of this one
 * as seldom as one out of all that was news: what the words prove together has to outweigh that. Full texts share enough
 * if they are alike at all; two short ones may be alike by one name alone.
 *
 * @param proof that of all shared words together
 */
export function noChance(proof: number, { news }: { readonly news: number }): number {
  return 1 / (1 + news * Math.exp(-proof));
}
