import {
  isOfSelector,
  isSameArticle,
  newWatch,
  SELECTOR_FINDS_NOTHING,
  type Drift,
  type MadeFrom,
  type PageShape,
  type Sighting,
  type Sign,
  type SourceWatch,
} from '../../model/source-watch.ts';
import type { Instant } from '../../support/instant.ts';
import type { Observation } from './watch-observation.ts';
import { isSound, knowsEnough, signsOf, surelyNot } from './watch-signs.ts';

/** A profile is so many articles. */
const MOST_SHAPES = 20;
/** A drift is judged by so many articles, and so many in a row that look as before end it. */
const JUDGED = 3;
/** So many in a row that agree among themselves are a new shape. */
const SETTLED = 8;

const DISTRUST = 'the source’s pages have changed their shape';

/** What a profile is judged by besides the articles: the operator's selectors as one text, and the time. */
export type Given = { readonly selectors: string; readonly now: Instant };

/**
 * What came of one article. `concerns`: the articles (digests of their addresses) that a turn is about. `fallen`: what
 * those of them are made from that were believed until then.
 */
export type Verdict = {
  readonly signs: readonly Sign[];
  readonly turn: Turn | null;
  readonly concerns: readonly string[];
  readonly fallen: readonly MadeFrom[];
};
export type Turn = { readonly is: 'begins' | 'ends'; readonly drift: Drift };

/**
 * What came of a source's articles, one after the other: of each why its page is not to be believed, or null. `fallen`:
 * those that led to a drift, among them such as were looked at before these.
 */
export type Watched = {
  readonly watch: SourceWatch;
  readonly distrust: readonly (string | null)[];
  readonly turns: readonly Turn[];
  readonly fallen: readonly MadeFrom[];
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
  const fallen: MadeFrom[] = [];
  for (const observation of observations) {
    if (observation === null) {
      distrust.push(null);
      continue;
    }
    const { watch: after, verdict } = watch(known, observation, given);
    known = after;
    if (verdict.turn !== null) turns.push(verdict.turn);
    fallen.push(...verdict.fallen);
    distrust.push(after.drift === null ? surelyNot(seenAs(observation), verdict.signs) : distrustIn(after.drift));
    for (const [at, one] of observations.slice(0, distrust.length).entries())
      if (one !== null && verdict.concerns.includes(one.shape.address))
        distrust[at] = after.drift === null ? null : distrustIn(after.drift);
  }
  return { watch: known, distrust, turns, fallen };
}

/** Why no page of a source is believed while it drifts. */
export function distrustIn(drift: Drift): string {
  return isOfSelector(drift) ? SELECTOR_FINDS_NOTHING : DISTRUST;
}

/** Why an article's page is not to be believed, going by what is known; nothing is learnt from it. */
export function distrustOf(known: SourceWatch, observation: Observation, { selectors }: Given): string | null {
  if (known.drift !== null && known.selectors === selectors) return distrustIn(known.drift);
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
  const others = seenBy(before).filter((one) => !isSameArticle(one, observation.shape));
  const shape = shapeOf(observation, others);
  const usual = [
    ...before.shapes,
    ...(before.drift === null ? before.latest.filter(({ signs }) => signs.length === 0).map((one) => one.shape) : []),
  ].filter((one) => !isSameArticle(one, shape));
  const signs = signsOf(shape, { known: usual, seen: others });
  const isKnown = seenBy(before).length > others.length;
  if (isKnown && before.drift === null && signs.length === 0)
    return { watch: replaced(before, { shape, signs }), verdict: { signs, turn: null, concerns: [], fallen: [] } };
  // Read again and strange, it tells of a change as a new one would; how it looked before is still what it is measured by.
  const latest = before.latest.filter((one) => !isSameArticle(one.shape, shape));
  if (before.drift !== null) return waitForEnd({ ...before, latest }, before.drift, { shape, signs });
  if (signs.length === 0 || observation.madeFrom === undefined)
    return lookOut({ ...before, latest }, { shape, signs }, given);
  // Strange for the second time: what its first strange page made of it is nothing to go back to.
  const first = before.latest.find((one) => isSameArticle(one.shape, shape))?.madeFrom ?? observation.madeFrom;
  const madeFrom = { ...observation.madeFrom, previous: first.previous };
  return lookOut({ ...before, latest }, { shape, signs, madeFrom }, given);
}

type Watch = ReturnType<typeof watch>;

