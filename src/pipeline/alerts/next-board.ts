import type { AlertEvent, AlertKind, AlertSettings, AlertState, Trouble } from '../../model/alert.ts';
import { epochMsOf, type Instant } from '../../support/instant.ts';

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
};

/** The troubles that are remembered from now on, and what is to be told of the change. */
export function nextBoard(
  before: readonly AlertState[],
  troubles: readonly Trouble[],
  { settings, now }: { readonly settings: Pick<AlertSettings, 'failingHours'>; readonly now: Instant },
): { readonly states: readonly AlertState[]; readonly events: readonly AlertEvent[] } {
  const nowMs = epochMsOf(now);
  const known = new Map(before.map((state) => [state.key, state]));
  const holding = new Set(troubles.map(({ key }) => key));
  const events: AlertEvent[] = [];
  const holds = ({ kind }: Trouble): number =>
    kind === 'failing' ? settings.failingHours * 60 * MINUTE_MS : PATIENCE[kind].holdsMs;
  const present = troubles.map((trouble): AlertState => {
    const seenFrom = known.get(trouble.key)?.seenFrom ?? now;
    const raisedAt = known.get(trouble.key)?.raisedAt ?? null;
    const isTime = raisedAt === null && nowMs - epochMsOf(seenFrom) >= holds(trouble);
    if (isTime) events.push({ ...trouble, happened: 'raised', at: now, since: seenFrom });
    return { ...trouble, seenFrom, seenLast: now, raisedAt: isTime ? now : raisedAt };
  });
  const lingering = before.filter((state) => {
    if (holding.has(state.key) || state.raisedAt === null) return false;
    if (nowMs - epochMsOf(state.seenLast) < PATIENCE[state.kind].goneMs) return true;
    const { key, kind, subject, says, seenFrom } = state;
    events.push({ key, kind, subject, says, happened: 'ended', at: now, since: seenFrom });
    return false;
  });
  return { states: [...present, ...lingering], events };
}
