import { sql, type RawBuilder, type Selectable } from 'kysely';
import type { DueImage, ImageCopy, ImageOutcome, ImagesOfArticle, ImageStanding } from '../model/image-copy.ts';
import type { Instant } from '../support/instant.ts';
import { moveChangeMark } from './change-mark.ts';
import { FORMER } from './entry-places.ts';
import type { ImageCounts, ImageRoom, ImageStore, UnusedImages } from './image-store.ts';
import { insertRows, lastOfEach } from './many-rows.ts';
import { keyMark } from './marks.ts';
import type { Runner } from './pushes.ts';
import { entryNumbers } from './save-trail.ts';
import type { Session } from './session.ts';
import type { ImageRow } from './tables.ts';

const IS_SHOWN_BY_NONE = sql<boolean>`not exists (
  select 1 from article_images where article_images.image = images.image
)`;
const NOTHING_YET = { path: null, type: null, width: null, height: null, bytes: null };

/** The pictures of articles, over either database. */
export function imageStore({ ask, askAtOnce, change }: Runner): ImageStore {
  return {
    want: (images, now) => change((session) => want(session, images, now)),
    notNoted: (images) => ask((session) => notNoted(session, images)),
    due: (now, limit) => ask((session) => due(session, now, limit)),
    async save(outcome) {
      let isSaved = false;
      await change(async (session) => {
        isSaved = await save(session, outcome);
      });
      return isSaved;
    },
    copies: () => ask(copies),
    publishedCopies: (urls) => ask((session) => publishedCopies(session, urls)),
    isCopyAt: (path) =>
      ask(async ({ db }) => {
        const rows = await db.selectFrom('images').select('image').where('path', '=', path).limit(1).execute();
        return rows.length > 0;
      }),
    pathsIn: (room) => ask((session) => pathsIn(session, room)),
    lost: (paths, now) => change((session) => lost(session, paths, now)),
    articlesWith: (after, limit) => ask((session) => articlesWith(session, after, limit)),
    async unlink(articleIds) {
      if (articleIds.length > 0) await change((session) => unlink(session, articleIds));
    },
    unused: (limit) => askAtOnce((session) => unused(session, limit)),
    forget: (urls) => change((session) => forget(session, urls)),
    counts: () => askAtOnce(counts),
    ofArticle: (articleId) => ask((session) => ofArticle(session, articleId)),
  };
}

async function want(session: Session, images: readonly ImagesOfArticle[], now: Instant): Promise<void> {
  const { db, flavour } = session;
  const shown = images.flatMap(({ articleId, sourceId, addresses }) =>
    addresses.map((url) => ({ articleId, sourceId, url, mark: keyMark(url) })),
  );
  if (shown.length === 0) return;
  const rows = lastOfEach(shown, ({ mark }) => mark).map(({ mark, url, sourceId }) => ({
    mark,
    url,
    source_id: sourceId,
    ...NOTHING_YET,
    tries: 0,
    code: null,
    reason: null,
    next_at: now,
  }));
  await insertRows(session, 'images', rows, { key: ['mark'], set: [] });
  const found = await db
    .selectFrom('images')
    .select(['image', 'mark'])
    .where(flavour.isOneOf('mark', [...new Set(shown.map(({ mark }) => mark))]))
    .execute();
  const numbers = new Map(found.map(({ mark, image }) => [mark, image]));
  const entries = await keptEntries(session, [...new Set(shown.map(({ articleId }) => articleId))]);
  const links = shown.flatMap(({ articleId, mark }) => {
    const [entry, image] = [entries.get(articleId), numbers.get(mark)];
    return entry === undefined || image === undefined ? [] : [{ entry, image }];
  });
  const once = lastOfEach(links, ({ entry, image }) => `${entry} ${image}`);
  await insertRows(session, 'article_images', once, { key: ['entry', 'image'], set: [] });
}

/** The numbers of those articles that are still kept. */
async function keptEntries(session: Session, articleIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const numbers = await entryNumbers(session, articleIds);
  const kept = await session.db
    .selectFrom('articles')
    .select('entry')
    .where(session.flavour.isOneOf('entry', [...numbers.values()]))
    .execute();
  const entries = new Set(kept.map(({ entry }) => entry));
  return new Map([...numbers].filter(([, entry]) => entries.has(entry)));
}

