import type { Row } from '../../store/backup/read-rows.ts';

/** A published file that nothing could make again, as its record has it. */
export type KeptFile = { readonly path: string; readonly sha256: string };

/**
 * Finds out of the rows of a database which published files cannot be made again from them: closed archives, which stay as
 * they were when they were closed, and the last good ones of those that the gate refuses by now. All others come out of the
 * next publication as they were.
 */
export function keptFiles(): {
  note(table: string, rows: readonly Row[]): void;
  all(): readonly KeptFile[];
} {
  const records = new Map<string, { readonly digest: string; readonly isClosed: boolean }>();
  const refused = new Set<string>();
  return {
    note(table, rows) {
      for (const row of rows)
        if (table === 'outputs')
          records.set(String(row['path']), {
            digest: String(row['sha256']),
            isClosed: row['input_key'] === 'closed',
          });
        else if (table === 'facts' && row['name'] === 'published-with')
          for (const path of refusedIn(String(row['value']))) refused.add(path);
    },
    all: () =>
      [...records].flatMap(([path, { digest, isClosed }]) =>
        digest !== '' && (isClosed || refused.has(path)) ? [{ path, sha256: digest }] : [],
      ),
  };
}

function refusedIn(publication: string): readonly string[] {
  const { refusals = [] } = JSON.parse(publication) as {
    readonly refusals?: readonly { readonly path: string; readonly of: string }[];
  };
  return refusals.flatMap((refusal) => (refusal.of === 'file' ? [refusal.path] : []));
}
