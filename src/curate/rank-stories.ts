import type { Source } from '../model/source.ts';
import type { ToldStory } from '../model/story.ts';
import { epochMsOf, type Instant } from '../support/instant.ts';

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
  context: { readonly sources: ReadonlyMap<string, Source>; readonly asOf: Instant },
): RankedStory[] {
  const byEvent = Map.groupBy(told, ({ story }) => story.eventId);
  return told
    .map(({ story }) => {
      const reportsOfEvent = byEvent.get(story.eventId)!;
      const sameEvent = reportsOfEvent.flatMap((other) => (other.story.id === story.id ? [] : [other.story.id]));
      const publishers = new Set(reportsOfEvent.map(({ articles }) => articles[0]!.sourceId));
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
