// Invented documents in order of time, with what each is a copy of: the copies, and what only looks like one.
import { openChance, type Chance } from './chance.ts';
import type { LabelledDocument } from './collect-pairs.ts';
import {
  brief,
  corrected,
  expanded,
  filled,
  followUp,
  madeArticle,
  nextEdition,
  retitled,
  reworded,
  sameForm,
  shortened,
  type MadeArticle,
} from './made-article.ts';
import { edited, writtenApart, writtenOn } from './made-story.ts';
import { madeMatter, madeSentence, PLACES, printed, type Sentence } from './made-language.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse('2026-01-05T00:00:00Z');

/** Who prints: each outlet has its own way to begin and to end an article. */
export type Outlet = {
  readonly id: string;
  readonly name: string;
  readonly dateline: 'none' | 'place' | 'place and day';
  readonly tail: string;
  readonly namesItself: boolean;
  readonly short: boolean;
};
type Draft = Omit<LabelledDocument, 'id'>;
type Printing = { readonly chance: Chance; readonly outlet: Outlet; readonly atMs: number; readonly cluster: string };

export function madeOutlets(chance: Chance, count: number): Outlet[] {
  return Array.from({ length: count }, (_, at) => {
    const matter = madeMatter(chance, 0);
    const tail = Array.from({ length: chance.pick([0, 0, 1, 2, 3]) }, () => printed(madeSentence(chance, matter))).join(
      ' ',
    );
    return {
      id: `outlet-${at}`,
      name: `${chance.pick(PLACES)} ${chance.pick(['Herald', 'Post', 'Courier', 'Star'])}`,
      dateline: chance.pick(['none', 'place', 'place and day'] as const),
      tail,
      namesItself: chance.is(0.2),
      short: chance.is(0.2),
    };
  });
}

/** Documents for some weeks of `outlets`: `articles` originals with what came of them, in order of time. */
export function madeStream(
  seed: number,
  { articles, outlets: count }: { readonly articles: number; readonly outlets: number },
): LabelledDocument[] {
  const chance = openChance(seed);
  const outlets = madeOutlets(chance, count);
  const drafts: Draft[] = [];
  const recent: MadeArticle[] = [];
  for (let number = 0; number < articles; number++) {
    const atMs = START_MS + (number / articles) * 42 * DAY_MS + chance.between(0, 6 * HOUR_MS);
    const article = madeArticle(chance);
    const printing = { chance, outlet: chance.pick(outlets), atMs, cluster: `a${number}` };
    // Now and then the short version comes first.
    const short = chance.is(0.05) ? (text: string) => firstWords(text, 50) : undefined;
    drafts.push(
      printedBy(printing, article, short),
      ...copiesOf(printing, article, outlets),
      ...lookalikesOf(printing, article, outlets),
    );
    if (recent.length > 8 && number % 12 === 0) drafts.push(...gatherings(printing, article, recent));
    recent.push(article);
    if (recent.length > 30) recent.shift();
  }
  drafts.push(...columns(chance, outlets));
  return drafts.toSorted((a, b) => a.atMs - b.atMs).map((draft, at) => ({ ...draft, id: `m${at}` }));
}

/** The article as an outlet prints it. */
function printedBy(
  { chance, outlet, atMs, cluster }: Printing,
  article: MadeArticle,
  cut?: (text: string) => string,
): Draft {
  const day = new Date(atMs).toLocaleDateString('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const place = chance.pick(PLACES);
  const begin = {
    none: '',
    place: `${place} (Agency) — `,
    'place and day': `${place.toUpperCase()}, ${day} (Wire) - `,
  }[outlet.dateline];
  const body = article.paragraphs.map((sentences) => sentences.map(printed).join(' ')).join('\n\n');
  const text = `${begin}${cut === undefined ? body : cut(body)} ${outlet.tail}`;
  return { sourceId: outlet.id, atMs, cluster, title: titleOf(outlet, article.title), text: text.trim() };
}

function titleOf(outlet: Outlet, title: Sentence): string {
  const written = printed(title).slice(0, -1);
  return outlet.namesItself ? `${written} - ${outlet.name}` : written;
}

const firstWords = (text: string, count: number): string =>
  `${text.split(/\s+/).slice(0, count).join(' ')} […] Read more →`;

function middleWords(chance: Chance, text: string): string {
  const words = text.split(/\s+/);
  const length = Math.min(words.length, chance.whole(28, 48));
  const start = chance.whole(0, words.length - length);
  return `… ${words.slice(start, start + length).join(' ')} …`;
}

/** Copies at other outlets, within hours mostly, some after days. */
function copiesOf(first: Printing, article: MadeArticle, outlets: readonly Outlet[]): Draft[] {
  const { chance } = first;
  const count = chance.pick([0, 0, 0, 1, 1, 2, 3, 4]);
  return Array.from({ length: count }, () => {
    const late = chance.is(0.3) ? chance.between(0, 8 * DAY_MS) : chance.between(0, 30 * HOUR_MS);
    const outlet = chance.is(0.15) ? first.outlet : chance.pick(outlets);
    const printing = { ...first, outlet, atMs: first.atMs + 0.2 * HOUR_MS + late };
    if (outlet === first.outlet) return updated(printing, article);
    return copy(printing, chance.is(0.55) ? retitled(chance, article) : article);
  });
}

type CopyKind = {
  readonly share: number;
  readonly make?: (chance: Chance, article: MadeArticle) => MadeArticle;
  /** What becomes of the printed text. */
  readonly cut?: (chance: Chance, text: string) => string;
};

const COPY_KINDS: readonly CopyKind[] = [
  { share: 14 },
  { share: 9, make: shortened },
  { share: 10, cut: (chance, text) => firstWords(text, chance.whole(35, 65)) },
  { share: 8, make: (chance, article) => reworded(chance, article, chance.between(0.02, 0.1)) },
  { share: 7, make: (chance, article) => filled(chance, reworded(chance, article, chance.between(0.06, 0.16)), 0.05) },
  { share: 9, make: (chance, article) => filled(chance, reworded(chance, article, chance.between(0.14, 0.3)), 0.12) },
  {
    share: 9,
    make: (chance, article) =>
      shortened(chance, filled(chance, reworded(chance, article, chance.between(0.02, 0.2)), 0.06)),
  },
  { share: 7, make: brief },
  { share: 4, cut: middleWords },
  { share: 4, cut: () => '(Reporting by the staff; editing by the desk)' },
  { share: 3, make: expanded },
  { share: 3, make: edited },
  { share: 5, make: corrected },
  { share: 3, cut: (_, text) => text.replace(/([aeo])n\b/g, '$1nâ€™s') },
];
const COPIES = COPY_KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));

