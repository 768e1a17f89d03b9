/** Where and why a text is not JSON, for people: line and column counted from 1, and what would help. */
export type JsonFault = { readonly line: number; readonly column: number; readonly message: string };

/** Null when the text is JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const said = Error.isError(error) ? error.message : String(error);
    const at = /position (\d+)/.exec(said);
    const position = at === null ? text.length : Number(at[1]);
    const before = text.slice(0, position);
    const line = before.split('\n').length;
    return { line, column: position - before.lastIndexOf('\n'), message: reason(text, position) };
  }
}

function reason(text: string, position: number): string {
  if (text.trim() === '') return 'the file is empty';
  if (position >= text.length) return 'the file ends in the middle: a bracket or quotation mark is not closed';
  const character = text[position]!;
  const before = text.slice(0, position).trimEnd().at(-1);
  if (before === ',' && (character === ']' || character === '}')) return 'there is a comma before the closing bracket';
  if (character === '/' || character === '#') return 'JSON has no comments; use a "note"';
  if (character === "'") return 'texts stand in double quotation marks';
  if (character === '"') return 'a comma or colon is missing before this text';
  return `the character ${JSON.stringify(character)} cannot stand here`;
}
