import type { AlertEvent, AlertKind, AlertSettings, AlertState, Trouble } from '../../model/alert.ts';
import { epochMsOf, type Instant } from '../../support/instant.ts';
import type { Absence } from './find-troubles.ts';

const MINUTE_MS = 60_000;

/** So long a trouble has to hold before it is told, and so long to be gone before that is: what flickers is told once. */
const PATIENCE: Readonly<Record<AlertKind, { readonly holdsMs: number; readonly goneMs: number }>> = {
  // How long is the operator's to say.
  failing: { holdsMs: 0, goneMs: 0 },
  'many-failing': { holdsMs: 15 * MINUTE_MS, goneMs: 15 * MINUTE_MS },
  silent: { holdsMs: 0, goneMs: 0 },
  drifted: { holdsMs: 0, goneMs: 60 * MINUTE_MS },
  gate: { holdsMs: 10 * MINUTE_MS, goneMs: 10 * MINUTE_MS },
  list: { holdsMs: 5 * MINUTE_MS, goneMs: 0 },
  disk: { holdsMs: 5 * MINUTE_MS, goneMs: 30 * MINUTE_MS },
  'dead-letters': { holdsMs: 0, goneMs: 0 },
  test: { holdsMs: 0, goneMs: 0 },
};

/**
 * The troubles that are remembered from now on, and what is to be told of the change.
 * @param given.absence what it means that a remembered one is not among them
 */
export function nextBoard(
  before: readonly AlertState[],
  troubles: readonly Trouble[],
  given: {
    readonly settings: Pick<AlertSettings, 'failingHours'>;
    readonly absence: (state: AlertState) => Absence;
    readonly now: Instant;
  },
): { readonly states: readonly AlertState[]; readonly events: readonly AlertEvent[] } {
  const { settings, absence, now } = given;
  const nowMs = epochMsOf(now);
  const known = new Map(before.map((state) => [state.key, state]));
  const holding = new Set(troubles.map(({ key }) => key));
  const events: AlertEvent[] = [];
  const holds = ({ kind }: Trouble): number =>
    kind === 'failing' ? settings.failingHours * 60 * MINUTE_MS : PATIENCE[kind].holdsMs;
  const present = troubles.map((trouble): AlertState => {
    const since = known.get(trouble.key)?.seenFrom ?? now;
    // A clock that was ahead has been set right.
    const seenFrom = since < now ? since : now;
    const raisedAt = known.get(trouble.key)?.raisedAt ?? null;
    const isTime = raisedAt === null && nowMs - epochMsOf(seenFrom) >= holds(trouble);
    if (isTime) events.push({ ...trouble, happened: 'raised', at: now, since: seenFrom });
    return { ...trouble, seenFrom, seenLast: now, raisedAt: isTime ? now : raisedAt };
  });
  const lingering = before.flatMap((state): AlertState[] => {
    if (holding.has(state.key)) return [];
    const means = absence(state);
    if (means === 'dropped') return [];
    if (means === 'unknown') return [{ ...state, seenLast: now }];
    if (state.raisedAt === null) return [];
    const goneMs = nowMs - epochMsOf(state.seenLast);
    if (goneMs >= 0 && goneMs < PATIENCE[state.kind].goneMs) return [state];
    const { key, kind, subject, says, seenFrom } = state;
    events.push({ key, kind, subject, says, happened: 'ended', at: now, since: seenFrom });
    return [];
  });
  return { states: [...present, ...lingering], events };
}
