/** Two texts where they begin to differ: `"…ridge opens" instead of "…ridge opened"`. */
export function excerptOf(read: string, meant: string): string {
  let same = 0;
  while (same < read.length && read[same] === meant[same]) same++;
  const from = Math.max(0, same - 16);
  const cut = (text: string): string => `"${from > 0 ? '…' : ''}${text.slice(from, same + 44)}"`;
  return `${cut(read)} instead of ${cut(meant)}`;
}
