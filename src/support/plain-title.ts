import { foldWhiteSpace, withoutForbiddenCharacters } from './html.ts';

const MOST_CHARACTERS = 500;
/** More marks than this on one letter are a flood: no script stacks so many. */
const MOST_MARKS = 4;

/** Characters that change the direction or the reading of what follows, and those that nobody can see. */
const INVISIBLE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * A title, name or label as one line of plain text: no characters that XML forbids, no controls, no bidi overrides, no
 * invisible characters, no flood of combining marks, not endless. May be empty.
 */
export function plainTitle(text: string): string {
  const line = foldWhiteSpace(
    withoutForbiddenCharacters(text.slice(0, MOST_CHARACTERS * 20))
      .replace(INVISIBLE, '')
      .replace(/\p{Cc}/gu, ' ')
      .normalize('NFC'),
  );
  const calm = withoutMarkFloods(line);
  if (calm.length <= MOST_CHARACTERS) return calm;
  const cut = calm.lastIndexOf(' ', MOST_CHARACTERS);
  return `${withoutForbiddenCharacters(calm.slice(0, cut > MOST_CHARACTERS / 2 ? cut : MOST_CHARACTERS))}…`;
}

function withoutMarkFloods(text: string): string {
  if (!/\p{M}{5}/u.test(text)) return text;
  let marks = 0;
  let out = '';
  for (const character of text) {
    marks = /\p{M}/u.test(character) ? marks + 1 : 0;
    if (marks <= MOST_MARKS) out += character;
  }
  return out;
}
