// What tells the running text of an article from the lines around it, by the text alone.

/** Scripts whose characters say as much as two or three Latin ones: Chinese, Japanese, Korean. */
export const DENSE_SCRIPT = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
export const ENDS_A_SENTENCE = /[.!?…。！？:;"”’»)\]]$|[.!?…。！？]["”’»)\]\s]*(?:\[?\d{1,3}\]?)?$/;

/** Characters of a text, a dense script's counted for more. */
export function lengthOf(text: string): number {
  return DENSE_SCRIPT.test(text.slice(0, 60)) ? text.length * 2.5 : text.length;
}

/** Whether a text of which so many characters are links reads like a sentence of an article. */
export function readsAsProse(text: string, linkChars: number): boolean {
  if (linkChars > text.length * 0.5) return false;
  const length = lengthOf(text);
  return length >= 100 || (length >= 30 && ENDS_A_SENTENCE.test(text) && /\s/.test(text));
}
