import { sha256 } from '../support/hash.ts';
import type { Instant } from '../support/instant.ts';
import { escapeXml } from './xml.ts';

/** An event of the service as it stands in the feed of operations. */
export type Operation = {
  readonly heading: string;
  readonly says: string;
  readonly at: Instant;
  /** The same event has the same mark. */
  readonly mark: string;
  readonly kind: string;
};

/**
 * The feed of operations (Atom, RFC 4287) for the operator's own reader: the newest first. It is served on the operator's port
 * alone and is no part of the publication.
 * @param given.since the moment of the feed where nothing has happened yet
 */
export function renderOperations(given: {
  readonly title: string;
  readonly siteUrl: string;
  readonly since: Instant;
  readonly operations: readonly Operation[];
}): string {
  const { title, siteUrl, since, operations } = given;
  const id = (text: string): string => `urn:sha256:${sha256(`${siteUrl} operations ${text}`)}`;
  const text = (value: string): string => escapeXml(value, 'plain');
  const entries = operations.flatMap(({ heading, says, at, mark, kind }) => [
    '    <entry>',
    `        <id>${id(mark)}</id>`,
    `        <title>${text(heading)}</title>`,
    `        <updated>${at}</updated>`,
    `        <published>${at}</published>`,
    `        <category term="${text(kind)}"/>`,
    `        <content>${text(says)}</content>`,
    '    </entry>',
  ]);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `    <id>${id('feed')}</id>`,
    `    <title>${text(title)}: operations</title>`,
    `    <updated>${operations[0]?.at ?? since}</updated>`,
    '    <author>',
    `        <name>${text(title)}</name>`,
    '    </author>',
    '    <generator>Tributary</generator>',
    ...entries,
    '</feed>',
    '',
  ].join('\n');
}
