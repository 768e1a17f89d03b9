import {
  newWatch,
  type Drift,
  type PageShape,
  type Sighting,
  type Sign,
  type SourceWatch,
} from '../../model/source-watch.ts';
import type { Instant } from '../../support/instant.ts';
import type { Observation } from './watch-observation.ts';
import { isSound, signsOf, surelyNot } from './watch-signs.ts';

/** A profile is so many articles. */
const MOST_SHAPES = 20;
/** A drift is judged by so many articles, and so many in a row that look as before end it. */
const JUDGED = 3;
/** So many in a row that agree among themselves are a new shape. */
const SETTLED = 8;

const DISTRUST = 'the source’s pages have changed their shape';

/** What a profile is judged by besides the articles: the operator's selectors as one text, and the time. */
export type Given = { readonly selectors: string; readonly now: Instant };

/** What came of one article. `concerns`: the articles (digests of their addresses) that a turn is about. */
export type Verdict = {
  readonly signs: readonly Sign[];
  readonly turn: Turn | null;
  readonly concerns: readonly string[];
};
export type Turn = { readonly is: 'begins' | 'ends'; readonly drift: Drift };

/** What came of a source's articles, one after the other: of each why its page is not to be believed, or null. */
export type Watched = {
  readonly watch: SourceWatch;
  readonly distrust: readonly (string | null)[];
  readonly turns: readonly Turn[];
};

/**
 * Looks at articles in order. Those that betray a drift are not believed either, though it was declared after them; those
 * whose soundness ends it are. An article whose page was not had (null) is no concern of this.
 */
export function watchAll(
  before: SourceWatch | null,
  observations: readonly (Observation | null)[],
  given: Given,
): Watched {
  let known = before ?? newWatch(given.selectors);
  const distrust: (string | null)[] = [];
  const turns: Turn[] = [];
  for (const observation of observations) {
    if (observation === null) {
      distrust.push(null);
      continue;
    }
    const { watch: after, verdict } = watch(known, observation, given);
    known = after;
    if (verdict.turn !== null) turns.push(verdict.turn);
    distrust.push(after.drift === null ? surelyNot(seenAs(observation), verdict.signs) : DISTRUST);
    for (const [at, one] of observations.slice(0, distrust.length).entries())
      if (one !== null && verdict.concerns.includes(one.shape.address))
        distrust[at] = after.drift === null ? null : DISTRUST;
  }
  return { watch: known, distrust, turns };
}

/** Why an article's page is not to be believed, going by what is known; nothing is learnt from it. */
export function distrustOf(known: SourceWatch, observation: Observation, { selectors }: Given): string | null {
  if (known.drift !== null && known.selectors === selectors) return DISTRUST;
  const shape = shapeOf(observation, seenBy(known));
  return surelyNot(shape, signsOf(shape, { known: known.shapes, seen: seenBy(known) }));
}

/** One article more. A profile that was learnt with other selectors is forgotten, and its drift with it. */
export function watch(
  before: SourceWatch,
  observation: Observation,
  given: Given,
): { readonly watch: SourceWatch; readonly verdict: Verdict } {
  if (before.selectors !== given.selectors) {
    const { watch: after, verdict } = watch(newWatch(given.selectors), observation, given);
    return { watch: after, verdict: before.drift === null ? verdict : { ...verdict, turn: ended(before.drift) } };
  }
  const others = seenBy(before).filter(({ address }) => address !== observation.shape.address);
  const shape = shapeOf(observation, others);
  const usual = [
    ...before.shapes,
    ...(before.drift === null ? before.latest.filter(({ signs }) => signs.length === 0).map((one) => one.shape) : []),
  ].filter(({ address }) => address !== shape.address);
  const sighting = { shape, signs: signsOf(shape, { known: usual, seen: others }) };
  if (seenBy(before).length > others.length)
    return { watch: replaced(before, sighting), verdict: { signs: sighting.signs, turn: null, concerns: [] } };
  return before.drift === null ? lookOut(before, sighting, given) : waitForEnd(before, before.drift, sighting);
}

type Watch = ReturnType<typeof watch>;

