import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Coding } from './accept-encoding.ts';
import type { Bytes } from './file-versions.ts';

export type Packing = Exclude<Coding, 'identity'>;

const PACK = {
  gzip: (bytes: Bytes): Promise<Buffer> => promisify(gzip)(bytes, { level: 7 }),
  // Above five, brotli takes many times as long for a few hundredths.
  br: (bytes: Bytes): Promise<Buffer> =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength },
    }),
};

/** Off the main thread. */
export async function pack(bytes: Bytes, coding: Packing): Promise<Bytes> {
  return new Uint8Array(await PACK[coding](bytes));
}
