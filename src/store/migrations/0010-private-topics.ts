import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/**
 * Private topics: which of a story's topics are private, how many (`topic_count` goes on to count the public ones alone, which
 * all were until now), and the tokens that open them.
 */
export const privateTopics: SchemaChange = {
  name: '0010-private-topics',
  statements(flavour) {
    const { text, byKey } = sqlWords(flavour);
    return [
      `alter table story_topics add column private integer not null default 0`,
      `create index story_topics_private on story_topics (topic_id) where private = 1`,
      `alter table stories add column private_topic_count integer not null default 0`,
      `create index stories_private on stories (published) where private_topic_count > 0`,
      `create table private_tokens (
        topic_id ${text} not null primary key,
        token ${text} not null unique,
        made_at ${text} not null
      )${byKey}`,
    ];
  },
};
