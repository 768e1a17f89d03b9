import { fileURLToPath } from 'node:url';
import { runNode } from '../support/run-program.ts';
import { ATTACKS, type Attack } from './attacks.ts';

/** The heap that one document at the cap on bytes may use, its result and all that is made on the way among it. */
export const HEAP_MB = 512;

/** The attacks that make something out of much input: these are the ones that hold memory. */
const HOLDING =
  /^(?:one item of|items of a hundred|a body of|an? .*\bbase|a (?:long )?link of|a srcset of many|a JSON|"<i\/>|"&amp;|"<b>|JSON items of \{|UTF-16|2 thousand)/;

export type Peak = { readonly name: string; readonly megabytes: number | null };

/** A feed of as many entries as are read, each with a body as large as the cap on bytes allows. */
const FULL: Attack = {
  name: '2 thousand entries of large bodies',
  bytes(size) {
    const body = '&lt;p class="a"&gt;One &amp;amp; two &lt;a href="b"&gt;three&lt;/a&gt;&lt;/p&gt;';
    const entry = `<item><title>T</title><description>${body.repeat(size / 2000 / body.length)}</description></item>`;
    return new TextEncoder().encode(`<rss version="2.0"><channel>${entry.repeat(size / entry.length)}</channel></rss>`);
  },
};

export function holdingAttacks(part: string): readonly Attack[] {
  return [FULL, ...ATTACKS].filter(({ name }) => HOLDING.test(name) && name.includes(part));
}

/** The peak of each, largest first; null for one that a heap of HEAP_MB does not hold. */
export async function peaksAtTheCap(part: string): Promise<Peak[]> {
  const script = fileURLToPath(new URL('peak-of-one.ts', import.meta.url));
  const peaks: Peak[] = [];
  for (const { name } of holdingAttacks(part)) {
    const { stdout, code } = await runNode([`--max-old-space-size=${HEAP_MB}`, script, JSON.stringify(name)]);
    peaks.push({ name, megabytes: code === 0 ? Number(stdout) : null });
  }
  return peaks.toSorted((a, b) => (b.megabytes ?? Infinity) - (a.megabytes ?? Infinity));
}
