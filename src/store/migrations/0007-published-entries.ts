import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/**
 * What has been published: which entries of each topic are in which archive (`page`; 0: in none), the articles that they
 * show, what was taken back, and addresses at which nothing is any more. `story_changes` names the stories that were
 * saved since the last publication: whatever is stored by now is to be looked at once. `entry_turns` has what became of
 * each entry last, in the order in which it became so.
 */
export const publishedEntries: SchemaChange = {
  name: '0007-published-entries',
  statements(flavour) {
    const {
      text,
      number,
      counter: { onceOnly: counter },
      rows,
      byKey,
    } = sqlWords(flavour);
    return [
      `create table published_entries (
        topic_id ${text} not null,
        entry_id ${text} not null,
        page integer not null,
        subject_id ${text} not null,
        lead_article_id ${text} not null,
        published ${text} not null,
        updated ${text} not null,
        extent ${text} not null,
        words integer,
        characters integer,
        turn ${number} not null,
        primary key (topic_id, entry_id, page)
      )${byKey}`,
      `create index published_entries_of_page on published_entries (topic_id, page, turn, published, entry_id)`,
      `create index published_entries_of_subject on published_entries (topic_id, subject_id)`,

      `create table shown_articles (
        topic_id ${text} not null,
        entry_id ${text} not null,
        page integer not null,
        entry ${number} not null references ledger (entry),
        story_id ${text} not null,
        primary key (topic_id, entry_id, page, entry)
      )${byKey}`,
      `create index shown_articles_by_story on shown_articles (story_id)`,
      `create index shown_articles_by_entry on shown_articles (entry)`,

      `create table archive_chains (
        topic_id ${text} not null primary key,
        first_page integer not null,
        next_page integer not null,
        made_as ${text} not null
      )${byKey}`,

      `create table tombstones (
        topic_id ${text} not null,
        entry_id ${text} not null,
        at ${text} not null,
        reason ${text} not null,
        primary key (topic_id, entry_id)
      )${byKey}`,
      `create index tombstones_newest on tombstones (topic_id, at desc, entry_id)`,

      `create table entry_turns (
        topic_id ${text} not null,
        entry_id ${text} not null,
        turn ${number} not null,
        kind ${text} not null,
        subject_id ${text} not null,
        lead_article_id ${text} not null,
        updated ${text} not null,
        version ${text} not null,
        at ${text},
        primary key (topic_id, entry_id)
      )${byKey}`,
      `create unique index entry_turns_in_order on entry_turns (topic_id, turn)`,

      `create table fates (path ${text} not null primary key, moved_to ${text})${byKey}`,
      `create index stories_by_path on stories (path)`,

      `create table story_changes (number ${counter}, story_id ${text} not null)${rows}`,
      `insert into story_changes (story_id) select id from stories order by story`,
    ];
  },
};
