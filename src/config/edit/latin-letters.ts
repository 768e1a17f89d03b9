/**
 * Letters as people who write in them put them into addresses: near to ISO 9 and ELOT 743, without their signs. One letter
 * is read in one way, whatever the language: a name to type is wanted, not a true sound.
 */
const LETTERS: ReadonlyMap<string, string> = new Map(
  [
    'а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh',
    'щ=shch ы=y ь= э=e ю=yu я=ya ґ=g є=ye і=i ї=yi ў=u ђ=dj ѓ=gj ѕ=dz ј=j љ=lj њ=nj ћ=c ќ=kj џ=dz',
    'ә=a ғ=g қ=k ң=n ө=o ұ=u ү=u һ=h',
    'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o',
    'ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ħ=h ı=i ŋ=n ə=e',
  ]
    .flatMap((line) => line.split(' '))
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
);

/** A text in small letters, with Cyrillic and Greek ones in Latin, and without accents; all others as they are. */
export function latinLetters(text: string): string {
  const small = text.normalize('NFKC').toLowerCase();
  const withoutAccents = inLatin(small)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  // What had an accent: ά is in the table as α.
  return inLatin(withoutAccents);
}

function inLatin(text: string): string {
  return (
    text
      // A vowel in Bulgarian, and a sign before one in Russian.
      .replace(/ъ(?=[еёюя])/g, '')
      .replaceAll('ъ', 'a')
      .replace(/ο[υύ]/g, 'ou')
      .replace(/\p{L}/gu, (letter) => LETTERS.get(letter) ?? letter)
  );
}
