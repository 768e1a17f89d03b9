import type { Node, Piece } from './fill-template.ts';
import { groupOf, marksIn, splitAtMarks } from './marks.ts';

// Reads a laid-out specimen: XML of our own, one tag or leaf a line. Lines of another shape stay as they are, but for
// their marks.

type Line = {
  readonly text: string;
  readonly within: readonly Line[] | null;
  /** All that are in it, and those that are its own: of its attributes, its text and the texts of its leaves. */
  readonly marks: readonly string[];
  readonly own: readonly string[];
};

/** The template of a specimen. CDATA is undone: what fills the marks is escaped instead. */
export function readTemplate(specimen: string): readonly Node[] {
  const plain = specimen.replace(/<!\[CDATA\[(.*?)\]\]>/g, '$1');
  return nodesOf(nest(plain.trimEnd().split('\n')), '');
}

const OPEN = /^ *<[\w:-]+(?: [^<>]*[^<>/])?>$/;
const CLOSE = /^ *<\/[\w:-]+>$/;
const LEAF_TEXT = />([^<>]*)<\//;

/** Lines within lines. A tag that opens what is never closed is a line like any other. */
function nest(lines: readonly string[]): readonly Line[] {
  const open: { readonly text: string; readonly within: Line[] }[] = [{ text: '', within: [] }];
  const close = (): void => {
    const { text, within } = open.pop()!;
    const marks = [...marksIn(text), ...within.flatMap((line) => line.marks)];
    const own = [...marksIn(text), ...within.flatMap((line) => marksIn(LEAF_TEXT.exec(line.text)?.[1] ?? ''))];
    open.at(-1)!.within.push({ text, within, marks, own });
  };
  for (const text of lines) {
    if (OPEN.test(text)) open.push({ text, within: [] });
    else if (CLOSE.test(text) && open.length > 1) close();
    else open.at(-1)!.within.push({ text, within: null, marks: marksIn(text), own: marksIn(text) });
  }
  while (open.length > 1) close();
  return open[0]!.within;
}

const ELEMENT = /^( *)<([\w:-]+)((?: [\w:]+="[^"<>]*")*)(?:\/?>|>([^<>]*)<\/\2>)$/;

function nodesOf(lines: readonly Line[], scope: string): readonly Node[] {
  return lines.map(({ text, within, marks, own }): Node => {
    const [, indent, element, attributes = '', content] = ELEMENT.exec(text) ?? [];
    if (indent === undefined || element === undefined)
      return marks.length === 0 ? { line: `${text}\n` } : { lineOf: piecesOf(text, scope) };
    // What only holds elements of a group, like the body of an OPML list, is no part of it.
    const repeatedFor = own.length === 0 ? null : groupOf(marks, scope);
    const inside = repeatedFor === null ? scope : `${scope}${repeatedFor}.`;
    const [, fixed, filled] = FIXED_ATTRIBUTES.exec(attributes)!;
    return {
      indent,
      start: `${indent}<${element}${fixed}`,
      attributes: [...filled!.matchAll(/( [\w:]+=")([^"]*)"/g)].map(([, start, value]) => ({
        start: start!,
        pieces: piecesOf(value!, inside),
      })),
      pieces: content === undefined ? null : piecesOf(content, inside),
      within: within === null ? null : nodesOf(within, inside),
      end: `</${element}>\n`,
      isItsAttributes: fixed === '' && filled !== '',
      repeatedFor,
    };
  });
}

/** Attributes without marks, then the others from the first with a mark on. */
const FIXED_ATTRIBUTES = /^((?: [\w:]+="(?![^"]*mark:)[^"]+")*)(.*)$/;

function piecesOf(text: string, scope: string): readonly Piece[] {
  const pieces = splitAtMarks(text).map((part, index) => (index % 2 === 0 ? part : { name: part.slice(scope.length) }));
  return pieces.filter((piece) => piece !== '');
}
