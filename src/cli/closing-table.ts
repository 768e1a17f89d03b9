import { ERRORS, type ErrorKind } from '../model/errors.ts';
import { isOfSelector, SELECTOR_FINDS_NOTHING, type Drift } from '../model/source-watch.ts';
import type { NotYetDue } from '../pipeline/refresh-due.ts';
import type { ImagesReport } from '../pipeline/images/open-image-copier.ts';
import type { CycleReport } from '../pipeline/run-cycle.ts';
import type { RefreshReport } from '../pipeline/refresh-report.ts';
import { oneLine, table } from './terminal.ts';

/** What readers have in the place of what the gate refuses: docs/notes/retraction.md. */
const UNTIL_MENDED =
  'A feed goes on without an entry that is refused. Any other file stays as it last was good; where none was, or anything was taken back since, there is none (503) until it is mended.';
/** Told where copies of pictures have reached their bound. */
export const NO_ROOM =
  'no more pictures are copied: the copies weigh as much as they may (TRIBUTARY_IMAGES_MEGABYTES); new ones are shown from where they are';
const NONE_LATER: NotYetDue = { count: 0, nextAt: null };

/** One line a source, as it is done. */
export function sourceLine(report: RefreshReport): string {
  const { title, outcome, reason, added, changed, entries, unreadable } = report;
  const name = oneLine(title, 40);
  const pages = pageWords(report);
  if (outcome === 'failed') return `✗ ${name}: ${reason}`;
  if (outcome === 'waiting') return `· ${name}: ${reason}`;
  if (outcome === 'unchanged') return `· ${name}: unchanged${pages}`;
  const odd = unreadable.length === 0 ? '' : `, ${unreadable.length} unreadable`;
  return `✓ ${name}: ${entries} entries, ${added} new, ${changed} changed${odd}${pages}`;
}

function pageWords({ pagesNotHad, pagesHadAtLast, drift, driftEnded }: RefreshReport): string {
  const missed = Object.values(pagesNotHad).reduce((total, count) => total + count, 0);
  const had = pagesHadAtLast === 0 ? '' : `, ${pagesHadAtLast} pages had at last`;
  const shape = drift !== null ? `, its ${whatIsWrong(drift)}` : driftEnded ? ', its pages look right again' : '';
  return `${missed === 0 ? '' : `, ${missed} pages not had`}${had}${shape}`;
}

/** What an operator is told of a source whose pages are not believed. */
export function driftLine(drift: Drift): string {
  const { since, reason } = drift;
  if (isOfSelector(drift)) {
    const more = oneLine(reason.slice(SELECTOR_FINDS_NOTHING.length).replace(/^; /, ''), 200);
    return `its ${whatIsWrong(drift)}; correct \`select\`, or remove it (since ${since} the feed’s text is used${more === '' ? '' : `; also: ${more}`})`;
  }
  return `its pages have changed their shape (since ${since}: ${oneLine(reason, 200)}); the feed’s text is used until they look right again or \`select\` is set`;
}

function whatIsWrong(drift: Drift): string {
  return isOfSelector(drift) ? 'selector finds nothing on its pages' : 'pages have changed their shape';
}

/** Why a page was not had, in words. */
export function pageReason(code: string): string {
  const kinds: Readonly<Record<string, ErrorKind>> = ERRORS;
  return kinds[code]?.says ?? code;
}

/** What a refresh came to, for people. `later`: the sources that it left out because they were not due. */
export function closingTable(report: CycleReport, later: NotYetDue = NONE_LATER): string[] {
  const { sources, curated, images, published } = report;
  const of = (outcome: RefreshReport['outcome']): number =>
    sources.filter((source) => source.outcome === outcome).length;
  const sum = (field: 'added' | 'changed'): number => sources.reduce((total, source) => total + source[field], 0);
  const missed = sources.flatMap(({ sourceId, pagesNotHad }) =>
    Object.entries(pagesNotHad).map(([code, count]) => ({ sourceId, code, count })),
  );
  const lines = table([
    ['sources asked', sources.length - of('waiting')],
    ['  refreshed', of('refreshed')],
    ['  unchanged', of('unchanged')],
    ['  failed', of('failed')],
    ...(of('waiting') === 0 ? [] : [['sources not asked', of('waiting')]]),
    ...(later.count === 0 ? [] : [['sources not yet due', later.count, `next at ${later.nextAt}`]]),
    ['entries new', sum('added')],
    ['entries changed', sum('changed')],
    ['  published', curated.published],
    ['  merged', curated.merged],
    ['  dropped', curated.dropped],
    ...(curated.held === 0 ? [] : [['  held', curated.held] as const]),
    ...(curated.refused === 0 ? [] : [['  refused', curated.refused] as const]),
    ...(curated.resorted === 0 ? [] : [['stories sorted anew', curated.resorted]]),
    ['  unreadable', sources.reduce((total, source) => total + source.unreadable.length, 0)],
    ['pages not had', missed.reduce((total, { count }) => total + count, 0)],
    ...imageRows(images),
    ['files written', published.written.length],
    ['files removed', published.removed.length],
    ['files unchanged', published.unchanged],
  ]);
  const reasons = sources.flatMap((source) => [
    ...(source.reason === null ? [] : [`  ${source.sourceId}: ${source.reason}`]),
    ...source.unreadable.map((entry) => `  ${source.sourceId}: ${oneLine(entry, 160)}`),
    ...(source.drift === null ? [] : [`  ${source.sourceId}: ${driftLine(source.drift)}`]),
  ]);
  const pages = missed.map(
    ({ sourceId, code, count }) => `  ${sourceId}: pages not had: ${count} (${pageReason(code)})`,
  );
  const pictures = Object.entries(images.missed).map(
    ([code, count]) => `  pictures not copied: ${count} (${pageReason(code)})`,
  );
  const full = [
    ...(images.isFull ? [`  ${NO_ROOM}`] : []),
    ...(images.trouble === null ? [] : [`  copies of pictures: ${images.trouble}`]),
  ];
  const unwell = [...reasons, ...pages, ...pictures, ...full];
  const refused = published.refused.map(({ path, reason }) => `  ${path}: ${reason}`);
  return [
    ...lines,
    ...(unwell.length === 0 ? [] : ['', 'what did not go well:', ...unwell]),
    ...(refused.length === 0 ? [] : ['', 'refused by the gate:', ...refused, UNTIL_MENDED]),
  ];
}

function imageRows({ copied, missed }: ImagesReport): (readonly [string, number])[] {
  const notHad = Object.values(missed).reduce((total, count) => total + count, 0);
  return copied + notHad === 0
    ? []
    : [
        ['pictures copied', copied],
        ['  not copied', notHad],
      ];
}

/** The same for scripts. */
export function closingObject(
  { sources, curated, images, published }: CycleReport,
  notYetDue: NotYetDue = NONE_LATER,
): object {
  return { sources, notYetDue, entries: curated, images, files: { ...published } };
}
