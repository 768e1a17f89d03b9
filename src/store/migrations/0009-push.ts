import type { SchemaChange } from './schema-change.ts';
import { sqlWords } from './sql-words.ts';

/**
 * Pushes, both ways: who is subscribed at our hub and who has asked to be, our subscriptions at the hubs of sources, what
 * webhooks were told and what is on its way to them. What is to be delivered of a topic is no row of its own: it is the
 * difference between the document as it was published (`outputs`) and as its subscriber has it.
 */
export const push: SchemaChange = {
  name: '0009-push',
  statements(flavour) {
    const {
      text,
      number,
      counter: { onceOnly: counter },
      byKey,
      rows,
    } = sqlWords(flavour);
    const tries = `tries ${number} not null, since ${text}, last_failure ${text}`;
    const subscriber = `mark ${text} not null primary key,
        topic ${text} not null,
        path ${text} not null,
        callback ${text} not null,
        host ${text} not null,
        site ${text} not null,
        secret ${text}`;
    return [
      `create table hub_intents (
        ${subscriber},
        mode ${text} not null,
        lease_seconds ${number} not null,
        reason ${text},
        due_at ${text} not null,
        ${tries}
      )${byKey}`,
      `create index hub_intents_by_time on hub_intents (due_at)`,
      `create index hub_intents_by_site on hub_intents (site)`,
      `create table hub_subscriptions (
        ${subscriber},
        lease_ends_at ${text} not null,
        delivered ${text} not null,
        due_at ${text} not null,
        ${tries}
      )${byKey}`,
      `create index hub_subscriptions_by_path on hub_subscriptions (path)`,
      `create index hub_subscriptions_by_site on hub_subscriptions (site)`,
      `create index hub_subscriptions_by_lease on hub_subscriptions (lease_ends_at)`,
      `create table upstream_hubs (
        source_id ${text} not null primary key,
        hub ${text} not null,
        topic ${text} not null,
        token ${text} not null unique,
        secret ${text} not null,
        status ${text} not null,
        lease_ends_at ${text},
        due_at ${text} not null,
        pushes ${number} not null,
        last_push_at ${text},
        forged ${number} not null,
        ${tries}
      )${byKey}`,
      `create index upstream_hubs_by_time on upstream_hubs (due_at)`,
      `create table webhook_topics (topic_id ${text} not null primary key, sha256 ${text} not null)${byKey}`,
      `create table webhook_entries (
        topic_id ${text} not null,
        entry_id ${text} not null,
        digest ${text} not null,
        primary key (topic_id, entry_id)
      )${byKey}`,
      `create table webhook_deliveries (
        number ${counter},
        id ${text} not null unique,
        topic_id ${text} not null,
        url ${text} not null,
        host ${text} not null,
        body ${text} not null,
        created_at ${text} not null,
        due_at ${text},
        ${tries}
      )${rows}`,
      `create index webhook_deliveries_by_time on webhook_deliveries (due_at)`,
      `create index webhook_deliveries_by_topic on webhook_deliveries (topic_id, number)`,
    ];
  },
};
