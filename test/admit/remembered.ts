import { admit, type Admitted } from '../../src/admit/admit.ts';
import { entryMarks } from '../../src/admit/entry-marks.ts';
import type { Entry } from '../../src/model/feed.ts';
import type { Alias, KnownEntry } from '../../src/model/ledger.ts';
import type { Source } from '../../src/model/source.ts';

export type Admit = typeof admit;
export type Poll = (...entries: readonly Entry[]) => Admitted[];

/**
 * A ledger in memory over several polls of one source, which remembers as a store does: only what was learnt is saved,
 * and a mark belongs to the entry that had it first.
 */
export function remembered(identity: Source['identity'] = 'guid', by: Admit = admit): Poll {
  const known = new Map<string, KnownEntry>();
  const ownerOf = new Map<string, string>();
  return (...entries) => {
    const marks = entryMarks(entries, identity);
    const asked = new Set(marks.flatMap(({ aliases }) => aliases.map(keyOf)));
    const found = new Set([...asked].flatMap((key) => ownerOf.get(key) ?? []));
    const admitted = by(
      marks,
      [...found].map((id) => known.get(id)!),
      { sourceId: 'harbour', now: '2026-11-24T06:00:00Z' },
    );
    for (const { ledger, learnt } of admitted) {
      if (!learnt) continue;
      const before = known.get(ledger.articleId);
      const fresh = ledger.aliases.filter((alias) => !ownerOf.has(keyOf(alias)));
      for (const alias of fresh) ownerOf.set(keyOf(alias), ledger.articleId);
      const aliases = [...(before?.aliases ?? []), ...fresh];
      known.set(ledger.articleId, { ...(before ?? ledger), digest: ledger.digest, aliases, state: 'published' });
    }
    return admitted;
  };
}

export const ids = (admitted: readonly Admitted[]): string[] => admitted.map((one) => one.ledger.articleId);
export const kinds = (admitted: readonly Admitted[]): string[] => admitted.map(({ kind }) => kind);

function keyOf({ kind, value }: Alias): string {
  return `${kind}:${value}`;
}
