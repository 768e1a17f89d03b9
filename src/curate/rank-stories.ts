import type { Source } from '../model/source.ts';
import type { ToldStory } from '../model/story.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';
import type { SimilarityIndex } from './similarity.ts';

/** Stories at least so alike report one event. */
export const SAME_EVENT = 0.2;
/** Stories at least so alike belong beside each other. */
const RELATED = 0.07;
/** After so many hours a story's heat has halved. */
const HALF_LIFE_HOURS = 36;

/** A story's heat, and the stories that report the same event. */
export type RankedStory = {
  readonly id: string;
  readonly heat: number;
  readonly publishers: number;
  readonly sameEvent: readonly string[];
};

/**
 * How many independent publishers report the event, each counted once by its source's weight (copies of one text are
 * one story, so count once), halved every 36 hours of age as of the newest stored change. No clock is read.
 */
export function rankByHeat(
  told: readonly ToldStory[],
  index: SimilarityIndex,
  context: { readonly sources: ReadonlyMap<string, Source>; readonly asOf: Instant },
): RankedStory[] {
  const byId = new Map(told.map((one) => [one.story.id, one]));
  return told
    .map(({ story }) => {
      const sameEvent = index
        .alike(story.id)
        .flatMap(({ id, likeness }) => (likeness >= SAME_EVENT && byId.has(id) ? [id] : []));
      const publishers = new Set([story.id, ...sameEvent].map((id) => byId.get(id)!.articles[0]!.sourceId));
      const reports = [...publishers].reduce((sum, id) => sum + (context.sources.get(id)?.weight ?? 1), 0);
      const ageHours = Math.max(0, (epochMsOf(context.asOf) - epochMsOf(story.published)) / 3_600_000);
      return {
        id: story.id,
        heat: reports * 0.5 ** (ageHours / HALF_LIFE_HOURS),
        publishers: publishers.size,
        sameEvent,
      };
    })
    .sort((a, b) => b.heat - a.heat || (a.id < b.id ? -1 : 1));
}

/** The hottest stories, one of each event. */
export function hottest(
  ranked: readonly RankedStory[],
  most: number,
  without: ReadonlySet<string> = new Set(),
): string[] {
  const chosen: string[] = [];
  const told = new Set<string>(without);
  for (const { id, sameEvent } of ranked) {
    if (chosen.length === most) break;
    if (told.has(id)) continue;
    chosen.push(id);
    for (const each of [id, ...sameEvent]) told.add(each);
  }
  return chosen;
}

/** Stories about what a story is about, the likest first. */
export function relatedTo(id: string, index: SimilarityIndex, most: number): string[] {
  return index
    .alike(id)
    .filter(({ likeness }) => likeness >= RELATED)
    .slice(0, most)
    .map((other) => other.id);
}
