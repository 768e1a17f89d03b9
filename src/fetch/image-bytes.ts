// Numbers and letters out of the bytes of a picture. Multiplied, not shifted: a shift would make 0 of what is not there.

/** Width and height in pixels, as the picture is shown. Not checked yet: NaN where the bytes end too early. */
export type ImageSize = { readonly width: number; readonly height: number };

/** An unsigned number of so many bytes, the most significant first. NaN when not all of them are there. */
export function bigEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) value = value * 256 + (bytes[index] ?? Number.NaN);
  return value;
}

/** The same with the least significant byte first. */
export function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at + count - 1; index >= at; index -= 1) value = value * 256 + (bytes[index] ?? Number.NaN);
  return value;
}

/** So many bytes as letters (ISO 8859-1), fewer when there are not so many. */
export function lettersAt(bytes: Uint8Array, at: number, count: number): string {
  let letters = '';
  for (let index = at; index < Math.min(at + count, bytes.length); index += 1)
    letters += String.fromCharCode(bytes[index] ?? 0);
  return letters;
}

/** A picture that is shown on its side. */
export function turned({ width, height }: ImageSize): ImageSize {
  return { width: height, height: width };
}