async function notNoted(
  { db, flavour }: Session,
  images: readonly ImagesOfArticle[],
): Promise<readonly ImagesOfArticle[]> {
  if (images.length === 0) return [];
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('article_images', 'article_images.entry', 'ledger.entry')
    .innerJoin('images', 'images.image', 'article_images.image')
    .select(['ledger.article_id as id', 'images.mark'])
    .where(
      flavour.isOneOf(
        'ledger.article_id',
        images.map(({ articleId }) => articleId),
      ),
    )
    .execute();
  const noted = new Set(rows.map(({ id, mark }) => `${id} ${mark}`));
  return images.filter(({ articleId, addresses }) =>
    addresses.some((url) => !noted.has(`${articleId} ${keyMark(url)}`)),
  );
}

/** Source by source, one of each at a time: who has many keeps nobody waiting who has few. */
async function due({ db }: Session, now: Instant, limit: number): Promise<DueImage[]> {
  const { rows } = await sql<{ url: string; sourceId: string; tries: number }>`
    select url, source_id as ${sql.ref('sourceId')}, tries from (
      select image, url, source_id, tries, row_number() over (partition by source_id order by tries, image desc) as turn
      from images where next_at <= ${now}
    ) as in_turn
    order by turn, tries, image desc limit ${limit}`.execute(db);
  return rows.map(({ url, sourceId, tries }) => ({ url, sourceId, tries }));
}

