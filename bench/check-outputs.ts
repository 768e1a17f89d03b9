// Checks every feed under an output folder with the checker of ../shared/bench: each document alone, and the three of each topic together.
//   node bench/check-outputs.ts OUTPUT_DIR SITE_URL
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './support/run-program.ts';

const [output, siteUrl] = process.argv.slice(2);
if (output === undefined || siteUrl === undefined) {
  console.error('usage: node bench/check-outputs.ts OUTPUT_DIR SITE_URL');
  process.exit(2);
}
const checker = join(root, '../shared/bench/check-feed.mjs');
if (!existsSync(checker)) {
  console.error('SKIPPED: ../shared/bench is not here');
  process.exit(2);
}
const topics = readdirSync(join(output, 'feeds'))
  .filter((name) => name.endsWith('.atom'))
  .map((name) => name.slice(0, -'.atom'.length));
let bad = 0;
for (const topic of topics) {
  const files = ['atom', 'rss', 'json'].map((ending) => join(output, 'feeds', `${topic}.${ending}`));
  for (const file of files) {
    const url = `${siteUrl}feeds/${file.slice(file.lastIndexOf('/') + 1)}`;
    const result = await runNode([checker, '--max-warnings', '0', '--html', '--url', url, file]);
    console.log(result.stdout.trim().split('\n').slice(0, 12).join('\n'));
    if (result.code !== 0) bad++;
  }
  const together = await runNode([checker, '--same-set', ...files]);
  if (together.code !== 0) {
    bad++;
    console.log(together.stdout);
  }
}
console.log(`${topics.length} topics, ${topics.length * 3} documents, ${topics.length} sets; ${bad} refused`);
process.exit(bad === 0 ? 0 : 1);