function lookOut(before: SourceWatch, sighting: Sighting, { now }: Given): Watch {
  const { signs } = sighting;
  const latest = [...before.latest, sighting];
  const usual = latest.filter((one) => one.signs.length === 0);
  const reason = driftAmong(latest, knowsEnough([...before.shapes, ...usual.map(({ shape }) => shape)]));
  if (reason !== null) {
    const drift = { since: now, reason };
    const strange = latest.filter((one) => one.signs.length > 0);
    return {
      watch: {
        ...before,
        shapes: learnt(before.shapes, usual),
        latest: strange.map((one) => ({ shape: one.shape, signs: one.signs })),
        drift,
      },
      verdict: {
        signs,
        turn: { is: 'begins', drift },
        concerns: strange.map(({ shape }) => shape.address),
        fallen: strange.flatMap(({ madeFrom }) => madeFrom ?? []),
      },
    };
  }
  const done = latest.slice(0, Math.max(0, latest.length - (JUDGED - 1)));
  return {
    watch: { ...before, shapes: learnt(before.shapes, done), latest: latest.slice(done.length) },
    verdict: { signs, turn: null, concerns: [], fallen: [] },
  };
}

function waitForEnd(before: SourceWatch, drift: Drift, sighting: Sighting): Watch {
  const { signs } = sighting;
  const latest = [...before.latest, sighting].slice(-SETTLED);
  const run = latest.slice(-JUDGED);
  const concerns = (those: readonly Sighting[]): string[] => those.map(({ shape }) => shape.address);
  const end = (those: readonly Sighting[]): Verdict => ({
    signs,
    turn: ended(drift),
    concerns: concerns(those),
    fallen: [],
  });
  if (run.length === JUDGED && run.every((one) => one.signs.length === 0)) {
    const shapes = learnt(before.shapes, run.slice(0, 1));
    return { watch: { ...before, shapes, latest: run.slice(1), drift: null }, verdict: end(run) };
  }
  if (latest.length === SETTLED && isSettled(latest, before.shapes)) {
    const shapes = latest.map(({ shape }) => shape);
    return { watch: { ...before, shapes, latest: [], drift: null }, verdict: end(latest) };
  }
  return { watch: { ...before, latest }, verdict: { signs, turn: null, concerns: [], fallen: [] } };
}

/**
 * Why the last articles, the newest at the end, are no chance; null where they may be. As long as not enough is known
 * that they could be unlike, only a selector that finds nothing is a change.
 */
function driftAmong(latest: readonly Sighting[], isMeasured: boolean): string | null {
  const last = latest.slice(-JUDGED).map(({ signs }) => ({
    signs: signs.filter(({ kind }) => isMeasured || kind === 'selector'),
  }));
  const strong = last.filter(({ signs }) => signs.some((sign) => sign.strong));
  if (strong.length > 1) return toldBy(strong.flatMap(({ signs }) => signs.filter((sign) => sign.strong)));
  if (last.length < JUDGED) return null;
  const common = last[0]!.signs.filter(({ kind }) =>
    last.every(({ signs }) => signs.some((other) => other.kind === kind)),
  );
  return common.length === 0 ? null : toldBy(common);
}

function toldBy(signs: readonly Sign[]): string {
  const sayings = new Set(signs.map(({ says }) => says));
  // What the operator can mend leads.
  return [...sayings].toSorted((one, other) => rankOf(one) - rankOf(other)).join('; ');
}

function rankOf(says: string): number {
  return says === SELECTOR_FINDS_NOTHING ? 0 : 1;
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
  const anew = more.map(({ shape }) => shape);
  const others = shapes.filter((one) => !anew.some((shape) => isSameArticle(one, shape)));
  return [...others, ...anew].slice(-MOST_SHAPES);
}

function seenBy({ shapes, latest }: SourceWatch): PageShape[] {
  return [...shapes, ...latest.map(({ shape }) => shape)];
}

function shapeOf({ shape, lines }: Observation, others: readonly PageShape[]): PageShape {
  const theirs = new Set(others.filter((other) => !isSameArticle(other, shape)).flatMap((other) => other.lines));
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

/** An article that was read anew and looks as ever stands where it stood. */
function replaced(before: SourceWatch, { shape, signs }: Sighting): SourceWatch {
  const isIt = (one: PageShape): boolean => isSameArticle(one, shape);
  return {
    ...before,
    shapes: before.shapes.map((one) => (isIt(one) ? shape : one)),
    latest: before.latest.map((one) => (isIt(one.shape) ? { shape, signs } : one)),
  };
}
