import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './run-program.ts';

// One publication as the checker of ../shared/bench sees it: each document, the three of a set, and what was there before.

type Finding = { readonly code: string; readonly msg: string };
type Checked = {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly entries: readonly unknown[];
};
type Checker = {
  checkFeed(bytes: Uint8Array, options: object): Promise<Checked>;
  sameSet(results: readonly (Checked & { readonly file: string })[]): readonly Finding[];
};

/**
 * What is remembered of a publication, by the paths of its documents: the digest of each, and what the checker read there, for
 * the next one to be compared with. Of archives the digest is enough: a closed one keeps its bytes for ever (RFC 5005 §4).
 */
export type Judged = ReadonlyMap<string, { readonly digest: string; readonly checked: Checked | null }>;

export type PublicationCheck = {
  readonly judged: Judged;
  readonly findings: readonly string[];
  readonly counts: {
    readonly documents: number;
    readonly entries: number;
    readonly sets: number;
    /** Documents that are other than in the publication before, and were compared with it. */
    readonly compared: number;
    /** Documents that are, to the byte, what they were: judged then. */
    readonly unchanged: number;
    readonly errors: number;
    readonly warnings: number;
  };
};

/** `now` is the moment of publication; `before` what is remembered of the publication before, if there was one. */
export async function checkPublication(
  output: string,
  { siteUrl, now, before }: { readonly siteUrl: string; readonly now: string; readonly before: Judged | null },
): Promise<PublicationCheck> {
  const checker = (await import(join(root, '../shared/bench/check-feed.mjs'))) as Checker;
  const findings: string[] = [];
  const counts = { documents: 0, entries: 0, sets: 0, compared: 0, unchanged: 0, errors: 0, warnings: 0 };
  const judged = new Map<string, { readonly digest: string; readonly checked: Checked | null }>();
  for (const [stem, paths] of setsOf(output)) {
    const set: (Checked & { readonly file: string })[] = [];
    for (const path of paths) {
      const bytes = readFileSync(join(output, path));
      const digest = createHash('sha256').update(bytes).digest('hex');
      const earlier = before?.get(path);
      if (earlier?.digest === digest) {
        judged.set(path, earlier);
        counts.unchanged++;
        continue;
      }
      const isArchive = path.includes('/archive/');
      const previous = earlier?.checked ?? null;
      const options = { url: siteUrl + path, html: true, now: Date.parse(now), ...(previous && { previous }) };
      const checked = await checker.checkFeed(bytes, options);
      const errors = checked.errors.map(({ code, msg }) => `${code} ${msg}`);
      if (isArchive && earlier !== undefined) errors.push('archive-changed its bytes are others than before');
      findings.push(...errors.map((error) => `${path}: error ${error}`));
      findings.push(...checked.warnings.map(({ code, msg }) => `${path}: warning ${code} ${msg}`));
      counts.documents++;
      counts.entries += checked.entries.length;
      counts.errors += errors.length;
      counts.warnings += checked.warnings.length;
      if (previous !== null) counts.compared++;
      judged.set(path, { digest, checked: isArchive ? null : checked });
      set.push({ ...checked, file: path });
    }
    const said = paths.length === 3 ? [] : [`${stem}: error set-size ${paths.length} documents instead of three`];
    if (set.length > 1) said.push(...checker.sameSet(set).map(({ code, msg }) => `${stem}: error ${code} ${msg}`));
    findings.push(...said);
    counts.errors += said.length;
    if (set.length > 0) counts.sets++;
  }
  return { judged, findings, counts };
}

/** The documents of each edition: paths below the output folder, by what they have in common. */
function setsOf(output: string): Map<string, string[]> {
  const paths = readdirSync(join(output, 'feeds'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:atom|rss|json)$/.test(entry.name))
    .map((entry) => relative(output, join(entry.parentPath, entry.name)))
    .toSorted();
  const sets = new Map<string, string[]>();
  for (const path of paths) {
    const stem = path.slice(0, path.lastIndexOf('.'));
    sets.set(stem, [...(sets.get(stem) ?? []), path]);
  }
  return sets;
}
