/** Letters from 1 to 26 in either case, digits from 27 to 36, the hyphen 37, the colon 38; all else 0. */
const SIGNS = Uint8Array.from({ length: 128 }, (_, code) => {
  const small = code | 0x20;
  if (code >= 0x40 && small >= 0x61 && small <= 0x7a) return code & 0x1f;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 27;
  return code === 0x2d ? 37 : code === 0x3a ? 38 : 0;
});
const HIGHEST = 39;

/**
 * Finds what is known by a name at a place of a text, whatever the name's case. To take each name of a page out of it
 * and look it up in a map takes three times as long: a string is made and its hash is counted.
 */
export class NameTree<Value> {
  /** From node `n` the sign with the number `s` leads to `next[n * HIGHEST + s]`, 0 being nowhere. */
  readonly #next: Uint16Array;
  readonly #values: (Value | undefined)[] = [undefined];

  /** @param known by names in small letters, digits, hyphens and colons */
  constructor(known: Iterable<readonly [name: string, value: Value]>) {
    const names = [...known];
    this.#next = new Uint16Array(names.reduce((most, [name]) => most + name.length, 1) * HIGHEST);
    for (const [name, value] of names) {
      let node = 0;
      for (let at = 0; at < name.length; at++) {
        const place = node * HIGHEST + SIGNS[name.charCodeAt(at)]!;
        if (this.#next[place] === 0) this.#next[place] = this.#values.push(undefined) - 1;
        node = this.#next[place]!;
      }
      this.#values[node] = value;
    }
  }

  find(text: string, start: number, end: number): Value | undefined {
    let node = 0;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      const sign = code < SIGNS.length ? SIGNS[code]! : 0;
      if (sign === 0) return undefined;
      node = this.#next[node * HIGHEST + sign]!;
      if (node === 0) return undefined;
    }
    return this.#values[node];
  }
}
