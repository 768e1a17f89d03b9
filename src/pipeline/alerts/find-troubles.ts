import type { AlertSettings, AlertState, Trouble } from '../../model/alert.ts';
import type { Source, SourceState } from '../../model/source.ts';
import type { Drift } from '../../model/source-watch.ts';
import type { Instant } from '../../support/instant.ts';
import { silenceOf } from './silence.ts';

/** How things stand, as far as alerts go by it. */
export type AlertFacts = {
  readonly sources: readonly Source[];
  readonly states: ReadonlyMap<string, SourceState>;
  readonly drifts: ReadonlyMap<string, Drift>;
  readonly arrivals: ReadonlyMap<string, readonly Instant[]>;
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
  readonly listFaults: number;
  readonly deadWebhooks: number;
  readonly disks: readonly { readonly folder: string; readonly usedShare: number }[];
};

/** What of a remembered trouble that is not found now: it is over, nobody can tell, or it is no longer looked for. */
export type Absence = 'over' | 'unknown' | 'dropped';

/** When so many fail, and at least half of all, it is hardly the sources: one thing is told, not hundreds. */
const MANY = 5;

/** Everything that is not as it should be at this moment. Of muted sources nothing. */
export function findTroubles(facts: AlertFacts, settings: AlertSettings, now: Instant): Trouble[] {
  const { disks, refused, listFaults, deadWebhooks } = facts;
  const { asked, failing, areMany } = failingOf(facts);
  const told = asked.filter(({ id }) => !settings.mute.includes(id));
  return [
    ...(areMany ? [manyFailing(failing.length, asked.length)] : []),
    ...told.flatMap((source) => troublesOf(source, facts, { settings, now, areMany })),
    ...(refused.length === 0 ? [] : [gate(refused)]),
    ...(listFaults === 0
      ? []
      : [
          service(
            'list',
            `sources.json has faults (${listFaults}), so the list before it goes on; tributary check tells them`,
          ),
        ]),
    ...(deadWebhooks === 0
      ? []
      : [
          service(
            'dead-letters',
            `${deadWebhooks} deliveries to webhooks were given up; tributary webhooks list tells which`,
          ),
        ]),
    ...disks
      .filter(({ usedShare }) => usedShare * 100 >= settings.diskPercent)
      .map(({ folder, usedShare }) => ({
        ...service(
          'disk',
          `the disk of ${folder} is ${Math.floor(usedShare * 100)} % full; nothing is published once it is full`,
        ),
        key: `disk ${folder}`,
        subject: folder,
      })),
  ];
}

function failingOf({ sources, states }: AlertFacts): {
  readonly asked: readonly Source[];
  readonly failing: readonly Source[];
  readonly areMany: boolean;
} {
  const asked = sources.filter(({ enabled }) => enabled);
  const failing = asked.filter(({ id }) => (states.get(id)?.failures ?? 0) > 0);
  return { asked, failing, areMany: failing.length >= MANY && failing.length * 2 >= asked.length };
}

/**
 * Tells of remembered troubles that are not found now what that means. While many sources fail nobody looks at single ones;
 * one that fails may be silent or not; and a silence is over only by something new.
 */
export function absenceIn(facts: AlertFacts, settings: AlertSettings): (state: AlertState) => Absence {
  const { asked, areMany } = failingOf(facts);
  const told = new Map(asked.filter(({ id }) => !settings.mute.includes(id)).map((source) => [source.id, source]));
  return ({ kind, subject, seenFrom }) => {
    if (kind !== 'failing' && kind !== 'silent' && kind !== 'drifted') return 'over';
    const source = subject === null ? undefined : told.get(subject);
    if (source === undefined || (kind === 'drifted' && source.content === 'feed')) return 'dropped';
    if (kind === 'drifted') return 'over';
    if (areMany) return 'unknown';
    if (kind === 'failing') return 'over';
    const hasCome = (facts.arrivals.get(source.id)?.at(-1) ?? '') > seenFrom;
    return hasCome ? 'over' : 'unknown';
  };
}

function troublesOf(
  source: Source,
  { states, drifts, arrivals }: AlertFacts,
  { settings, now, areMany }: { readonly settings: AlertSettings; readonly now: Instant; readonly areMany: boolean },
): Trouble[] {
  const { id, title } = source;
  const of = (kind: 'failing' | 'silent' | 'drifted', says: string): Trouble => ({
    key: `${kind} ${id}`,
    kind,
    subject: id,
    says: `${title} (${id}) ${says}`,
  });
  const state = states.get(id);
  const failure = state !== undefined && state.failures > 0 ? state.lastFailure : null;
  const drift = source.content === 'feed' ? undefined : drifts.get(id);
  const silence = failure === null && !areMany ? silenceOf(arrivals.get(id) ?? [], now, settings.silentFactor) : null;
  return [
    ...(failure === null || areMany ? [] : [of('failing', `cannot be had: ${failure.message}`)]),
    ...(silence === null
      ? []
      : [
          of(
            'silent',
            `has brought nothing for ${told(silence.silentMs)}; its longest usual pause is ${told(silence.usualMs)}`,
          ),
        ]),
    ...(drift === undefined
      ? []
      : [of('drifted', `has other pages than before, so its feed’s own text is used: see tributary status`)]),
  ];
}

function manyFailing(count: number, of: number): Trouble {
  return service(
    'many-failing',
    `${count} of ${of} sources cannot be had: look whether this machine reaches the network`,
  );
}

function gate(refused: AlertFacts['refused']): Trouble {
  const { path, reason } = refused[0]!;
  const more = refused.length === 1 ? '' : ` (and ${refused.length - 1} more)`;
  return service('gate', `${path}${more} is kept back by the gate, the last good file stays: ${reason}`);
}

function service(kind: Trouble['kind'], says: string): Trouble {
  return { key: kind, kind, subject: null, says };
}

function told(ms: number): string {
  const hours = ms / 3_600_000;
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
}
