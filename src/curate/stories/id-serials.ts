import { digestInto } from './near-text.ts';

/**
 * The serial numbers of texts by their ids. An id is known by a digest of 64 bits: among all the texts that a window ever
 * holds no two are alike, and what was stored of an id is looked up as it stands, without the id.
 */
export type IdSerials = {
  /** The serial number of a text; -1 if it is not here. */
  find(id: string): number;
  /** The same by the two halves of the id's digest (`digestInto`). */
  findDigest(low: number, high: number): number;
  /** Adds a text that is not here. */
  add(id: string, serial: number): void;
  /** Forgets everything before this serial number. */
  forgetBefore(serial: number): void;
};

const LEAST_SLOTS = 4096;
/** Beyond this share of slots in use all are put anew, and half as full at most (open addresses with linear steps). */
const FULLEST = 0.7;
const NONE = -1;

export function openIdSerials(): IdSerials {
  /** Three numbers a slot, side by side for one look into memory: the digest's halves, and the serial number plus one; 0 is empty. */
  let slots = new Uint32Array(3 * LEAST_SLOTS);
  let mask = LEAST_SLOTS - 1;
  /** How many slots are in use. What is forgotten stays in its slot until all are put anew. */
  let used = 0;
  let oldest = 0;
  /** What is added was mostly looked up just before: the digest of the last id that was asked for. */
  const digest = new Uint32Array(2);
  let digested: string | null = null;

  const digestAnew = (id: string): void => {
    if (id === digested) return;
    digestInto(digest, id);
    digested = id;
  };

  const put = (low: number, high: number, serial: number): void => {
    let slot = low & mask;
    while (slots[3 * slot + 2] !== 0) slot = (slot + 1) & mask;
    slots[3 * slot] = low;
    slots[3 * slot + 1] = high;
    slots[3 * slot + 2] = serial + 1;
    used++;
  };

  const putAnew = (): void => {
    const before = slots;
    let kept = 0;
    for (let at = 2; at < before.length; at += 3) if (before[at]! > oldest) kept++;
    let length = LEAST_SLOTS;
    while (kept > (length * FULLEST) / 2) length *= 2;
    slots = new Uint32Array(3 * length);
    mask = length - 1;
    used = 0;
    for (let at = 0; at < before.length; at += 3)
      if (before[at + 2]! > oldest) put(before[at]!, before[at + 1]!, before[at + 2]! - 1);
  };

  const findDigest = (low: number, high: number): number => {
    for (let slot = low & mask; slots[3 * slot + 2] !== 0; slot = (slot + 1) & mask) {
      if (slots[3 * slot] !== low || slots[3 * slot + 1] !== high) continue;
      const serial = slots[3 * slot + 2]! - 1;
      if (serial >= oldest) return serial;
    }
    return NONE;
  };

  return {
    find(id) {
      digestAnew(id);
      return findDigest(digest[0]!, digest[1]!);
    },
    findDigest,
    add(id, serial) {
      if (used + 1 > (mask + 1) * FULLEST) putAnew();
      digestAnew(id);
      put(digest[0]!, digest[1]!, serial);
    },
    forgetBefore(serial) {
      oldest = Math.max(oldest, serial);
    },
  };
}
