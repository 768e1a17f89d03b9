// Invented pairs from the middle, where shared words alone decide nothing: versions of one article beside forms, editions
// and later reports that share as much.
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
import { forAnother, laterFilled, madeForm } from './made-form.ts';
import { madeMatter, printed } from './made-language.ts';
import { abridged, edited, writtenApart, writtenOn } from './made-story.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-01-05T00:00:00Z');

export type MadePair = { readonly kind: string; readonly a: LabelledDocument; readonly b: LabelledDocument };
type Kind = {
  readonly name: string;
  readonly isOne: boolean;
  /** How often it comes among the others. */
  readonly share: number;
  readonly hours: (chance: Chance) => number;
  /** What it is made of; an article unless it says otherwise. */
  readonly from?: (chance: Chance) => MadeArticle;
  readonly make: (chance: Chance, article: MadeArticle) => MadeArticle;
};

const soon = (chance: Chance): number => (chance.is(0.85) ? chance.between(0, 13) : chance.between(10, 40));
/** Later the same day or the next. */
const later = (chance: Chance): number => (chance.is(0.6) ? chance.between(0.3, 20) : chance.between(12, 60));
/** Recurring reports come at their hour: each day, week or month, or some times a day. */
const regularly = (chance: Chance): number => {
  if (chance.is(0.12)) return chance.whole(1, 4) + chance.between(-0.05, 0.05);
  return chance.pick([1, 1, 1, 2, 3, 4, 6, 7, 7, 7, 8, 12, 14, 14]) * 24 + chance.between(-0.6, 0.6);
};
/** The same form for somebody else. */
const anyTime = (chance: Chance): number => (chance.is(0.5) ? chance.between(0, 3) : chance.between(2, 330));

const KINDS: readonly Kind[] = [
  { name: 'expanded', isOne: true, share: 3, hours: soon, make: expanded },
  { name: 'edited', isOne: true, share: 3, hours: soon, make: edited },
  { name: 'abridged', isOne: true, share: 2, hours: soon, make: abridged },
  {
    name: 'reworded',
    isOne: true,
    share: 2,
    hours: soon,
    make: (chance, article) => reworded(chance, article, chance.between(0.02, 0.18)),
  },
  {
    name: 'expanded and shortened',
    isOne: true,
    share: 1,
    hours: soon,
    make: (chance, article) => shortened(chance, reworded(chance, expanded(chance, article), chance.between(0, 0.06))),
  },
  { name: 'corrected', isOne: true, share: 2, hours: soon, make: corrected },
  { name: 'form corrected', isOne: true, share: 1, hours: soon, from: madeForm, make: corrected },
  {
    name: 'form sent again',
    isOne: true,
    share: 1,
    hours: soon,
    from: madeForm,
    make: (chance, form) => (chance.is(0.5) ? retitled(chance, form) : edited(chance, form)),
  },
  { name: 'written on', isOne: false, share: 5, hours: later, make: writtenOn },
  { name: 'written apart', isOne: false, share: 2, hours: later, make: writtenApart },
  { name: 'followed up', isOne: false, share: 1, hours: later, make: followUp },
  { name: 'same form', isOne: false, share: 1, hours: anyTime, make: sameForm },
  { name: 'next edition', isOne: false, share: 1, hours: regularly, make: nextEdition },
  { name: 'form filled in later', isOne: false, share: 4, hours: regularly, from: madeForm, make: laterFilled },
  { name: 'form for another', isOne: false, share: 2, hours: anyTime, from: madeForm, make: forAnother },
];

export function madePairs(seed: number, count: number): MadePair[] {
  const chance = openChance(seed);
  const kinds = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
  return Array.from({ length: count }, (_, number) => {
    const kind = kinds[number % kinds.length]!;
    const article = (kind.from ?? someArticle)(chance);
    const other = kind.make(chance, article);
    const titled = kind.isOne && chance.is(0.5) ? retitled(chance, other) : other;
    // Some pairs come without dates.
    const hours = chance.is(kind.from === undefined ? 0.4 : 0.1) ? 0 : kind.hours(chance);
    const [a, b] = chance.is(0.5) ? [article, titled] : [titled, article];
    return {
      kind: kind.name,
      a: documentOf(a, { id: `p${number}a`, atMs: START_MS, cluster: `p${number}` }),
      b: documentOf(b, {
        id: `p${number}b`,
        atMs: START_MS + hours * HOUR_MS,
        cluster: kind.isOne ? `p${number}` : `p${number}b`,
      }),
    };
  });
}

function someArticle(chance: Chance): MadeArticle {
  const matter = madeMatter(chance, chance.pick([0.02, 0.04, 0.08, 0.12]));
  const paragraphs = Array.from(
    { length: chance.pick([1, 2, 3, 3, 4, 6, 8, 12]) },
    () => madeArticle(chance, matter).paragraphs[0]!,
  );
  return { ...madeArticle(chance, matter), paragraphs };
}

function documentOf(article: MadeArticle, rest: Pick<LabelledDocument, 'id' | 'atMs' | 'cluster'>): LabelledDocument {
  const text = article.paragraphs.map((sentences) => sentences.map(printed).join(' ')).join('\n\n');
  return { ...rest, sourceId: rest.id, title: printed(article.title).slice(0, -1), text };
}
