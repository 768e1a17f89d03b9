import type { Order } from '../config/sources-file.ts';
import { stateFor } from '../pipeline/source-state.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { Store } from '../store/store.ts';
import { nearestName } from '../support/nearest-name.ts';
import { siteOf } from '../support/site-of.ts';
import type { Question } from './entry-signs.ts';
import { oneLine } from './terminal.ts';

/** Where nothing was found: what may be the reason, and what to do next. */
export type Nothing = {
  /** So many entries the ledger has. */
  readonly ledgerEntries: number;
  /** The listed sources of the address's site, or the source that was named. */
  readonly sources: readonly {
    readonly id: string;
    readonly enabled: boolean;
    readonly checkedAt: SourceState['checkedAt'];
    readonly entries: number;
  }[];
  readonly advice: readonly string[];
};

/** `store` null: there is no database yet; `order` null: sources.json is faulty. */
export async function whyNothing(
  store: Store | null,
  { asked, address }: Pick<Question, 'asked' | 'address'>,
  order: Pick<Order, 'sources'> | null,
): Promise<Nothing> {
  const counts = store === null ? [] : await store.entryCounts();
  const states = store === null ? new Map<string, SourceState>() : await store.sourceStates();
  const countOf = (id: string): number =>
    counts.filter(({ sourceId }) => sourceId === id).reduce((total, { count }) => total + count, 0);
  const ledgerEntries = counts.reduce((total, { count }) => total + count, 0);
  const listed = order?.sources ?? [];
  const named = listed.filter(({ id }) => id === asked);
  const concerned = address === null ? named : sourcesOfSite(address, listed, states);
  const advice = [
    ...(ledgerEntries === 0 ? ['nothing was fetched yet: `tributary once` asks the sources that are due'] : []),
    ...named.map(({ id }) => `that is a source: \`tributary status --entries --source ${id}\` tells of its entries`),
    ...(address === null || order === null ? [] : adviceOnAddress(address, concerned, { states, countOf })),
    ...(address === null && named.length === 0 ? adviceOnWords(asked, listed) : []),
    ...(order === null ? ['sources.json is faulty, so it is not known which sources there are: correct it first'] : []),
  ];
  return {
    ledgerEntries,
    sources: concerned.map((source) => {
      const { checkedAt } = stateFor(source, states.get(source.id));
      return { id: source.id, enabled: source.enabled, checkedAt, entries: countOf(source.id) };
    }),
    advice,
  };
}

export function nothingLines(asked: string, { ledgerEntries, advice }: Nothing): string[] {
  const held = ledgerEntries === 1 ? 'one entry' : `${ledgerEntries} entries`;
  return [
    `"${oneLine(asked, 200)}": no entry has this id, this address or these words in its title; the ledger has ${held}.`,
    ...advice.map((line) => `  ${line}`),
  ];
}

/** Those whose feed, or what their feed calls its home, is on the same site. */
function sourcesOfSite(
  address: string,
  sources: readonly Source[],
  states: ReadonlyMap<string, SourceState>,
): readonly Source[] {
  const site = siteOf(address);
  return sources.filter(({ id, url }) =>
    [url, states.get(id)?.feedLink ?? null].some((own) => own !== null && siteOf(own) === site),
  );
}

function adviceOnAddress(
  address: string,
  ofSite: readonly Source[],
  known: { readonly states: ReadonlyMap<string, SourceState>; readonly countOf: (id: string) => number },
): string[] {
  if (ofSite.length === 0)
    return [`no listed source is of the site ${siteOf(address) ?? address}; add its feed to sources.json`];
  return ofSite.map((source) => {
    const { checkedAt, nextCheckAt, failures, lastFailure, unreadable } = stateFor(source, known.states.get(source.id));
    const next = nextCheckAt === null ? 'it is asked at the next turn' : `it is asked next at ${nextCheckAt}`;
    if (!source.enabled) return `its site is that of ${source.id}, which is not enabled in sources.json`;
    if (checkedAt === null) return `its site is that of ${source.id}, which was never asked; ${next}`;
    if (failures > 0)
      return `its site is that of ${source.id}, which fails: ${oneLine(lastFailure?.message ?? 'for no known reason', 200)}`;
    const odd =
      unreadable.length === 0
        ? ''
        : `; ${unreadable.length} of the last reading could not be read (\`tributary status\` tells which)`;
    return `its site is that of ${source.id}, asked last at ${checkedAt}, ${known.countOf(source.id)} entries since it is known: this one was not in its feed when it was asked${odd}; ${next}`;
  });
}

function adviceOnWords(asked: string, sources: readonly Source[]): string[] {
  const near = nearestName(
    asked,
    sources.map(({ id }) => id),
  );
  const meant =
    near === null ? [] : [`if the source "${near}" is meant: \`tributary status --entries --source ${near}\``];
  return ['write fewer words, or its address', ...meant];
}
