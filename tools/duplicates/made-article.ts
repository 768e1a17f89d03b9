// Invented articles, and what editors make of them.
import { openChance, type Chance } from './chance.ts';
import {
  isName,
  isNumber,
  madeMatter,
  madeNumber,
  madeSentence,
  madeTitle,
  otherName,
  synonymOf,
  type Matter,
  type Sentence,
} from './made-language.ts';

const FILLERS: readonly Sentence[] = madeFillers();

function madeFillers(): Sentence[] {
  const chance = openChance(20260102);
  const matter = madeMatter(chance, 0);
  return Array.from({ length: 24 }, () => madeSentence(chance, matter).slice(0, 14));
}

/** Stands before a figure that is written in letters. */
const PLAIN = 'numero';

export type MadeArticle = {
  readonly matter: Matter;
  readonly title: Sentence;
  readonly paragraphs: readonly (readonly Sentence[])[];
};

export function madeArticle(chance: Chance, matter: Matter = madeMatter(chance)): MadeArticle {
  const most = chance.pick([2, 3, 5, 8, 14]);
  const paragraphs = Array.from({ length: chance.whole(1, most) }, () => madeParagraph(chance, matter));
  return { matter, title: titleOf(chance, { matter, paragraphs }), paragraphs };
}

/** A headline out of the first sentences: names and telling words that stand there, and now and then one that does not. */
export function titleOf(chance: Chance, { matter, paragraphs }: Pick<MadeArticle, 'matter' | 'paragraphs'>): Sentence {
  const telling = paragraphs
    .slice(0, 2)
    .flatMap((sentences) => sentences.slice(0, 1).flat())
    .filter((word) => word.length > 3 || isNumber(word));
  const made = madeTitle(chance, matter);
  if (telling.length < 4 || chance.is(0.15)) return made;
  const start = chance.whole(0, Math.min(4, telling.length - 4));
  const taken = telling.slice(start, start + chance.whole(4, 9)).filter(() => chance.is(0.8));
  const title = taken.map((word) => (chance.is(0.12) && !isName(word) ? chance.pick(matter.words) : word));
  if (title.length < 3) return made;
  return chance.is(0.3) ? chance.shuffled(title) : title;
}

function madeParagraph(chance: Chance, matter: Matter): Sentence[] {
  return Array.from({ length: chance.whole(1, 3) }, () => madeSentence(chance, matter));
}

function eachWord(article: MadeArticle, change: (word: string) => string): MadeArticle {
  return {
    ...article,
    title: article.title.map(change),
    paragraphs: article.paragraphs.map((sentences) => sentences.map((sentence) => sentence.map(change))),
  };
}

/** Another outlet's headline for the same article. */
export function retitled(chance: Chance, article: MadeArticle): MadeArticle {
  const { title, matter } = article;
  const kind = chance.next();
  const known = article.paragraphs.flat(2);
  if (kind < 0.35 && known.length > 0)
    return {
      ...article,
      title: title.map((word) => (chance.is(0.4) ? chance.pick(chance.is(0.5) ? known : matter.words) : word)),
    };
  if (kind < 0.5) return { ...article, title: title.slice(0, Math.max(3, title.length - chance.whole(1, 4))) };
  if (kind < 0.65) return { ...article, title: ['late', 'on', ...title.filter(isName)] };
  return { ...article, title: titleOf(chance, article) };
}

/** The same in other words: `rate` of the words, and of the sentences' order and number. */
export function reworded(chance: Chance, article: MadeArticle, rate: number): MadeArticle {
  const spelling = new Map<string, string>();
  // House style: one outlet writes out what another abbreviates, and figures as words.
  const restyled = chance.between(0, rate * 1.5);
  const change = (word: string): string => {
    if (isName(word) && !spelling.has(word)) spelling.set(word, chance.is(restyled * 0.6) ? otherName(chance) : word);
    if (isNumber(word) && !spelling.has(word))
      spelling.set(word, chance.is(restyled) ? synonymOf(`${PLAIN}${word}`) : word);
    if (!spelling.has(word)) spelling.set(word, chance.is(rate) ? synonymOf(word) : word);
    return spelling.get(word)!;
  };
  const turn = (sentence: Sentence): Sentence => {
    if (sentence.length > 12 && chance.is(rate)) {
      const at = chance.whole(3, sentence.length - 3);
      return [...sentence.slice(at), ...sentence.slice(0, at)];
    }
    return chance.is(rate / 2) ? [...sentence.slice(0, 4), 'ta', 'vi', ...sentence.slice(4)] : sentence;
  };
  const paragraphs = eachWord(article, change).paragraphs.map((sentences) => {
    const kept = sentences.filter((_, at) => at === 0 || !chance.is(rate * 0.6)).map(turn);
    return chance.is(rate * 0.5) ? kept.toReversed() : kept;
  });
  return { ...article, paragraphs: chance.is(rate * 0.4) ? swapped(chance, paragraphs) : paragraphs };
}

