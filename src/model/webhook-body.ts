type Body = {
  readonly added: readonly Entry[];
  readonly changed: readonly Entry[];
  readonly retracted: readonly Entry[];
};
type Entry = { readonly id: string };

/**
 * A body that waits to be sent to a webhook, without some of its entries: nothing is told of them any more, but that they
 * were taken back. Null when it has nothing left to tell; the same text when it told nothing of them.
 */
export function withoutEntries(body: string, entryIds: ReadonlySet<string>): string | null {
  const told = JSON.parse(body) as Partial<Body>;
  const { added = [], changed = [], retracted = [] } = told;
  const isKept = ({ id }: Entry): boolean => !entryIds.has(id);
  const kept = { added: added.filter(isKept), changed: changed.filter(isKept) };
  if (kept.added.length + kept.changed.length === added.length + changed.length) return body;
  const isEmpty = kept.added.length + kept.changed.length + retracted.length === 0;
  return isEmpty ? null : JSON.stringify({ ...told, ...kept });
}
