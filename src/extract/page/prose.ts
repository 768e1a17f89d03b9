// What tells the running text of an article from the lines around it, by the text alone.

/** Scripts whose characters say as much as two or three Latin ones: Chinese, Japanese, Korean. */
export const DENSE_SCRIPT = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
export const ENDS_A_SENTENCE = /[.!?…。！？:;"”’»)\]]$|[.!?…。！？]["”’»)\]\s]*(?:\[?\d{1,3}\]?)?$/;

/** Of a text's beginning alone it is told whether its script is a dense one. */
const BEGINNING = 60;
/** The first sign that DENSE_SCRIPT knows. */
const FIRST_DENSE = 0x3040;

/** Characters of a text, a dense script's counted for more. */
export function lengthOf(text: string): number {
  return isDense(text) ? text.length * 2.5 : text.length;
}

/** By hand: it is asked of every block of every page. */
function isDense(text: string): boolean {
  const end = Math.min(text.length, BEGINNING);
  for (let at = 0; at < end; at++)
    if (text.charCodeAt(at) >= FIRST_DENSE) return DENSE_SCRIPT.test(text.slice(at, BEGINNING));
  return false;
}

/** Whether a text reads like a sentence: of how many characters it is, as `lengthOf` counts, and how many are links. */
export function readsAsProse(text: string, linkChars: number, length: number): boolean {
  if (linkChars > text.length * 0.5) return false;
  return length >= 100 || (length >= 30 && ENDS_A_SENTENCE.test(text) && /\s/.test(text));
}