/** What outlets put in where they have nothing to say; each says it with a word of its own. */
export function filled(chance: Chance, article: MadeArticle, rate: number): MadeArticle {
  const paragraphs = article.paragraphs.map((sentences) =>
    sentences.flatMap((sentence, at) => {
      if (!chance.is(rate)) return [sentence];
      const [before, after] = [sentence.slice(0, 12), sentence.slice(12)];
      const filler = chance.pick(FILLERS);
      // A long sentence is parted in two, or one is put behind it.
      return after.length > 4 && chance.is(0.4)
        ? [before, ['ta', 'vi', ...after]]
        : at === 0
          ? [sentence, filler]
          : [filler, sentence];
    }),
  );
  return { ...article, paragraphs };
}

function swapped<Value>(chance: Chance, values: readonly Value[]): Value[] {
  const order = [...values];
  if (order.length < 3) return order;
  const at = chance.whole(1, order.length - 2);
  [order[at], order[at + 1]] = [order[at + 1]!, order[at]!];
  return order;
}

export function shortened(chance: Chance, article: MadeArticle): MadeArticle {
  const keep = Math.max(1, Math.ceil(article.paragraphs.length * chance.between(0.25, 0.8)));
  return { ...article, paragraphs: article.paragraphs.slice(0, keep) };
}

/** A second version, as agencies send them: a new beginning, what was known, mostly, and more that is new. */
export function expanded(chance: Chance, article: MadeArticle): MadeArticle {
  const rate = chance.between(0, 0.12);
  const known = reworded(chance, article, rate).paragraphs;
  const lead = chance.is(0.45) ? [madeLead(chance, article)] : [];
  const more = Array.from({ length: chance.whole(0, Math.max(1, known.length)) }, () =>
    madeParagraph(chance, {
      ...article.matter,
      names: [...article.matter.names, otherName(chance), otherName(chance)],
    }),
  );
  const kept = known.filter((_, at) => at === 0 || !chance.is(0.15));
  const body = chance.is(0.7) ? [...kept, ...more] : [...kept.slice(0, 1), ...more, ...kept.slice(1)];
  return { ...article, paragraphs: [...lead, ...body] };
}

function madeLead(chance: Chance, article: MadeArticle): Sentence[] {
  const first = article.paragraphs[0]?.[0] ?? [];
  const half = Math.floor(first.length / 2);
  const rest = madeSentence(chance, article.matter);
  return [chance.is(0.5) ? [...first.slice(0, half), ...rest.slice(0, 8)] : rest];
}

/** Some figures put right. */
export function corrected(chance: Chance, article: MadeArticle): MadeArticle {
  let left = chance.whole(1, 2);
  return eachWord(article, (word) =>
    isNumber(word) && left > 0 && chance.is(0.3) ? (left--, madeNumber(chance)) : word,
  );
}

/** The first sentence in other words and one more. */
export function brief(chance: Chance, article: MadeArticle): MadeArticle {
  const [first] = reworded(chance, { ...article, paragraphs: [article.paragraphs[0]!.slice(0, 1)] }, 0.14).paragraphs;
  const second = article.paragraphs.flat().at(1);
  const filler = madeSentence(chance, article.matter).slice(0, 9);
  return { ...article, paragraphs: [[...first!, chance.is(0.5) && second !== undefined ? second : filler]] };
}

/** The next edition of a recurring report: the same words, other figures; now and then another word. */
export function nextEdition(chance: Chance, article: MadeArticle): MadeArticle {
  const anew = chance.between(0.6, 1);
  const drift = chance.pick([0, 0, 0.03, 0.08, 0.16, 0.24]);
  return eachWord(article, (word) => {
    if (isNumber(word)) return chance.is(anew) ? madeNumber(chance) : word;
    return !isName(word) && chance.is(drift) ? synonymOf(word) : word;
  });
}

/** The same form filled in for somebody else: other names, other figures. */
export function sameForm(chance: Chance, article: MadeArticle): MadeArticle {
  const names = new Map<string, string>();
  const keep = chance.between(0, 0.8);
  const drift = chance.pick([0, 0.02, 0.06, 0.12, 0.2]);
  const anew = chance.between(0.5, 1);
  return eachWord(article, (word) => {
    if (isNumber(word)) return chance.is(anew) ? madeNumber(chance) : word;
    if (!isName(word)) return chance.is(drift) ? synonymOf(word) : word;
    if (!names.has(word)) names.set(word, chance.is(keep) ? word : otherName(chance));
    return names.get(word)!;
  });
}

/** Another report of the same matter: written anew, with a quotation or some of the background in the same words. */
export function followUp(chance: Chance, article: MadeArticle): MadeArticle {
  const matter = {
    ...article.matter,
    names: [...article.matter.names, ...Array.from({ length: 3 }, () => otherName(chance))],
  };
  const fresh = madeArticle(chance, matter);
  const share = chance.pick([0, 0, 0, 0.1, 0.2, 0.35]);
  const background = reworded(chance, article, chance.between(0, 0.25)).paragraphs.filter(() => chance.is(share));
  const quoted = chance.is(0.3) ? [[chance.pick(article.paragraphs.flat())]] : [];
  const title = chance.is(0.4) ? retitled(chance, article).title : fresh.title;
  return { matter, title, paragraphs: [...fresh.paragraphs, ...quoted, ...background] };
}
