import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { judge } from '../../bench/adapters/addresses.ts';

type Case = {
  readonly id: string;
  readonly url: string;
  readonly allowed: boolean | null;
  readonly why: string;
  readonly dns?: readonly string[];
  readonly redirectsTo?: string;
  readonly status?: number;
};

const corpus = fileURLToPath(new URL('../../../shared/corpus/hostile/ssrf-urls.jsonl', import.meta.url));
const present = existsSync(corpus);
if (!present) console.log('skipped: the hostile addresses are not beside this checkout (../shared/corpus/hostile)');

(present ? test : test.skip)('the corpus of hostile addresses is judged as it says', async () => {
  const cases = readFileSync(corpus, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .filter(({ allowed }) => allowed !== null);
  const wrong: string[] = [];
  for (const one of cases) {
    const { allowed, reason } = await judge(one.url, {
      resolve: (host) => one.dns ?? (host.endsWith('.example') ? ['93.184.216.34'] : []),
      answerOf: (url) =>
        one.redirectsTo !== undefined && [new URL(one.url).href, one.redirectsTo].includes(url)
          ? { status: one.status!, location: one.redirectsTo }
          : null,
    });
    if (allowed !== one.allowed) wrong.push(`${one.id} ${one.url} (${one.why}): ${reason}`);
  }
  expect(cases.length).toBeGreaterThan(200);
  expect(wrong).toEqual([]);
});
