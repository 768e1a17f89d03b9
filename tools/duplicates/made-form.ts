// Reports that are filled in, not written: prices, weather, tenders, the ships in port.
import type { Chance } from './chance.ts';
import { nextEdition, sameForm, titleOf, type MadeArticle } from './made-article.ts';
import {
  isNumber,
  madeMatter,
  madeNumber,
  madeSentence,
  otherName,
  type Matter,
  type Sentence,
} from './made-language.ts';

export function madeForm(chance: Chance): MadeArticle {
  const matter = madeMatter(chance, chance.pick([0.04, 0.08, 0.15, 0.25]));
  const paragraphs: Sentence[][] = Array.from({ length: chance.whole(1, 3) }, () =>
    Array.from({ length: chance.whole(1, 2) }, () => madeSentence(chance, matter)),
  );
  if (chance.is(0.3)) paragraphs.push([table(chance, matter)]);
  return { matter, title: titleOf(chance, { matter, paragraphs }).filter((word) => !isNumber(word)), paragraphs };
}

/** Rows of a name and one to three figures, small ones often. */
function table(chance: Chance, { words }: Matter): Sentence {
  const columns = chance.whole(1, 3);
  const small = chance.is(0.5);
  return Array.from({ length: chance.whole(4, 12) }, () => [
    ...(chance.is(0.5) ? [otherName(chance)] : [chance.pick(words), otherName(chance)]),
    ...Array.from({ length: columns }, () => (small ? String(chance.whole(0, 9)) : madeNumber(chance))),
  ]).flat();
}

/** Some of the figures are others, sometimes hardly any, or none at all: nothing happened, and that is the news. */
export function laterFilled(chance: Chance, form: MadeArticle): MadeArticle {
  if (chance.is(0.15) && form.paragraphs.flat(2).length < 70) return form;
  const anew = chance.pick([0.08, 0.2, 0.4, 0.7, 1]);
  const change = (sentence: Sentence): Sentence =>
    sentence.map((word) => (isNumber(word) && chance.is(anew) ? nearNumber(chance, word) : word));
  const filled = {
    ...form,
    title: chance.is(0.65) ? form.title : titleOf(chance, form),
    paragraphs: form.paragraphs.map((sentences) => sentences.map(change)),
  };
  const left = chance.is(0.25) ? { ...filled, paragraphs: filled.paragraphs.slice(0, -1) } : filled;
  const kept = left.paragraphs.length === 0 ? filled : left;
  // Who fills it in says it a little otherwise, adds a remark, or leaves one out.
  const drifting = chance.is(0.55) ? nextEdition(chance, kept) : kept;
  return chance.is(0.3)
    ? { ...drifting, paragraphs: [...drifting.paragraphs, [madeSentence(chance, form.matter)]] }
    : drifting;
}

export function forAnother(chance: Chance, form: MadeArticle): MadeArticle {
  const other = sameForm(chance, form);
  return chance.is(0.5) ? { ...other, title: titleOf(chance, other) } : other;
}

/** Mostly a number of the same size: prices move little. */
function nearNumber(chance: Chance, word: string): string {
  if (chance.is(0.4)) return madeNumber(chance);
  return word.replace(/\d(?=\D*$)/, () => String(chance.whole(0, 9)));
}
