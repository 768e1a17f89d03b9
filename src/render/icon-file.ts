/**
 * A PNG as a favicon.ico holds it: six octets that say what the file is, and sixteen of the one picture in it. Browsers ask
 * for that name at the root of a host whatever its pages say, as for a feed or a picture that is looked at by itself.
 * @param png of at most 256 by 256 pixels, eight bits a colour, without transparency
 */
export function iconFile(png: Uint8Array): Uint8Array {
  const picture = Buffer.from(png);
  const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  // 256 is written as 0: one octet has no room for it.
  head.writeUInt8(width % 256, 6);
  head.writeUInt8(height % 256, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(24, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, picture]);
}
