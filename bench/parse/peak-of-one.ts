// Reads one attack at the cap on bytes and prints by how many megabytes the process grew. Started by peaks.ts.
import { parseFeed } from '../../src/parse/parse-feed.ts';
import { holdingAttacks } from './peaks.ts';

const SIZE = 10_400_000;

// As JSON: some names hold characters that no argument may.
const wanted = JSON.parse(process.argv[2] ?? '""') as string;
const document = holdingAttacks(wanted)
  .find(({ name }) => name === wanted)!
  .bytes(SIZE);
const before = process.memoryUsage().rss;
try {
  await parseFeed(document, { url: 'https://feeds.example/all.xml', contentType: null });
} catch (error) {
  if (!Error.isError(error) || error.name !== 'StageError') throw error;
}
console.log(Math.max(0, process.resourceUsage().maxRSS / 1024 - before / 1024 / 1024));
