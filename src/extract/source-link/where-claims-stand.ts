import { foldWhiteSpace } from '../../support/html.ts';
import { DENSE_SCRIPT } from '../page/prose.ts';
import type { PageLink, PageText } from './page-links.ts';
import { titlesOf } from './linked-title.ts';

/** Where in its article a claim stands: that tells its source from that of a table, of a passage, of another story. */
export type Surroundings = {
  /** In the midst of the article's prose, with much of it before and behind. */
  isMidway: (line: number) => boolean;
  /** Below a table, a chart, a list of figures, or in the caption of a picture. */
  isBelowExhibit: (link: PageLink) => boolean;
  /** Below a passage that is quoted, with the article going on behind it. */
  isBelowQuote: (link: PageLink) => boolean;
  /** Before all prose: of a credit, it is that of the picture at the top. */
  isBeforeProse: (line: number) => boolean;
  /** In a box of its own with another story's title in it. */
  isOfOtherStory: (link: PageLink) => boolean;
  /** Whether something is told between two links, so that each may belong to a story of its own. */
  tellsBetween: (first: PageLink, second: PageLink) => 'nothing' | 'text' | 'heading';
};

const LEAST_PROSE = 80;
const MUCH_PROSE = 200;
const SMALL_BOX = 600;
/** A story's own box is not far out. */
const MOST_BOXES_AROUND = 40;

export function surroundingsOf(text: PageText): Surroundings {
  const { lines, boxes, tables } = text;
  const factor = factorOf(lines);
  const weights = lines.map((line) => line.text.length * factor);
  const sums: number[] = [0];
  for (const weight of weights) sums.push(sums.at(-1)! + weight);
  const weighed = (from: number, to: number): number => sums[Math.min(to, lines.length)]! - sums[from]!;
  const prose: number[] = [0];
  for (const weight of weights) prose.push(prose.at(-1)! + (weight >= LEAST_PROSE ? weight : 0));
  const all = prose.at(-1)!;
  let mainTitle: number | null = null;

  const isMidway = (line: number): boolean => {
    const before = prose[line]!;
    const after = all - prose[line + 1]!;
    return before >= MUCH_PROSE && after >= MUCH_PROSE && after * 4 > all;
  };
  const isBelowExhibit = (link: PageLink): boolean => {
    const line = lines[link.line]!;
    if (line.table >= 0 && tables[line.table] === true) return true;
    if (line.behind === 'figures') return true;
    if (line.behind === 'picture') {
      const box = line.box < 0 ? null : boxes[line.box]!;
      const inCaption = box !== null && weighed(box.firstLine, box.endLine) < MUCH_PROSE;
      return inCaption || all - prose[link.line + 1]! > 0;
    }
    // A list of figures: short lines with numbers in them.
    let figures = 0;
    for (let at = link.line - 1; at >= 0 && at >= link.line - 6; at--) {
      if (lines[at]!.text.length > 60 || !/\d/.test(lines[at]!.text)) break;
      figures++;
    }
    return figures >= 3;
  };
  const isBelowQuote = ({ line }: PageLink): boolean => {
    const above = line > 0 ? lines[line - 1]! : null;
    if (above === null || prose[line - 1]! < MUCH_PROSE || all - prose[line + 1]! < LEAST_PROSE) return false;
    return above.quote >= 0 || /^["“„«»‚‘「『].*["”“»«’‘」』][.,]?$/u.test(above.text.trim());
  };
  const isBeforeProse = (line: number): boolean => prose[line]! < MUCH_PROSE && all - prose[line]! >= MUCH_PROSE;
  const isOfOtherStory = (link: PageLink): boolean => {
    mainTitle ??= mainTitleOf(text);
    for (let at = link.box, depth = 0; at >= 0 && depth < MOST_BOXES_AROUND; at = boxes[at]!.parent, depth++) {
      const { firstLine, endLine } = boxes[at]!;
      const end = Math.min(endLine, lines.length);
      if (mainTitle >= firstLine && mainTitle < end) return false;
      let title = -1;
      for (let line = firstLine; line < end && line < firstLine + 40; line++)
        if (lines[line]!.level > 0 && line !== link.line) {
          title = line;
          break;
        }
      if (title < 0) continue;
      const size = weighed(firstLine, end);
      if (size > SMALL_BOX || all - size < MUCH_PROSE) return false;
      const tells = lines
        .slice(title + 1, Math.min(end, link.line))
        .some(({ text: said }) => said.length * factor >= 10);
      return tells || lines[title]!.level < 7;
    }
    return false;
  };
  const tellsBetween = (first: PageLink, second: PageLink): 'nothing' | 'text' | 'heading' => {
    if (first.line === second.line) return second.since - first.to > 60 ? 'text' : 'nothing';
    let told = 0;
    for (let at = first.line + 1; at <= second.line; at++) {
      const line = lines[at]!;
      if (at < second.line && line.level > 0) return 'heading';
      told += at < second.line ? weights[at]! : factor * second.from;
    }
    return told >= 40 ? 'text' : 'nothing';
  };
  return { isMidway, isBelowExhibit, isBelowQuote, isBeforeProse, isOfOtherStory, tellsBetween };
}

function mainTitleOf(text: PageText): number {
  const titles = titlesOf(text, null);
  const found = text.lines.findIndex(({ level, text: said }) => level === 1 || titles.has(said));
  return Math.max(0, found);
}

/** By what a character counts: from the first lines that tell something. */
function factorOf(lines: PageText['lines']): number {
  const telling = lines.filter(({ text }) => text.length >= 25).slice(0, 12);
  return telling.filter(({ text }) => DENSE_SCRIPT.test(text)).length * 2 > telling.length ? 3 : 1;
}

/** The words of a line before a link in it, from the link before on if there is one; and behind it. */
export function beforeLink({ lines }: PageText, { line, from }: PageLink): string {
  return foldWhiteSpace(lines[line]!.text.slice(Math.max(0, from - 200), from));
}

export function sinceLastLink({ lines }: PageText, { line, from, since }: PageLink): string {
  return foldWhiteSpace(lines[line]!.text.slice(Math.max(since, from - 200), from));
}

export function afterLink({ lines }: PageText, { line, to }: PageLink): string {
  return foldWhiteSpace(lines[line]!.text.slice(to, to + 200));
}
