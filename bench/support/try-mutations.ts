import type { Edition } from '../../src/model/edition.ts';
import { StageError } from '../../src/model/errors.ts';
import { gate } from '../../src/publish/gate.ts';
import { renderAtom } from '../../src/render/atom.ts';
import { renderJsonFeed } from '../../src/render/json-feed.ts';
import { renderRss } from '../../src/render/rss.ts';
import { MUTATIONS, seededPick, type FeedFormat } from './mutations.ts';

/** What the gate said to one change of one document. */
export type Trial = {
  readonly id: string;
  readonly kind: string;
  readonly format: FeedFormat;
  readonly refusal: string | null;
};

const RENDERERS = [
  ['atom', renderAtom],
  ['rss', renderRss],
  ['json', renderJsonFeed],
] as const;

/** Changes the edition's three documents in turn, each kind of change in turn, until so many were tried. */
export function tryMutations(
  edition: Edition,
  { count, seed }: { readonly count: number; readonly seed: number },
): Trial[] {
  const pick = seededPick(seed);
  const documents = RENDERERS.map(([format, render]) => ({ format, text: render(edition) }));
  for (const { format, text } of documents) gate({ path: `world.${format}`, text, format }, edition);
  const trials: Trial[] = [];
  for (let round = 1; trials.length < count; round++) {
    for (const mutation of MUTATIONS) {
      for (const { format, text } of documents) {
        if (!mutation.of.includes(format) || trials.length === count) continue;
        const changed = mutation.apply(text, pick);
        if (changed === null || changed === text) continue;
        const id = `${mutation.kind} / ${mutation.name} / ${format} / ${round}`;
        trials.push({ id, kind: mutation.kind, format, refusal: refusalOf(changed, format, edition) });
      }
    }
  }
  return trials;
}

function refusalOf(text: string, format: FeedFormat, edition: Edition): string | null {
  try {
    gate({ path: `world.${format}`, text, format }, edition);
    return null;
  } catch (error) {
    if (error instanceof StageError && error.code === 'gate-refused') return error.detail;
    throw error;
  }
}
