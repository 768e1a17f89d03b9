/** A text, the published id of the story it stood in, and its group now. */
export type Regroup = { readonly id: string; readonly storyId: string; readonly group: string };

export type Named = {
  /** The id of each group. */
  readonly names: ReadonlyMap<string, string>;
  /** Where to find what was published under ids that no group bears: each to a group's id. */
  readonly redirects: ReadonlyMap<string, string>;
};

/**
 * Gives groups their ids, so that what was published stays true: an id goes with most of the texts that stood under it;
 * where two come to one group the older (whose first text came first) stays, and the other leads to it. A group without
 * an id takes that of its earliest text that no other group bears. An id once published always leads to one story.
 *
 * @param texts in the order they came
 * @param redirects as they were before
 */
export function nameStories(texts: readonly Regroup[], redirects: ReadonlyMap<string, string>): Named {
  const goesTo = mostOfEach(texts);
  const names = new Map<string, string>();
  // In the order of the ids' first texts: the older id is there first.
  for (const [storyId, group] of goesTo) if (!names.has(group)) names.set(group, storyId);
  const borne = new Set(names.values());
  const retired = (id: string): boolean => goesTo.has(id) && !borne.has(id);
  const unnamed = new Map<string, string[]>();
  for (const { id, group } of texts) if (!names.has(group)) unnamed.set(group, [...(unnamed.get(group) ?? []), id]);
  for (const [group, ids] of unnamed) {
    const name = ids.find((id) => !borne.has(id) && !retired(id)) ?? freshName(ids[0]!, borne, goesTo);
    names.set(group, name);
    borne.add(name);
  }
  const next = new Map<string, string>();
  for (const [storyId, group] of goesTo) if (!borne.has(storyId)) next.set(storyId, names.get(group)!);
  // What led to a story that has left the window leads nowhere now.
  for (const [from, to] of redirects) {
    const living = next.get(to) ?? to;
    if (!borne.has(from) && !next.has(from) && borne.has(living)) next.set(from, living);
  }
  return { names, redirects: next };
}

/** For each published id the group where most of its texts are now; the group of the earliest where as many are elsewhere. */
function mostOfEach(texts: readonly Regroup[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { storyId, group } of texts) {
    const groups = counts.get(storyId) ?? new Map<string, number>();
    groups.set(group, (groups.get(group) ?? 0) + 1);
    counts.set(storyId, groups);
  }
  const goesTo = new Map<string, string>();
  for (const [storyId, groups] of counts) {
    let most: string | null = null;
    for (const [group, count] of groups) if (most === null || count > groups.get(most)!) most = group;
    goesTo.set(storyId, most!);
  }
  return goesTo;
}

/** Every text of the group has founded a story that lives on elsewhere: an id that says so, in use nowhere. */
function freshName(id: string, borne: ReadonlySet<string>, published: ReadonlyMap<string, string>): string {
  for (let part = 2; ; part++) {
    const name = `${id}/${part}`;
    if (!borne.has(name) && !published.has(name)) return name;
  }
}
