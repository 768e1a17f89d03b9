import { describe, expect, test } from '@jest/globals';
import * as zlib from 'node:zlib';
import { codingsOf, decodeAtOnce, openDecoder, type Coding } from '../../src/fetch/decode-body.ts';

const text = 'a story about the harbour '.repeat(20_000);
const ENCODERS: Readonly<Record<Coding, (data: Uint8Array) => Uint8Array>> = {
  gzip: (data) => zlib.gzipSync(data),
  br: (data) => zlib.brotliCompressSync(data, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  zstd: (data) => zlib.zstdCompressSync(data),
  deflate: (data) => zlib.deflateSync(data),
};

function encode(codings: readonly Coding[], plain: string): Uint8Array {
  return codings.reduce<Uint8Array>((data, coding) => ENCODERS[coding](data), Buffer.from(plain));
}

/** Streams data through a decoder, a few hundred bytes at a time. */
function stream(data: Uint8Array, codings: readonly Coding[], maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let at = 0;
    const decoder = openDecoder(
      { codings, start: data, maxBytes },
      { drained: () => pour(), done: resolve, failed: reject },
    );
    const pour = (): void => {
      while (at < data.length) {
        const chunk = data.subarray(at, (at += 300));
        if (!decoder.write(chunk)) return;
      }
      decoder.end();
    };
    pour();
  });
}

const ways = [
  [
    'in one go',
    (data: Uint8Array, codings: readonly Coding[], max: number) =>
      Promise.resolve().then(() => decodeAtOnce(data, codings, max)),
  ],
  ['as a stream', stream],
] as const;

describe.each(ways)('decoding %s', (_way, decode) => {
  test.each([[['gzip']], [['br']], [['zstd']], [['deflate']], [['gzip', 'br']], [['br', 'gzip']]] as const)(
    'undoes %j',
    async (codings) => {
      const decoded = await decode(encode(codings, text), codings, 1_000_000);
      expect(Buffer.from(decoded).toString()).toBe(text);
    },
  );

  test('takes raw deflate for deflate, and plain bytes for gzip', async () => {
    expect(Buffer.from(await decode(zlib.deflateRawSync(text), ['deflate'], 1_000_000)).toString()).toBe(text);
    expect(Buffer.from(await decode(Buffer.from('<rss/>'), ['gzip'], 1_000)).toString()).toBe('<rss/>');
  });

  test.each([['gzip'], ['br'], ['zstd'], ['deflate']] as const)('stops a %s bomb at the cap', async (coding) => {
    const bomb = encode([coding], ' '.repeat(30_000_000));
    await expect(decode(bomb, [coding], 100_000)).rejects.toMatchObject({ code: 'fetch-too-large' });
  });

  test('counts what comes out of each step of a chain', async () => {
    const bomb = encode(['gzip', 'gzip'], ' '.repeat(30_000_000));
    await expect(decode(bomb, ['gzip', 'gzip'], 10_000)).rejects.toMatchObject({ code: 'fetch-too-large' });
  });

  test('a cut or broken body is an error that names its coding', async () => {
    const cut = encode(['gzip'], text).subarray(0, 200);
    await expect(decode(cut, ['gzip'], 1_000_000)).rejects.toMatchObject({
      code: 'fetch-bad-encoding',
      detail: expect.stringContaining('gzip: '),
    });
    await expect(decode(Buffer.from('no zstd at all'), ['zstd'], 1_000)).rejects.toMatchObject({
      code: 'fetch-bad-encoding',
    });
  });

  test('bytes after the end of the data are left out', async () => {
    const data = Buffer.concat([zlib.gzipSync('whole'), Buffer.from('\u0000garbage')]);
    expect(Buffer.from(await decode(data, ['gzip'], 1_000)).toString()).toBe('whole');
  });
});

describe('Content-Encoding', () => {
  test('is read without regard to case, and identity is nothing', () => {
    expect(codingsOf(undefined)).toEqual([]);
    expect(codingsOf('X-GZip, identity, BR')).toEqual(['gzip', 'br']);
  });

  test('that is unknown or too long a chain is an error with its name', () => {
    const refusal = (header: string): unknown => {
      try {
        return codingsOf(header);
      } catch (error) {
        return error;
      }
    };
    expect(refusal('x-snappy')).toMatchObject({
      code: 'fetch-bad-encoding',
      detail: expect.stringContaining('x-snappy'),
    });
    expect(refusal('gzip, gzip, gzip')).toMatchObject({ code: 'fetch-bad-encoding' });
  });
});
