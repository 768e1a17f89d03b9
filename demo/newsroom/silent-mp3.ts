// One second of silence as MPEG-1 Layer III: 128 kbit/s, 44.1 kHz, frames of 417 bytes, each with empty side information.

const FRAME_BYTES = 417;
const FRAMES_A_SECOND = 38;

/** The bytes of a sound file with the title in its ID3v2.3 tag. */
export function silentMp3(title: string, seconds: number): Buffer {
  const frame = Buffer.alloc(FRAME_BYTES);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return Buffer.concat([id3(title), ...Array.from({ length: seconds * FRAMES_A_SECOND }, () => frame)]);
}

function id3(title: string): Buffer {
  const text = Buffer.concat([Buffer.of(1), Buffer.from(`\ufeff${title}`, 'utf16le')]);
  const frameHeader = Buffer.from('TIT2\0\0\0\0\0\0', 'latin1');
  frameHeader.writeUInt32BE(text.length, 4);
  const size = frameHeader.length + text.length;
  const header = Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1');
  header.set([(size >> 21) & 0x7f, (size >> 14) & 0x7f, (size >> 7) & 0x7f, size & 0x7f], 6);
  return Buffer.concat([header, frameHeader, text]);
}
