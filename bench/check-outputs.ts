// Checks every feed under an output folder with the checker of ../shared/bench: each document alone (no warning allowed, its
// HTML judged too, its address compared), and the three of each topic together.
//   node bench/check-outputs.ts OUTPUT_DIR SITE_URL [NOW]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/run-program.ts';

type Finding = { readonly code: string; readonly msg: string };
type Checked = {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly entries: readonly unknown[];
};
type Checker = {
  checkFeed(
    bytes: Uint8Array,
    options: { readonly url: string; readonly html: boolean; readonly now?: number },
  ): Promise<Checked>;
  sameSet(results: readonly (Checked & { readonly file: string })[]): readonly Finding[];
};

const [output, siteUrl, now] = process.argv.slice(2);
if (output === undefined || siteUrl === undefined) {
  console.error('usage: node bench/check-outputs.ts OUTPUT_DIR SITE_URL [NOW]');
  process.exit(2);
}
const checkerFile = join(root, '../shared/bench/check-feed.mjs');
if (!existsSync(checkerFile)) {
  console.error('SKIPPED: ../shared/bench is not here');
  process.exit(2);
}
const checker = (await import(checkerFile)) as Checker;
const topics = readdirSync(join(output, 'feeds'))
  .filter((name) => name.endsWith('.atom'))
  .map((name) => name.slice(0, -'.atom'.length));
const counts = { documents: 0, entries: 0, errors: 0, warnings: 0, sets: 0 };
for (const topic of topics) {
  const set: (Checked & { file: string })[] = [];
  for (const ending of ['atom', 'rss', 'json']) {
    const file = `${topic}.${ending}`;
    const options = {
      url: `${siteUrl}feeds/${file}`,
      html: true,
      ...(now === undefined ? {} : { now: Date.parse(now) }),
    };
    const checked = await checker.checkFeed(readFileSync(join(output, 'feeds', file)), options);
    console.log(
      `${file}: ${checked.entries.length} entries, ${checked.errors.length} errors, ${checked.warnings.length} warnings`,
    );
    for (const { code, msg } of [...checked.errors, ...checked.warnings].slice(0, 10)) console.log(`  ${code} ${msg}`);
    counts.documents++;
    counts.entries += checked.entries.length;
    counts.errors += checked.errors.length;
    counts.warnings += checked.warnings.length;
    set.push({ file, ...checked });
  }
  for (const { code, msg } of checker.sameSet(set)) {
    counts.errors++;
    console.log(`  ${topic}: ${code} ${msg}`);
  }
  counts.sets++;
}
console.log(JSON.stringify(counts));
process.exit(counts.documents > 0 && counts.errors === 0 && counts.warnings === 0 ? 0 : 1);
