// Invented pairs from the middle, where shared words alone decide nothing: versions of one article beside forms, editions
// and follow-ups that share as much.
import { openChance, type Chance } from './chance.ts';
import type { LabelledDocument } from './collect-pairs.ts';
import {
  corrected,
  expanded,
  followUp,
  madeArticle,
  nextEdition,
  retitled,
  reworded,
  sameForm,
  shortened,
  type MadeArticle,
} from './made-article.ts';
import { madeMatter, printed } from './made-language.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-01-05T00:00:00Z');

export type MadePair = { readonly a: LabelledDocument; readonly b: LabelledDocument };
type Kind = {
  readonly isOne: boolean;
  readonly hours: readonly [number, number];
  readonly make: (chance: Chance, article: MadeArticle) => MadeArticle;
};

const KINDS: readonly Kind[] = [
  { isOne: true, hours: [0, 14], make: (chance, article) => expanded(chance, article) },
  { isOne: true, hours: [0, 20], make: (chance, article) => reworded(chance, article, chance.between(0.02, 0.18)) },
  {
    isOne: true,
    hours: [0, 20],
    make: (chance, article) => shortened(chance, reworded(chance, expanded(chance, article), chance.between(0, 0.06))),
  },
  { isOne: true, hours: [0, 10], make: (chance, article) => corrected(chance, article) },
  { isOne: false, hours: [0, 30], make: (chance, article) => followUp(chance, article) },
  { isOne: false, hours: [0, 30], make: (chance, article) => followUp(chance, article) },
  { isOne: false, hours: [2, 330], make: (chance, article) => sameForm(chance, article) },
  { isOne: false, hours: [2, 330], make: (chance, article) => nextEdition(chance, article) },
];

export function madePairs(seed: number, count: number): MadePair[] {
  const chance = openChance(seed);
  return Array.from({ length: count }, (_, number) => {
    const kind = KINDS[number % KINDS.length]!;
    const matter = madeMatter(chance, chance.pick([0.02, 0.04, 0.08, 0.12]));
    const whole = madeArticle(chance, matter);
    const article = { ...whole, paragraphs: whole.paragraphs.slice(0, chance.whole(1, 8)) };
    const other = kind.make(chance, article);
    const titled = chance.is(kind.isOne ? 0.7 : 0.3) ? retitled(chance, other) : other;
    // Some pairs come without dates.
    const hours = chance.is(0.3) ? 0 : chance.between(...kind.hours);
    const [a, b] = chance.is(0.5) ? [article, titled] : [titled, article];
    return {
      a: documentOf(a, { id: `p${number}a`, atMs: START_MS, cluster: `p${number}` }),
      b: documentOf(b, {
        id: `p${number}b`,
        atMs: START_MS + hours * HOUR_MS,
        cluster: kind.isOne ? `p${number}` : `p${number}b`,
      }),
    };
  });
}

function documentOf(article: MadeArticle, rest: Pick<LabelledDocument, 'id' | 'atMs' | 'cluster'>): LabelledDocument {
  const text = article.paragraphs.map((sentences) => sentences.map(printed).join(' ')).join('\n\n');
  return { ...rest, sourceId: rest.id, title: printed(article.title).slice(0, -1), text };
}
