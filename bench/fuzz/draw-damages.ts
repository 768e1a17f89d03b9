import { BYTE_DAMAGES } from './byte-damages.ts';
import { bytesOf, textOf, type Damage, type Promised } from './damage.ts';
import { FIELD_DAMAGES } from './field-damages.ts';
import { PROLOG_DAMAGES } from './prolog-damages.ts';
import type { Random } from './random.ts';
import { STRUCTURE_DAMAGES } from './structure-damages.ts';
import { TEXT_DAMAGES } from './text-damages.ts';

/** The kinds that real feeds suffer from. */
export const NAMED_DAMAGES: readonly Damage[] = [
  ...PROLOG_DAMAGES,
  ...TEXT_DAMAGES,
  ...FIELD_DAMAGES,
  ...STRUCTURE_DAMAGES,
];

const MOST = 4;

/** A damaged document, the kinds that it suffered, and what they still promise of its entries. */
export type Damaged = { readonly bytes: Uint8Array; readonly kinds: readonly string[]; readonly promises: Promised };

/** One to four damages, two thirds of them of the named kinds. Those that find nothing to damage are left out. */
export function drawDamages(bytes: Uint8Array, random: Random): Damaged {
  const drawn = Array.from({ length: 1 + random.whole(MOST) }, () =>
    random.oneOf(random.whole(3) < 2 ? NAMED_DAMAGES : BYTE_DAMAGES),
  );
  return inflict(bytes, drawn, random);
}

/** A document after some damages, one after another. */
export function inflict(bytes: Uint8Array, damages: readonly Damage[], random: Random): Damaged {
  let text = textOf(bytes);
  const suffered: Damage[] = [];
  for (const damage of damages) {
    const changed = text === '' ? null : damage.apply(text, random);
    if (changed === null || changed === text) continue;
    text = changed;
    suffered.push(damage);
  }
  return { bytes: bytesOf(text), kinds: suffered.map(({ kind }) => kind), promises: together(suffered) };
}

/** Several damages promise the least of what each does; entries that two of them hit may have to be skipped. */
function together(damages: readonly Damage[]): Promised {
  const promises = damages.map((damage) => damage.promises);
  if (promises.includes(null)) return null;
  if (promises.includes('beginning')) return damages.length === 1 ? 'beginning' : null;
  return damages.length < 2 && !promises.includes('named') ? 'kept' : 'named';
}
