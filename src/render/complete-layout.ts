/**
 * Lines put into a layout before the line of a tag: beside an opening tag, inside what a closing tag ends. A layout that
 * has no such line stays as it is: the gate will say what is missing.
 */
export function insertBefore(layout: string, tag: string, lines: string): string {
  const [line, indent] = new RegExp(`^( *)${tag}$`, 'm').exec(layout) ?? [];
  if (line === undefined || indent === undefined) return layout;
  const further = tag.startsWith('</') ? `${indent}    ` : indent;
  const indented = lines.split('\n').filter((text) => text !== '');
  return layout.replace(line, `${indented.map((text) => `${further}${text}\n`).join('')}${line}`);
}
