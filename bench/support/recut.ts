import { wholeText, type FeedParts } from '../../src/model/feed-parts.ts';

/**
 * A changed text of a document cut into parts where the unchanged one was: what comes before the change keeps its place, and
 * what comes after it moves along. Where the change is between two entries, all of it is one part.
 */
export function recut(parts: FeedParts, changed: string): FeedParts {
  const whole = wholeText(parts);
  const moved = changed.length - whole.length;
  let same = 0;
  while (same < whole.length && whole[same] === changed[same]) same++;
  const placeOf = (place: number): number => (place <= same ? place : Math.max(same, place + moved));
  const inOne: FeedParts = { before: changed, entries: [], between: '', after: '' };
  const entries: string[] = [];
  let place = parts.before.length;
  for (const [index, entry] of parts.entries.entries()) {
    if (index > 0 && changed.slice(placeOf(place), placeOf(place + parts.between.length)) !== parts.between)
      return inOne;
    if (index > 0) place += parts.between.length;
    entries.push(changed.slice(placeOf(place), placeOf(place + entry.length)));
    place += entry.length;
  }
  const cut = {
    ...parts,
    before: changed.slice(0, placeOf(parts.before.length)),
    entries,
    after: changed.slice(placeOf(place)),
  };
  return wholeText(cut) === changed ? cut : inOne;
}
