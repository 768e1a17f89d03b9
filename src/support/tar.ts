// Tape archives (POSIX.1-1988, "ustar"), as far as a list of files with short names needs them: every tar reads ours.

/** A file in an archive. Names are relative, with slashes; see `fitsTar`. */
export type TarFile = { readonly name: string; readonly content: Uint8Array };

const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** What makes bytes no archive, or only the beginning of one, in words. */
export class TarFault extends Error {}

/** The blocks of one file: its header, and its content filled up with zeros. */
export function tarFile({ name, content }: TarFile, given: { readonly mode: number; readonly mtimeS: number }): Buffer {
  const parts = partsOf(name);
  if (parts === null) throw new TypeError(`"${name}" is too long a name for an archive`);
  const header = Buffer.alloc(BLOCK);
  header.write(parts.name, 0, 'utf8');
  header.write(parts.prefix, 345, 'utf8');
  header.write(octal(given.mode, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1');
  header.write(octal(0, 7), 116, 'latin1');
  header.write(octal(content.length, 11), 124, 'latin1');
  header.write(octal(given.mtimeS, 11), 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(`${octal(checksum(header), 6)}\u0000 `, 148, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc(-content.length & (BLOCK - 1))]);
}

/** Whether an archive can hold a name: its last hundred bytes begin behind a slash, and not too many are before them. */
export function fitsTar(name: string): boolean {
  return partsOf(name) !== null;
}

/** What stands at the end of an archive. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

/**
 * The plain files of an archive, one after the other. Throws TarFault for what is none, for one that ends in the middle,
 * and for a file of more than `mostBytes`.
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<TarFile> {
  const source = openReader(bytes);
  for (;;) {
    const header = await source.take(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const size = readOctal(header, 124, 12);
    if (readOctal(header, 148, 8) !== checksum(header)) throw new TarFault('it is no tar archive, or a damaged one');
    const prefix = textAt(header, 345, PREFIX_BYTES);
    const name = `${prefix === '' ? '' : `${prefix}/`}${textAt(header, 0, NAME_BYTES)}`;
    if (size > mostBytes) throw new TarFault(`"${name}" in it is larger than ${mostBytes} bytes`);
    const content = await source.take(size);
    await source.take(-size & (BLOCK - 1));
    const isPlain = header[156] === 0 || header[156] === 48;
    if (isPlain) yield { name, content };
  }
}

/** Gives so many bytes at a time as it is asked for. */
function openReader(bytes: AsyncIterable<Uint8Array>): { take(count: number): Promise<Buffer> } {
  const iterator = bytes[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);
  return {
    async take(count) {
      const parts: Uint8Array[] = [];
      for (let missing = count; missing > 0;) {
        if (held.length === 0) {
          const { done, value } = await iterator.next();
          if (done === true) throw new TarFault('it ends in the middle');
          held = value;
          continue;
        }
        const part = held.subarray(0, missing);
        parts.push(part);
        held = held.subarray(part.length);
        missing -= part.length;
      }
      return Buffer.concat(parts, count);
    },
  };
}

function partsOf(name: string): { readonly prefix: string; readonly name: string } | null {
  if (Buffer.byteLength(name) <= NAME_BYTES) return { prefix: '', name };
  for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
    if (Buffer.byteLength(rest) <= NAME_BYTES)
      return Buffer.byteLength(prefix) <= PREFIX_BYTES ? { prefix, name: rest } : null;
  }
  return null;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function readOctal(header: Buffer, at: number, length: number): number {
  const text = textAt(header, at, length).trim();
  if (!/^[0-7]*$/.test(text)) throw new TarFault('it is no tar archive, or a damaged one');
  return text === '' ? 0 : Number.parseInt(text, 8);
}

function textAt(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

/** The sum of the header's bytes, its own field taken for spaces. */
function checksum(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}
