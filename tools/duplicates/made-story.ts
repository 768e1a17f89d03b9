// A running story as outlets write it on: new facts before what was known, and the background in the same words.
import type { Chance } from './chance.ts';
import { madeArticle, retitled, reworded, titleOf, type MadeArticle } from './made-article.ts';
import { madeNumber, madeSentence, otherName, type Matter, type Sentence } from './made-language.ts';

type Paragraph = readonly Sentence[];

/** What the next report knows: the names and figures of the matter and some more. */
function goneOn(chance: Chance, matter: Matter): Matter {
  return {
    ...matter,
    names: [...matter.names, ...Array.from({ length: chance.whole(1, 4) }, () => otherName(chance))],
    numbers: [...matter.numbers, ...Array.from({ length: chance.whole(0, 4) }, () => madeNumber(chance))],
  };
}

function newParagraph(chance: Chance, matter: Matter): Paragraph {
  return Array.from({ length: chance.whole(1, 3) }, () => madeSentence(chance, matter));
}

/** A beginning of its own: other words, or the known ones turned to what is new. */
function newLead(chance: Chance, article: MadeArticle, matter: Matter): Paragraph {
  const known = article.paragraphs[0]?.[0] ?? [];
  const fresh = madeSentence(chance, matter);
  const kind = chance.next();
  if (kind < 0.3) return [fresh];
  const keep = Math.floor(known.length * chance.between(0.2, 0.7));
  const mixedIn =
    kind < 0.65 ? [...known.slice(0, keep), ...fresh.slice(0, 10)] : [...fresh.slice(0, 10), ...known.slice(-keep)];
  return chance.is(0.5) ? [mixedIn] : [mixedIn, madeSentence(chance, matter)];
}

/** A headline for what is new: now and then it keeps some words of the old one. */
function newTitle(chance: Chance, article: MadeArticle, told: Pick<MadeArticle, 'matter' | 'paragraphs'>): Sentence {
  if (chance.is(0.55)) return titleOf(chance, told);
  const [kept, fresh] = [article.title.filter(() => chance.is(0.5)), titleOf(chance, told)];
  return chance.shuffled([...kept, ...fresh.slice(0, Math.max(2, 7 - kept.length))]);
}

/** The next report of a running story: another beginning and new facts; the rest stands in the same words. Not the same article. */
export function writtenOn(chance: Chance, article: MadeArticle): MadeArticle {
  const matter = goneOn(chance, article.matter);
  const lead = newLead(chance, article, matter);
  const background = reworded(chance, article, chance.pick([0, 0.03, 0.08, 0.15, 0.22])).paragraphs;
  const share = chance.is(0.7) ? chance.between(0.1, 0.6) : chance.between(0.5, 0.95);
  const first = chance.is(0.35) ? 0 : 1;
  const kept = background.filter((_, at) => at >= first && chance.is(share));
  const size = Math.max(1, kept.length);
  const fresh = Array.from({ length: chance.whole(1, Math.max(1, Math.round(size * chance.between(0.3, 1.4)))) }, () =>
    newParagraph(chance, matter),
  );
  const at = chance.is(0.6) ? 0 : chance.whole(0, kept.length);
  const body = [...kept.slice(0, at), ...fresh, ...kept.slice(at)];
  const told = { matter, paragraphs: [lead, ...body] };
  return { ...told, title: newTitle(chance, article, told) };
}

/** Two outlets at one event: each in its own words, with the same statement, figures and some of the same sentences. */
export function writtenApart(chance: Chance, article: MadeArticle): MadeArticle {
  const matter = goneOn(chance, article.matter);
  const share = chance.between(0.1, 0.55);
  const own = madeArticle(chance, matter).paragraphs.slice(0, Math.max(1, article.paragraphs.length));
  const taken = reworded(chance, article, chance.between(0, 0.2))
    .paragraphs.flat()
    .filter(() => chance.is(share))
    .map((sentence) => [sentence]);
  const [lead, ...rest] = own;
  const told = { matter, paragraphs: [lead!, ...chance.shuffled([...rest, ...taken])] };
  return { ...told, title: newTitle(chance, article, told) };
}

/** The same article at another outlet: a dateline's worth before it, sentences left out, order and words kept mostly. */
export function abridged(chance: Chance, article: MadeArticle): MadeArticle {
  const keep = chance.between(0.35, 0.85);
  const paragraphs = article.paragraphs
    .map((sentences, at) => sentences.filter((_, place) => (at === 0 && place === 0) || chance.is(keep)))
    .filter((sentences) => sentences.length > 0);
  const lighter = reworded(chance, { ...article, paragraphs }, chance.pick([0, 0.02, 0.05, 0.1]));
  return chance.is(0.6) ? retitled(chance, lighter) : lighter;
}

/** A second outlet's version of one agency text: a beginning of its own, or a line before it, and the rest as it came, mostly. */
export function edited(chance: Chance, article: MadeArticle): MadeArticle {
  const matter = chance.is(0.6) ? article.matter : goneOn(chance, article.matter);
  const known = reworded(chance, article, chance.pick([0, 0.02, 0.05, 0.1])).paragraphs.map((sentences) =>
    sentences.filter((_, place) => place === 0 || !chance.is(0.12)),
  );
  const more = Array.from({ length: chance.whole(0, Math.ceil(known.length / 3)) }, () => newParagraph(chance, matter));
  const kind = chance.next();
  const line = (): Paragraph => [[madeNumber(chance), ...madeSentence(chance, matter).slice(0, chance.whole(4, 20))]];
  const before = kind < 0.35 ? [line()] : kind < 0.6 ? [newLead(chance, article, matter)] : [];
  const first = kind >= 0.35 && kind < 0.5 && known.length > 2 ? 1 : 0;
  const body = chance.is(0.25) ? known.slice(first, Math.ceil(known.length * 0.7)) : known.slice(first);
  const at = chance.whole(0, body.length);
  const paragraphs = [...before, ...body.slice(0, at), ...more, ...body.slice(at)];
  const title = chance.is(0.7) ? retitled(chance, { ...article, paragraphs }).title : article.title;
  return { matter, title, paragraphs };
}
