import type { Row } from './read-rows.ts';

/** Rows as lines of JSON. Bytes are written `{"base64": "…"}`; every other value is as it is. */
export function linesOf(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row, written)}\n`).join('');
}

/** The other way round. Throws SyntaxError or TypeError for what is none. */
export function rowsOf(lines: string): Row[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row: unknown = JSON.parse(line);
      if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new TypeError('a line is no row');
      return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, read(value)]));
    });
}

function written(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  // A Buffer has become something else by now, as it says itself how it is written.
  const given = this[key];
  return given instanceof Uint8Array || ArrayBuffer.isView(given)
    ? { base64: Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString('base64') }
    : value;
}

function read(value: unknown): Row[string] {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'object' && 'base64' in value && typeof value.base64 === 'string')
    return Buffer.from(value.base64, 'base64');
  throw new TypeError('a value is neither text nor number nor bytes');
}
