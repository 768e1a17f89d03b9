import { inOneGo, type Steps } from '../../support/give-way.ts';
import { storyPrintOf, type ComparedText, type StoryPrint } from './story-print.ts';
import { openWindowIndex } from './window-index.ts';
import { FULL_WEIGHT, openWordWeights, type AskedText, type WeighedText } from './word-weights.ts';

/** A text that is about what another is about; likeness is a cosine, 0 to 1. */
export type Related = { readonly id: string; readonly likeness: number };

/** What belongs beside each text. */
export type RelatedTexts = {
  /** How alike two texts are in what they are about; 0 where one is unknown. */
  likeness(a: string, b: string): number;
  /** The likest texts, best first; never the text itself, a copy of it, or one of `without` (its own story's reports). */
  relatedTo(id: string, options: { readonly most: number; readonly without?: ReadonlySet<string> }): Related[];
};

/** Less is chance: most pairs share a few words. */
export const LEAST_RELATED = 0.07;
/** So alike is a copy, however it is signed. */
export const A_COPY = 0.8;

/** Weighs all texts by how rare their words are in all of them and in news at large. Names count as other words do. */
export function indexRelated(texts: Iterable<ComparedText & { readonly id: string }>): RelatedTexts {
  return inOneGo(indexRelatedInSteps(texts));
}

/** As `indexRelated`, with a pause after each text. */
export function* indexRelatedInSteps(texts: Iterable<ComparedText & { readonly id: string }>): Steps<RelatedTexts> {
  const weights = openWordWeights({ namesWeigh: 0, rarity: 'full' });
  const prints = new Map<string, StoryPrint>();
  for (const text of texts) {
    prints.set(text.id, storyPrintOf(text));
    yield;
  }
  for (const print of prints.values()) weights.note(print);
  const index = openWindowIndex();
  const weighed = new Map<string, AskedText>();
  const ids: string[] = [];
  for (const [id, print] of prints) {
    const text = weights.weigh(print);
    weighed.set(id, text);
    ids[index.add(text)] = id;
  }
  return {
    likeness(a, b) {
      const [one, other] = [weighed.get(a), weighed.get(b)];
      return one === undefined || other === undefined ? 0 : cosine(one, other);
    },
    relatedTo(id, { most, without = new Set() }) {
      const text = weighed.get(id);
      if (text === undefined) return [];
      return index
        .near(text, { least: LEAST_RELATED, most: ids.length })
        .map(({ serial, likeness }) => ({ id: ids[serial]!, likeness }))
        .filter((other) => other.id !== id && !without.has(other.id) && other.likeness < A_COPY)
        .sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1))
        .slice(0, most);
    },
  };
}

function cosine(one: WeighedText, other: WeighedText): number {
  const weights = new Map(Array.from(one.digests, (digest, at) => [digest, one.weights[at]!]));
  const sum = other.digests.reduce((total, digest, at) => total + other.weights[at]! * (weights.get(digest) ?? 0), 0);
  return sum / FULL_WEIGHT ** 2;
}
