/** How a JSON text is laid out: what is added to it looks as if its owner had written it. */
export type TextStyle = {
  readonly lineEnd: '\n' | '\r\n';
  /** One step of indentation. */
  readonly indent: string;
};

/** Goes by the first line that is indented at all; without one it is two spaces. */
export function textStyleOf(text: string): TextStyle {
  const lineEnd = /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
  const indent = /\n(?<indent>[ \t]+)[^ \t\r\n]/.exec(text)?.groups?.['indent'] ?? '  ';
  return { lineEnd, indent };
}

/** The white space that the line begins with in which an offset lies. */
export function indentAt(text: string, offset: number): string {
  const lineAt = text.lastIndexOf('\n', offset - 1) + 1;
  let end = lineAt;
  while (end < offset && (text[end] === ' ' || text[end] === '\t')) end++;
  return text.slice(lineAt, end);
}
