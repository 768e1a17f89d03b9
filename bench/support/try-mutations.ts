import type { Edition } from '../../src/model/edition.ts';
import { StageError } from '../../src/model/errors.ts';
import { wholeText, type FeedParts } from '../../src/model/feed-parts.ts';
import { gate, openGate } from '../../src/publish/gate.ts';
import { openAtom } from '../../src/render/atom.ts';
import { openJsonFeed } from '../../src/render/json-feed.ts';
import { openRss } from '../../src/render/rss.ts';
import { recut } from './recut.ts';
import { MUTATIONS, seededPick, type FeedFormat } from './mutations.ts';

/** What the gate said to one change of one document. */
export type Trial = {
  readonly id: string;
  readonly kind: string;
  readonly format: FeedFormat;
  readonly refusal: string | null;
};

/** A document, unchanged or changed, put to the gate. Throws what the gate throws. */
type Ask = (document: { readonly parts: FeedParts; readonly format: FeedFormat }, edition: Edition) => void;

/** The gate as it is for a document that it sees for the first time, and one that has found all entries right before. */
const GATES: Readonly<Record<'new' | 'remembering', () => Ask>> = {
  new: () => (document, edition) => gate({ path: 'feed', text: wholeText(document.parts), ...document }, edition),
  remembering: () => {
    const ask = openGate();
    return (document, edition) => ask({ path: 'feed', ...document }, edition);
  },
};

/** Changes the edition's three documents in turn, each kind of change in turn, until so many were tried. */
export function tryMutations(
  edition: Edition,
  { count, seed, ...given }: { readonly count: number; readonly seed: number; readonly gate?: 'new' | 'remembering' },
): Trial[] {
  const pick = seededPick(seed);
  const renderers = [
    ['atom', openAtom()],
    ['rss', openRss()],
    ['json', openJsonFeed()],
  ] as const;
  const documents = renderers.map(([format, render]) => ({ format, parts: render(edition) }));
  const ask = GATES[given.gate ?? 'new']();
  for (const document of documents) ask(document, edition);
  const trials: Trial[] = [];
  for (let round = 1; trials.length < count; round++) {
    for (const mutation of MUTATIONS) {
      for (const { format, parts } of documents) {
        if (!mutation.of.includes(format) || trials.length === count) continue;
        const text = wholeText(parts);
        const changed = mutation.apply(text, pick);
        if (changed === null || changed === text) continue;
        const id = `${mutation.kind} / ${mutation.name} / ${format} / ${round}`;
        trials.push({
          id,
          kind: mutation.kind,
          format,
          refusal: refusalOf(() => ask({ parts: recut(parts, changed), format }, edition)),
        });
      }
    }
  }
  return trials;
}

function refusalOf(ask: () => void): string | null {
  try {
    ask();
    return null;
  } catch (error) {
    if (error instanceof StageError && error.code === 'gate-refused') return error.detail;
    throw error;
  }
}