async function save(session: Session, outcome: ImageOutcome): Promise<boolean> {
  const isOurs = session.db.updateTable('images').where('mark', '=', keyMark(outcome.url));
  if (outcome.kind === 'copied') {
    const { path, type, width, height, bytes } = outcome.copy;
    const found = { path, type, width, height, bytes };
    const { numUpdatedRows } = await isOurs
      .set({ ...found, tries: 0, code: null, reason: null, next_at: null })
      .where(sql<boolean>`not ${IS_SHOWN_BY_NONE}`)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await moveChangeMark(session);
    return true;
  }
  const { numUpdatedRows } =
    outcome.kind === 'waits'
      ? await isOurs.set({ next_at: outcome.nextAt }).executeTakeFirst()
      : await isOurs
          .set(({ eb }) => ({
            tries: eb('tries', '+', 1),
            code: outcome.code,
            reason: outcome.reason,
            next_at: outcome.nextAt,
          }))
          .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const COPY_COLUMNS = [
  'images.url',
  'images.path',
  'images.type',
  'images.width',
  'images.height',
  'images.bytes',
] as const;

async function copies({ db }: Session): Promise<ReadonlyMap<string, ImageCopy>> {
  const rows = await db.selectFrom('images').select(COPY_COLUMNS).where('path', 'is not', null).execute();
  return copiesIn(rows);
}

async function publishedCopies(
  { db, flavour }: Session,
  urls: readonly string[],
): Promise<ReadonlyMap<string, ImageCopy>> {
  if (urls.length === 0) return new Map();
  const rows = await db
    .selectFrom('images')
    .innerJoin('outputs', 'outputs.path', 'images.path')
    .select(COPY_COLUMNS)
    .where('outputs.sha256', '!=', '')
    .where(flavour.isOneOf('images.mark', urls.map(keyMark)))
    .execute();
  return copiesIn(rows);
}

type CopyRow = Pick<Selectable<ImageRow>, 'url' | 'path' | 'type' | 'width' | 'height' | 'bytes'>;

function copiesIn(rows: readonly CopyRow[]): ReadonlyMap<string, ImageCopy> {
  return new Map(rows.flatMap((row) => (row.path === null ? [] : [[row.url, copyOf({ ...row, path: row.path })]])));
}

type CopyColumns = Pick<Selectable<ImageRow>, 'type' | 'width' | 'height' | 'bytes'> & { readonly path: string };

function copyOf({ path, type, width, height, bytes }: CopyColumns): ImageCopy {
  return { path, type: type ?? '', width: width ?? 0, height: height ?? 0, bytes: bytes ?? 0 };
}

async function pathsIn({ db }: Session, room: ImageRoom): Promise<ReadonlySet<string>> {
  // Most have no copies at all, and are not to look through all of their stories for them.
  const any = await db.selectFrom('images').select('image').where('path', 'is not', null).limit(1).execute();
  if (any.length === 0) return new Set();
  const { rows } = await sql<{ path: string }>`
    select distinct images.path as path from images
    join article_images on article_images.image = images.image
    where images.path is not null and article_images.entry in (${entriesWithPages(room)} union ${entriesInDocuments(room)})`.execute(
    db,
  );
  return new Set(rows.map(({ path }) => path));
}

function entriesWithPages(room: ImageRoom): RawBuilder<unknown> {
  return 'privateTopicId' in room
    ? sql`
        select story_articles.entry from story_articles
        join story_topics on story_topics.story = story_articles.story
        where story_topics.topic_id = ${room.privateTopicId}`
    : sql`
        select story_articles.entry from story_articles
        join stories on stories.story = story_articles.story
        where stories.topic_count > 0`;
}

function entriesInDocuments(room: ImageRoom): RawBuilder<unknown> {
  const topicIds = 'privateTopicId' in room ? [room.privateTopicId] : room.publicTopicIds;
  return sql`
    select entry from shown_articles
    where page > ${sql.lit(FORMER)} and topic_id in (${sql.join(topicIds.map((id) => sql.val(id)))})`;
}

async function lost({ db, flavour }: Session, paths: readonly string[], now: Instant): Promise<void> {
  if (paths.length === 0) return;
  await db
    .updateTable('images')
    .set({ ...NOTHING_YET, tries: 0, next_at: now })
    .where(flavour.isOneOf('path', paths))
    .execute();
}

async function unlink({ db, flavour }: Session, articleIds: readonly string[]): Promise<void> {
  const entries = db.selectFrom('articles').select('entry').where(flavour.isOneOf('id', articleIds));
  await db.deleteFrom('article_images').where('entry', 'in', entries).execute();
}

async function unused({ db, flavour }: Session, limit: number): Promise<UnusedImages> {
  const rows = await db.selectFrom('images').select(['url', 'path']).where(IS_SHOWN_BY_NONE).limit(limit).execute();
  const paths = [...new Set(rows.flatMap(({ path }) => path ?? []))];
  const needed = await db
    .selectFrom('images')
    .select('path')
    .where(flavour.isOneOf('path', paths))
    .where(sql<boolean>`not ${IS_SHOWN_BY_NONE}`)
    .execute();
  const kept = new Set(needed.map(({ path }) => path));
  return { urls: rows.map(({ url }) => url), free: paths.filter((path) => !kept.has(path)) };
}

async function forget({ db, flavour }: Session, urls: readonly string[]): Promise<void> {
  if (urls.length === 0) return;
  await db
    .deleteFrom('images')
    .where(flavour.isOneOf('mark', urls.map(keyMark)))
    .where(IS_SHOWN_BY_NONE)
    .execute();
}

async function counts({ db }: Session): Promise<ImageCounts> {
  const all = await db
    .selectFrom('images')
    .select(({ fn }) => [fn.count<number>('path').as('copies'), fn.count<number>('next_at').as('waiting')])
    .executeTakeFirstOrThrow();
  // What two addresses share lies there once.
  const { bytes } = await db
    .selectFrom(db.selectFrom('images').select(['path', 'bytes']).distinct().where('path', 'is not', null).as('files'))
    .select(({ fn }) => fn.sum<number | string | null>('bytes').as('bytes'))
    .executeTakeFirstOrThrow();
  const missed = await db
    .selectFrom('images')
    .select(({ fn }) => ['code', fn.countAll<number>().as('count')])
    .where('code', 'is not', null)
    .where('path', 'is', null)
    .groupBy('code')
    .orderBy('code')
    .execute();
  return {
    copies: all.copies,
    // PostgreSQL's sums are decimal numbers, which come as texts.
    bytes: Number(bytes ?? 0),
    waiting: all.waiting,
    missed: missed.map(({ code, count }) => ({ code: code ?? '', count })),
  };
}

async function articlesWith({ db }: Session, after: string | null, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('ledger')
    .select('article_id')
    .where(sql<boolean>`exists (select 1 from article_images where article_images.entry = ledger.entry)`)
    .$if(after !== null, (query) => query.where('article_id', '>', after!))
    .orderBy('article_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.article_id);
}

async function ofArticle({ db }: Session, articleId: string): Promise<ImageStanding[]> {
  const rows = await db
    .selectFrom('ledger')
    .innerJoin('article_images', 'article_images.entry', 'ledger.entry')
    .innerJoin('images', 'images.image', 'article_images.image')
    .selectAll('images')
    .where('ledger.article_id', '=', articleId)
    .orderBy('images.image')
    .execute();
  return rows.map(({ url, path, reason, next_at: nextAt, ...row }) => ({
    url,
    copy: path === null ? null : copyOf({ ...row, path }),
    reason,
    nextAt,
  }));
}
