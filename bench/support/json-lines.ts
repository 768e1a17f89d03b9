import { closeSync, openSync, readSync } from 'node:fs';

/** The lines of a file of JSON, no more than `most` at a time. */
export function* batchesOf<Line>(file: string, most: number): Generator<readonly Line[]> {
  const input = openSync(file, 'r');
  const bytes = Buffer.alloc(4 << 20);
  let left = '';
  const decoder = new TextDecoder();
  for (let read = readSync(input, bytes); read > 0; read = readSync(input, bytes)) {
    const lines = (left + decoder.decode(bytes.subarray(0, read), { stream: true })).split('\n');
    left = lines.pop()!;
    for (let at = 0; at < lines.length; at += most)
      yield lines.slice(at, at + most).map((line) => JSON.parse(line) as Line);
  }
  closeSync(input);
}
