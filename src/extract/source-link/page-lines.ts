import { isTag, type Element } from 'domhandler';
import { foldWhiteSpace } from '../../support/html.ts';

/** What stands before a line without being text: a table of figures, a picture or a film, or nothing. */
export type Exhibit = 'figures' | 'picture' | null;

export type PageLine = {
  /** Runs of white space are one space each; the ends are not trimmed. */
  text: string;
  /** Of a heading its level; 7: wholly in bold; 0: neither. */
  level: number;
  behind: Exhibit;
  /** The innermost box, table and quotation that hold it; -1: none. */
  box: number;
  table: number;
  quote: number;
};

/** An element that groups lines: a column, a card, an item of a list. The end is exclusive. */
export type LineBox = { readonly parent: number; readonly firstLine: number; endLine: number };
export type Quote = { readonly node: Element; readonly firstLine: number; endLine: number };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const BREAKS_LINE = words(
  'address article aside blockquote body br center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul',
);
const BOXES = words('article aside blockquote dd div footer li main section td');
const LONGEST_LINE = 100_000;
const UNEVEN_SPACE = /[^\S ]| {2}/;
const A_FIGURE = /^[^\p{L}]{0,3}\d[\d.,%\s]{0,14}\p{L}{0,4}[^\p{L}]{0,3}$/u;

type OpenTable = { readonly index: number; cells: number; figures: number; heads: number };

/** Writes the text of a tree down, line by line, as its elements are entered and left. */
export class LineWriter {
  readonly lines: PageLine[] = [blankLine()];
  readonly boxes: LineBox[] = [];
  readonly quotes: Quote[] = [];
  /** Whether each table holds figures. */
  readonly tables: boolean[] = [];
  readonly #openBoxes: number[] = [];
  readonly #openQuotes: number[] = [];
  readonly #openTables: OpenTable[] = [];
  #level = 0;
  #boldDepth = 0;
  #boldCharacters = 0;
  #cellText = '';

  get box(): number {
    return this.#openBoxes.at(-1) ?? -1;
  }

  get quote(): number {
    return this.#openQuotes.at(-1) ?? -1;
  }

  get line(): PageLine {
    return this.lines.at(-1)!;
  }

  enter(node: Element): void {
    const { name } = node;
    if (name === 'b' || name === 'strong') this.#boldDepth++;
    if (!BREAKS_LINE.has(name)) return;
    this.#breakLine();
    const firstLine = this.lines.length - 1;
    if (BOXES.has(name)) this.#openBoxes.push(this.boxes.push({ parent: this.box, firstLine, endLine: Infinity }) - 1);
    if (name === 'blockquote') this.#openQuotes.push(this.quotes.push({ node, firstLine, endLine: Infinity }) - 1);
    if (name === 'table') this.#openTables.push({ index: this.tables.push(false) - 1, cells: 0, figures: 0, heads: 0 });
    if (name === 'td' || name === 'th') this.#cellText = '';
    if (isHeading(name)) this.#level = Number(name[1]);
  }

  leave(node: Element): void {
    const { name } = node;
    if (name === 'b' || name === 'strong') this.#boldDepth--;
    if (!BREAKS_LINE.has(name)) return;
    this.#breakLine();
    const endLine = this.lines.length - 1;
    if (isHeading(name)) this.#level = 0;
    if (BOXES.has(name)) this.boxes[this.#openBoxes.pop()!]!.endLine = endLine;
    if (name === 'blockquote') this.quotes[this.#openQuotes.pop()!]!.endLine = endLine;
    if (name === 'td' || name === 'th') this.#countCell(node);
    if (name === 'table') this.#closeTable();
  }

  text(data: string): void {
    const { line } = this;
    if (line.text.length > LONGEST_LINE) return;
    const text = /\S/.test(data)
      ? UNEVEN_SPACE.test(data)
        ? data.replace(/\s+/g, ' ')
        : data
      : data === ''
        ? ''
        : ' ';
    if (text === '' || (text === ' ' && line.text === '')) return;
    if (line.text === '') {
      line.level = this.#level;
      line.box = this.box;
      line.quote = this.quote;
      line.table = this.#openTables.at(-1)?.index ?? -1;
    }
    if (this.#openTables.length > 0 && this.#cellText.length < 60) this.#cellText += text;
    if (this.#boldDepth > 0) this.#boldCharacters += text.length;
    line.text += text;
  }

  /** A picture, a film, a table of figures stands here. */
  exhibit(kind: 'figures' | 'picture'): void {
    this.#breakLine();
    if (this.line.behind !== 'figures') this.line.behind = kind;
  }

  #breakLine(): void {
    const { line } = this;
    if (line.text === '') return;
    if (line.level === 0 && this.#boldCharacters > 0 && this.#boldCharacters * 1.1 >= line.text.length) line.level = 7;
    this.#boldCharacters = 0;
    this.lines.push(blankLine());
  }

  #countCell(cell: Element): void {
    const table = this.#openTables.at(-1);
    if (table === undefined) return;
    table.cells++;
    if (A_FIGURE.test(foldWhiteSpace(this.#cellText))) table.figures++;
    // A row of heads heads columns; a single one names what stands beside it.
    if (cell.name === 'th' && this.lines.length > 1 && isBehindHead(cell)) table.heads++;
  }

  #closeTable(): void {
    const { index, cells, figures, heads } = this.#openTables.pop()!;
    this.tables[index] = heads > 0 || (cells >= 4 && figures * 3 >= cells);
    if (this.tables[index]) this.exhibit('figures');
  }
}

function blankLine(): PageLine {
  return { text: '', level: 0, behind: null, box: -1, table: -1, quote: -1 };
}

function isHeading(name: string): boolean {
  return name.length === 2 && name[0] === 'h' && name[1]! >= '1' && name[1]! <= '6';
}

function isBehindHead(cell: Element): boolean {
  let before = cell.prev;
  while (before !== null && !isTag(before)) before = before.prev;
  return before !== null && before.name === 'th';
}
