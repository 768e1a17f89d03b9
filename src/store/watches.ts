import type { Drift, MadeFrom, PageShape, Sign, Sighting, SourceWatch } from '../model/source-watch.ts';
import { insertRows } from './many-rows.ts';
import type { Session } from './session.ts';
import type { SourceWatchRow } from './tables.ts';

// What is known of how a source's articles look. A profile is twenty shapes and is written whenever one is added: so
// shapes are packed, as lists without names, into about three kilobytes a source.

export async function sourceWatch({ db }: Session, sourceId: string): Promise<SourceWatch | null> {
  const row = await db.selectFrom('source_watches').selectAll().where('source_id', '=', sourceId).executeTakeFirst();
  return row === undefined ? null : watchOf(row);
}

export async function drifts({ db }: Session): Promise<Map<string, Drift>> {
  const rows = await db
    .selectFrom('source_watches')
    .select(['source_id', 'drift_since', 'drift_reason'])
    .where('drift_since', 'is not', null)
    .orderBy('source_id')
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const drift = driftOf(row);
      return drift === null ? [] : [[row.source_id, drift] as const];
    }),
  );
}

export async function saveSourceWatch(session: Session, sourceId: string, watch: SourceWatch): Promise<void> {
  const set = ['selectors', 'shapes', 'latest', 'drift_since', 'drift_reason'] as const;
  await insertRows(session, 'source_watches', [watchRow(sourceId, watch)], { key: ['source_id'], set });
}

/** What articles could be made from again is kept of them no more; how their pages looked is. */
export async function forgetMadeFrom({ db, flavour }: Session, entries: readonly number[]): Promise<void> {
  const isOurs = flavour.isOneOf('ledger.entry', entries);
  const gone = await db.selectFrom('ledger').select(['article_id', 'source_id']).where(isOurs).execute();
  const ids = new Set(gone.map((row) => row.article_id));
  const sources = [...new Set(gone.map((row) => row.source_id))];
  const rows = await db
    .selectFrom('source_watches')
    .select(['source_id', 'latest'])
    .where(flavour.isOneOf('source_id', sources))
    .execute();
  for (const { source_id: sourceId, latest } of rows) {
    const before = (JSON.parse(latest) as readonly PackedSighting[]).map(sightingOf);
    const after = before.map(({ madeFrom, ...rest }) =>
      madeFrom === undefined || ids.has(madeFrom.articleId) ? rest : { madeFrom, ...rest },
    );
    const packedAfter = JSON.stringify(after.map(packedSighting));
    if (packedAfter !== latest)
      await db.updateTable('source_watches').set({ latest: packedAfter }).where('source_id', '=', sourceId).execute();
  }
}

function watchRow(sourceId: string, { selectors, shapes, latest, drift }: SourceWatch): SourceWatchRow {
  return {
    source_id: sourceId,
    selectors,
    shapes: JSON.stringify(shapes.map(packed)),
    latest: JSON.stringify(latest.map(packedSighting)),
    drift_since: drift?.since ?? null,
    drift_reason: drift?.reason ?? null,
  };
}

function watchOf(row: SourceWatchRow): SourceWatch {
  return {
    selectors: row.selectors,
    shapes: (JSON.parse(row.shapes) as readonly Packed[]).map(unpacked),
    latest: (JSON.parse(row.latest) as readonly PackedSighting[]).map(sightingOf),
    drift: driftOf(row),
  };
}

function driftOf({ drift_since, drift_reason }: Pick<SourceWatchRow, 'drift_since' | 'drift_reason'>): Drift | null {
  return drift_since === null ? null : { since: drift_since, reason: drift_reason ?? '' };
}

type PackedSighting = readonly [Packed, readonly Sign[], madeFrom?: MadeFrom];

function packedSighting({ shape, signs, madeFrom }: Sighting): PackedSighting {
  return madeFrom === undefined ? [packed(shape), signs] : [packed(shape), signs, madeFrom];
}

function sightingOf([shape, signs, madeFrom]: PackedSighting): Sighting {
  return { shape: unpacked(shape), signs, ...(madeFrom === undefined ? {} : { madeFrom }) };
}

type Packed = ReturnType<typeof packed>;

function packed(shape: PageShape) {
  const { article, address, text, lines, words, paragraphs, agreement, shared, repeated, refrain, language, wall } =
    shape;
  const yes = [shape.missed, shape.hasImage, shape.steps].map((is) => (is ? '1' : '0')).join('');
  const numbers = [words, paragraphs, shared, repeated, refrain] as const;
  return [address, text, lines.join(' '), yes, numbers, agreement, language, wall, article] as const;
}

function unpacked([address, text, lines, yes, numbers, agreement, language, wall, article]: Packed): PageShape {
  const [words, paragraphs, shared, repeated, refrain] = numbers;
  return {
    article,
    address,
    text,
    lines: lines === '' ? [] : lines.split(' '),
    missed: yes[0] === '1',
    wall,
    words,
    paragraphs,
    hasImage: yes[1] === '1',
    agreement,
    shared,
    repeated,
    refrain,
    steps: yes[2] === '1',
    language,
  };
}