function copy(printing: Printing, article: MadeArticle): Draft {
  const { chance, outlet } = printing;
  const { make, cut } = chance.pick(COPIES);
  const made = make === undefined ? article : make(chance, article);
  const short =
    outlet.short && cut === undefined ? (text: string) => firstWords(text, chance.whole(35, 65)) : undefined;
  return printedBy(printing, made, cut === undefined ? short : (text) => cut(chance, text));
}

/** A later state of the article in its own outlet, and said to be one. */
function updated(printing: Printing, article: MadeArticle): Draft {
  const { chance } = printing;
  const changed = chance.is(0.5) ? corrected(chance, article) : reworded(chance, article, chance.between(0, 0.04));
  const more = chance.is(0.4) ? [[madeSentence(chance, article.matter)]] : [];
  const title = chance.is(0.6) ? ['ta', 'vi', ...changed.title] : changed.title;
  return printedBy(printing, { ...changed, title, paragraphs: [...changed.paragraphs, ...more] });
}

/** What looks like a copy and is none: later editions, the same form, another report of the same matter. */
function lookalikesOf(first: Printing, article: MadeArticle, outlets: readonly Outlet[]): Draft[] {
  const { chance } = first;
  const kind = chance.next();
  const other = (name: string, days: number): Printing => ({
    ...first,
    outlet: chance.is(0.4) ? first.outlet : chance.pick(outlets),
    atMs: first.atMs + days * DAY_MS,
    cluster: `${first.cluster}-${name}`,
  });
  if (kind < 0.1 && hasFigures(article)) {
    const day = chance.pick([1, 1, 7, 7, 7]);
    const editions = chance.pick([1, 1, 2, 4]);
    return Array.from({ length: editions }, (_, at) => {
      const edition = nextEdition(chance, article);
      const title = chance.is(0.7) ? edition.title : retitled(chance, edition).title;
      return printedBy(other(`edition-${at}`, (at + 1) * day + chance.between(-0.1, 0.1)), { ...edition, title });
    });
  }
  if (kind < 0.16) return [printedBy(other('form', chance.between(0, 9)), sameForm(chance, article))];
  if (kind < 0.27) {
    const follow = chance.pick([followUp, writtenApart, writtenOn]);
    return [printedBy(other('follow', chance.between(0, 2.5)), follow(chance, article))];
  }
  return [];
}

function hasFigures(article: MadeArticle): boolean {
  return article.paragraphs.flat(2).filter((word) => /^\d/.test(word)).length >= 3;
}

/** A digest of others' beginnings, an article with a list of others, an article that quotes one. */
function gatherings(printing: Printing, article: MadeArticle, recent: readonly MadeArticle[]): Draft[] {
  const { chance } = printing;
  const some = chance.shuffled(recent).slice(0, chance.whole(4, 7));
  const leads = some.map((one) => one.paragraphs[0]!.slice(0, 1));
  const at = (name: string): Printing => ({
    ...printing,
    atMs: printing.atMs + 2 * HOUR_MS,
    cluster: `${printing.cluster}-${name}`,
  });
  const own = (): MadeArticle => madeArticle(chance);
  const [list, quoting] = [own(), own()];
  return [
    printedBy(at('digest'), { ...article, title: ['ta', 'day', 'in', 'brief'], paragraphs: leads }),
    printedBy(at('list'), { ...list, paragraphs: [...list.paragraphs, ...leads.slice(0, 3)] }),
    printedBy(at('quote'), {
      ...quoting,
      paragraphs: [quoting.paragraphs[0]!, chance.pick(some).paragraphs[0]!, ...quoting.paragraphs.slice(1)],
    }),
  ];
}

/** Daily columns with one title: a forecast with other figures, and now and then no text at all. */
function columns(chance: Chance, outlets: readonly Outlet[]): Draft[] {
  return outlets.slice(0, 3).flatMap((outlet, number) => {
    const matter = madeMatter(chance, 0.18);
    const form = madeArticle(chance, matter);
    const short = { ...form, paragraphs: form.paragraphs.slice(0, 1) };
    return Array.from({ length: 42 }, (_, day) => {
      const printing = { chance, outlet, atMs: START_MS + (day + 0.3) * DAY_MS, cluster: `column-${number}-${day}` };
      const edition = nextEdition(chance, short);
      return printedBy(printing, { ...edition, title: form.title }, number === 2 ? () => '' : undefined);
    });
  });
}
