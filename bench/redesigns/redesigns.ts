import { CONTENTS } from './contents.ts';
import { HARMLESS } from './harmless.ts';
import { carryOut, type Redesign } from './plan.ts';
import { WALLS } from './walls.ts';

export type { Page } from './page.ts';
export type { Redesign } from './plan.ts';

/** Twenty redesigns that do harm and five that do not, each time the same, built in memory. */
export function redesigns(): Redesign[] {
  return [
    ...[...CONTENTS, ...WALLS].map((plan) => carryOut(plan, { harm: true })),
    ...HARMLESS.map((plan) => carryOut(plan, { harm: false })),
  ];
}
