// Runs ../shared/corpus/hostile against the product and prints what fails. Everything stays on loopback.
//   node bench/hostile.ts [PART …]      PART: ssrf-urls, strings, slug-collisions, identity-scenarios, sources-json, feeds
//   HOSTILE_ONLY=REGEX                  only the feeds whose id or title matches
import { feeds } from './hostile/feeds.ts';
import { identityScenarios } from './hostile/identity-scenarios.ts';
import { slugCollisions } from './hostile/slug-collisions.ts';
import { sourcesJson } from './hostile/sources-json.ts';
import { ssrfUrls } from './hostile/ssrf-urls.ts';
import { strings } from './hostile/strings.ts';
import { corpusIsHere, type Verdict } from './hostile/verdict.ts';

const PARTS: Readonly<Record<string, () => AsyncIterable<Verdict> | Iterable<Verdict>>> = {
  'ssrf-urls': ssrfUrls,
  strings,
  'slug-collisions': slugCollisions,
  'identity-scenarios': identityScenarios,
  'sources-json': sourcesJson,
  feeds: () => feeds(new RegExp(process.env['HOSTILE_ONLY'] ?? '', 'i')),
};

if (!corpusIsHere) {
  console.error('SKIPPED: ../shared/corpus/hostile is not here');
  process.exit(0);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`no part is named ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const [name, run] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const verdicts: Verdict[] = [];
  for await (const verdict of run()) verdicts.push(verdict);
  const of = (outcome: Verdict['outcome']): Verdict[] => verdicts.filter((verdict) => verdict.outcome === outcome);
  failed += of('failed').length;
  console.log(
    `${name}: ${verdicts.length} cases, ${of('passed').length} passed, ${of('failed').length} failed, ${of('not built yet').length} not built yet`,
  );
  for (const { id, outcome, why } of [...of('failed'), ...of('not built yet')])
    console.log(`  ${outcome}  ${id}  ${why}`);
}
process.exit(failed === 0 ? 0 : 1);
