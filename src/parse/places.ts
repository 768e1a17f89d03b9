/** Where marks were found last in one text, by mark; -1 for one that comes no more. */
export type Places = Map<string, number>;

/** The next place of a mark. What comes far off, or never, is looked for once, however often it is asked for in turn. */
export function placeOf(text: string, mark: string, from: number, places: Places): number {
  const last = places.get(mark);
  if (last !== undefined && (last < 0 || last >= from)) return last;
  const place = text.indexOf(mark, from);
  places.set(mark, place);
  return place;
}
