import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/**
 * The first tables. Texts are ordered and compared byte by byte in both databases (SQLite does so by itself), so that
 * the same state is published in the same order from either.
 */
export const first: SchemaChange = {
  name: '0001-first',
  statements(flavour) {
    const {
      text,
      real,
      number,
      counter: { plain: counter },
      byKey,
      rows,
    } = sqlWords(flavour);
    return [
      `create table source_states (
        source_id ${text} not null primary key,
        url ${text} not null,
        etag ${text},
        last_modified ${text},
        body_digest ${text},
        checked_at ${text},
        next_check_at ${text},
        schedule ${text} not null,
        retry_after_until ${text},
        failures integer not null,
        last_failure ${text},
        feed_title ${text},
        feed_id ${text},
        feed_link ${text},
        feed_updated ${text},
        feed_rights ${text},
        feed_language ${text},
        repairs ${text} not null,
        unreadable ${text} not null
      )${byKey}`,

      `create table ledger (
        entry ${counter},
        article_id ${text} not null unique,
        source_id ${text} not null,
        entry_id ${text} not null,
        digest ${text} not null,
        first_seen_at ${text} not null,
        state ${text} not null,
        reason ${text} not null,
        state_at ${text} not null,
        title ${text},
        link ${text}
      )${rows}`,
      `create index ledger_by_state on ledger (state, source_id)`,
      `create index ledger_by_time on ledger (state_at)`,

      `create table aliases (
        source_id ${text} not null,
        mark ${text} not null,
        entry ${number} not null references ledger (entry),
        long_value ${text},
        primary key (source_id, mark)
      )${byKey}`,
      `create index aliases_by_entry on aliases (entry)`,

      `create table trail (
        step ${counter},
        entry ${number} not null references ledger (entry),
        at ${text} not null,
        state ${text} not null,
        reason ${text} not null
      )${rows}`,
      `create index trail_by_entry on trail (entry, step)`,

      `create table articles (
        entry ${number} not null primary key references ledger (entry),
        id ${text} not null,
        source_id ${text} not null,
        entry_id ${text} not null,
        link ${text},
        source_link ${text},
        publisher ${text} not null,
        title ${text} not null,
        authors ${text} not null,
        categories ${text} not null,
        section ${text},
        published ${text} not null,
        updated ${text} not null,
        first_seen_at ${text} not null,
        language ${text},
        image ${text},
        enclosures ${text} not null,
        rights ${text} not null,
        summary ${text} not null,
        content_html ${text} not null,
        content_from ${text} not null,
        content_reason ${text} not null,
        word_count integer not null,
        corrections ${text} not null
      )${rows}`,

      `create table missed_pages (
        entry ${number} not null primary key references articles (entry) on delete cascade,
        source_id ${text} not null,
        code ${text} not null,
        retries integer not null,
        next_at ${text},
        given ${text}
      )${rows}`,
      `create index missed_pages_by_time on missed_pages (source_id, next_at)`,

      `create table article_keys (
        mark ${text} not null,
        entry ${number} not null references articles (entry) on delete cascade,
        primary key (mark, entry)
      )${byKey}`,
      `create index article_keys_by_entry on article_keys (entry)`,

      `create table stories (
        story ${counter},
        id ${text} not null unique,
        path ${text} not null,
        lead_article_id ${text} not null,
        first_seen_at ${text} not null,
        published ${text} not null,
        updated ${text} not null,
        score ${real} not null,
        topic_count integer not null,
        context ${text} not null
      )${rows}`,
      `create index stories_newest on stories (published desc, id)`,
      `create index stories_newest_in_topics on stories (published desc, id) where topic_count > 0`,
      `create index stories_changed_in_topics on stories (updated) where topic_count > 0`,

      `create table story_articles (
        entry ${number} not null primary key references articles (entry),
        story ${number} not null references stories (story) on delete cascade,
        position integer not null
      )${rows}`,
      `create index story_articles_by_story on story_articles (story, position)`,

      `create table story_topics (
        story ${number} not null references stories (story) on delete cascade,
        topic_id ${text} not null,
        position integer not null,
        reason ${text} not null,
        story_id ${text} not null,
        published ${text} not null,
        updated ${text} not null,
        primary key (story, topic_id)
      )${byKey}`,
      `create index story_topics_newest on story_topics (topic_id, published desc, story_id)`,
      `create index story_topics_changed on story_topics (topic_id, updated)`,

      `create table outputs (
        path ${text} not null primary key,
        input_key ${text} not null,
        sha256 ${text} not null
      )${byKey}`,
      `create table facts (name ${text} not null primary key, value ${text} not null)${byKey}`,
    ];
  },
};
