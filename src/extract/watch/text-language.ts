/** A text with fewer words is too short to tell. */
const FEWEST_WORDS = 40;
/** So many are enough. */
const MOST_WORDS = 400;
/** In running text a quarter to half of the words are among the language's commonest; in lists and tables fewer. */
const LEAST_SHARE = 0.08;
/** The first language must be so much likelier than the second. */
const LEAST_LEAD = 1.3;

// The commonest words of a language, folded as they are compared. Neighbours that share most of them stand as one.
const COMMON: Readonly<Record<string, ReadonlySet<string>>> = {
  en: wordSet(
    'the of and to in a that is for it on was with as by at from be this are his her they have not which or had will but their were been has',
  ),
  de: wordSet(
    'der die das und in den von zu mit im ist dem auf fur ein eine nicht sich als auch es des an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem uber so zum war haben nur oder aber vor zur bis mehr durch',
  ),
  fr: wordSet(
    "le la les de des du et en un une a dans que qui pour sur est au par plus pas ce il avec se ne son sont aux elle mais cette ont ete ou leur nous c'est d'un d'une",
  ),
  es: wordSet(
    'el la los las de del y en que un una a por con para se no su al es lo como mas pero sus le ha o este si sobre entre cuando muy desde esta son fue',
  ),
  pt: wordSet(
    'o a os as de do da dos das e em que um uma para com no na nos nas por se nao mais como mas ao foi seu sua ele ou ser quando muito ja esta tambem pelo pela sao',
  ),
  it: wordSet(
    'il la lo i gli le di del della dei delle e in che un una per con non si da dal al alla nel nella sono piu come ma anche ha su o questo ed se cui stato essere tra',
  ),
  nl: wordSet(
    'de het een en van in is dat op te zijn met voor niet die aan er om ook als dan maar bij nog wordt door naar uit over hij ze heeft was worden',
  ),
  scandinavian: wordSet(
    'og i det er som en pa de av at for til den har med ikke et om var fra men och att ar inte ett han sig sa kan vi hun seg ved eller jag',
  ),
  pl: wordSet(
    'w i z na sie do nie to ze jest o jak za od po ale przez dla czy tym co ktory ktore przed tylko juz jego jej byc sa bylo oraz',
  ),
  tr: wordSet('ve bir bu da de icin ile cok daha olarak gibi ne olan sonra kadar ama o var en ki her degil oldu olan'),
  cs: wordSet('a se v na je to ze s z do o i ve ktery ktere pro jako za po by od jsou byl ale jeho podle k uz jen'),
  ro: wordSet('de si in a la cu pe nu o din ca un sa este pentru care mai se au fi sau dar prin al ale'),
  hu: wordSet('a az es hogy nem is egy ez meg volt de csak mar mint vagy szerint ha ki el'),
  fi: wordSet('ja on ei se etta oli han mutta ovat kun myos niin kuin tai joka sen ole hanen mukaan'),
  id: wordSet('yang dan di dari dengan untuk pada ini itu dalam tidak akan juga ke oleh ada telah bisa para'),
};

// Where the script says it. Cyrillic and Arabic letters serve many languages; whose pages change takes one at a time.
const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ja', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ['zh', /\p{sc=Han}/gu],
  ['ko', /\p{sc=Hangul}/gu],
  ['cyrillic', /\p{sc=Cyrillic}/gu],
  ['arabic', /\p{sc=Arabic}/gu],
  ['he', /\p{sc=Hebrew}/gu],
  ['el', /\p{sc=Greek}/gu],
  ['hi', /\p{sc=Devanagari}/gu],
  ['th', /\p{sc=Thai}/gu],
];

const ALL_COMMON: ReadonlySet<string> = new Set(Object.values(COMMON).flatMap((words) => [...words]));

/** Whether a word says nothing of what a text is about, in any of the languages that are known here. */
export function isCommonWord(folded: string): boolean {
  return ALL_COMMON.has(folded);
}

/**
 * The language that a text is written in, by its commonest words and its letters: a code or the name of a group. `und`
 * where it is like none of them, as scrambled letters are; null where the text is too short to tell.
 * @param allWords the text's words, folded (support/words.ts)
 */
export function textLanguage(text: string, allWords: readonly string[]): string | null {
  const words = allWords.slice(0, MOST_WORDS);
  const sample = text.slice(0, 5_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const byScript = SCRIPTS.find(([, pattern]) => (sample.match(pattern)?.length ?? 0) > letters * 0.3)?.[0];
  if (byScript !== undefined) return letters < FEWEST_WORDS * 2 ? null : byScript;
  if (words.length < FEWEST_WORDS) return null;
  const [first, second] = Object.entries(COMMON)
    .map(([language, common]) => ({ language, share: words.filter((word) => common.has(word)).length / words.length }))
    .toSorted((one, other) => other.share - one.share);
  if (first!.share < LEAST_SHARE) return 'und';
  return first!.share < second!.share * LEAST_LEAD ? null : first!.language;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
