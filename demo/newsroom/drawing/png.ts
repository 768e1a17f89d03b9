import { crc32, deflateSync } from 'node:zlib';

// PNG (ISO/IEC 15948): a signature, then chunks; here truecolour with 8 bits a sample, no interlacing.

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BYTES_A_PIXEL = 3;

/** The PNG of an image given as rows of red, green and blue bytes. */
export function encodePng(pixels: Uint8Array, width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filterRows(pixels, width, height), { level: 7 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Each row as it is, or as its difference from the left or from above: whichever has the smallest sum (§12.8). */
function filterRows(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * BYTES_A_PIXEL;
  const filtered = new Uint8Array((stride + 1) * height);
  const candidates = [new Uint8Array(stride), new Uint8Array(stride), new Uint8Array(stride)] as const;
  for (let row = 0; row < height; row += 1) {
    const start = row * stride;
    const sums = [0, 0, 0] as [number, number, number];
    for (let at = 0; at < stride; at += 1) {
      const value = pixels[start + at]!;
      const left = at < BYTES_A_PIXEL ? 0 : pixels[start + at - BYTES_A_PIXEL]!;
      const above = row === 0 ? 0 : pixels[start + at - stride]!;
      sums[0] += distance((candidates[0][at] = value));
      sums[1] += distance((candidates[1][at] = (value - left) & 0xff));
      sums[2] += distance((candidates[2][at] = (value - above) & 0xff));
    }
    const best = sums[2] <= sums[1] && sums[2] <= sums[0] ? 2 : sums[1] <= sums[0] ? 1 : 0;
    filtered[row * (stride + 1)] = best;
    filtered.set(candidates[best], row * (stride + 1) + 1);
  }
  return filtered;
}

function distance(byte: number): number {
  return byte < 128 ? byte : 256 - byte;
}