function lookOut(before: SourceWatch, sighting: Sighting, { now }: Given): Watch {
  const { signs } = sighting;
  const latest = [...before.latest, sighting];
  const reason = driftAmong(latest);
  if (reason !== null) {
    const drift = { since: now, reason };
    const strange = latest.filter((one) => one.signs.length > 0);
    const usual = latest.filter((one) => one.signs.length === 0);
    return {
      watch: { ...before, shapes: learnt(before.shapes, usual), latest: strange, drift },
      verdict: { signs, turn: { is: 'begins', drift }, concerns: strange.map(({ shape }) => shape.address) },
    };
  }
  const done = latest.slice(0, Math.max(0, latest.length - (JUDGED - 1)));
  return {
    watch: { ...before, shapes: learnt(before.shapes, done), latest: latest.slice(done.length) },
    verdict: { signs, turn: null, concerns: [] },
  };
}

function waitForEnd(before: SourceWatch, drift: Drift, sighting: Sighting): Watch {
  const { signs } = sighting;
  const latest = [...before.latest, sighting].slice(-SETTLED);
  const run = latest.slice(-JUDGED);
  const concerns = (those: readonly Sighting[]): string[] => those.map(({ shape }) => shape.address);
  const end = (those: readonly Sighting[]): Verdict => ({ signs, turn: ended(drift), concerns: concerns(those) });
  if (run.length === JUDGED && run.every((one) => one.signs.length === 0)) {
    const shapes = learnt(before.shapes, run.slice(0, 1));
    return { watch: { ...before, shapes, latest: run.slice(1), drift: null }, verdict: end(run) };
  }
  if (latest.length === SETTLED && isSettled(latest, before.shapes)) {
    const shapes = latest.map(({ shape }) => shape);
    return { watch: { ...before, shapes, latest: [], drift: null }, verdict: end(latest) };
  }
  return { watch: { ...before, latest }, verdict: { signs, turn: null, concerns: [] } };
}

/** Why the last articles, the newest at the end, are no chance; null where they may be. */
function driftAmong(latest: readonly Sighting[]): string | null {
  const last = latest.slice(-JUDGED);
  const strong = last.filter(({ signs }) => signs.some((sign) => sign.strong));
  if (strong.length > 1) return toldBy(strong.flatMap(({ signs }) => signs.filter((sign) => sign.strong)));
  if (last.length < JUDGED) return null;
  const common = last[0]!.signs.filter(({ kind }) =>
    last.every(({ signs }) => signs.some((other) => other.kind === kind)),
  );
  return common.length === 0 ? null : toldBy(common);
}

function toldBy(signs: readonly Sign[]): string {
  return [...new Set(signs.map(({ says }) => says))].join('; ');
}

/** Whether articles are sound, each by itself and beside the others; one among them may be odd. */
function isSettled(run: readonly Sighting[], before: readonly PageShape[]): boolean {
  const shapes = run.map(({ shape }) => shape);
  const odd = shapes.filter((shape) => {
    const others = shapes.filter((other) => other !== shape);
    return !isSound(shape, before) || signsOf(shape, { known: others, seen: others }).some((sign) => sign.strong);
  });
  return odd.length <= 1;
}

function ended(drift: Drift): Turn {
  return { is: 'ends', drift };
}

function learnt(shapes: readonly PageShape[], more: readonly Sighting[]): PageShape[] {
  return [...shapes, ...more.map(({ shape }) => shape)].slice(-MOST_SHAPES);
}

function seenBy({ shapes, latest }: SourceWatch): PageShape[] {
  return [...shapes, ...latest.map(({ shape }) => shape)];
}

function shapeOf({ shape, lines }: Observation, others: readonly PageShape[]): PageShape {
  const theirs = new Set(others.filter(({ address }) => address !== shape.address).flatMap((other) => other.lines));
  let all = 0;
  let shared = 0;
  for (const { digest, length } of lines) {
    all += length;
    if (theirs.has(digest)) shared += length;
  }
  return { ...shape, shared: all === 0 ? 0 : Math.round((100 * shared) / all) };
}

function seenAs({ shape }: Observation): PageShape {
  return { ...shape, shared: 0 };
}

/** An article that was read anew stands where it stood. */
function replaced(before: SourceWatch, { shape, signs }: Sighting): SourceWatch {
  const isIt = (one: PageShape): boolean => one.address === shape.address;
  return {
    ...before,
    shapes: before.shapes.map((one) => (isIt(one) ? shape : one)),
    latest: before.latest.map((one) => (isIt(one.shape) ? { shape, signs } : one)),
  };
}
