/** A text as one word of a command line, for any POSIX shell. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{M}\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
