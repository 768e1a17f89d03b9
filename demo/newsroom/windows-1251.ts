/** The bytes of a text in windows-1251. What the charset has no byte for is written as a numeric reference. */
export function encodeWindows1251(text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const byte = code < 0x80 ? code : BYTES.get(character);
    if (byte === undefined) bytes.push(...Buffer.from(`&#${code};`, 'latin1'));
    else bytes.push(byte);
  }
  return Buffer.from(bytes);
}

const UPPER_HALF = Array.from({ length: 0x80 }, (_, index) => 0x80 + index);
const DECODER = new TextDecoder('windows-1251');
const BYTES = new Map(UPPER_HALF.map((byte) => [DECODER.decode(Uint8Array.of(byte)), byte]));
