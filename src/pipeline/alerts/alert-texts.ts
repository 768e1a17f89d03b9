import type { AlertEvent } from '../../model/alert.ts';

/** What a webhook of alerts is sent: JSON, all that happened at once in one. */
export function alertPayload(
  site: { readonly title: string; readonly url: string },
  events: readonly AlertEvent[],
): string {
  return JSON.stringify({
    type: 'alerts',
    site: { title: site.title, url: site.url },
    alerts: events.map(({ key, kind, subject, says, happened, at, since }) => ({
      key,
      kind,
      subject,
      says,
      happened,
      at,
      since,
    })),
  });
}

/** The same as an e-mail. */
export function alertMail(
  site: { readonly title: string },
  events: readonly AlertEvent[],
): { readonly subject: string; readonly text: string } {
  const [first] = events;
  const more = events.length === 1 ? '' : ` and ${events.length - 1} more`;
  return {
    subject: `[${site.title}] ${first === undefined ? 'nothing' : headingOf(first)}${more}`,
    text: events
      .map((event) => `${headingOf(event)}\n${event.says}\n(at ${event.at}, since ${event.since})\n`)
      .join('\n'),
  };
}

/** A few words: what it is of, and whether it begins or ends. */
export function headingOf({ kind, subject, happened }: AlertEvent): string {
  const what = HEADINGS[kind];
  return `${happened === 'ended' ? 'Over: ' : ''}${what}${subject === null ? '' : ` (${subject})`}`;
}

const HEADINGS: Readonly<Record<AlertEvent['kind'], string>> = {
  failing: 'a source fails',
  'many-failing': 'many sources fail',
  silent: 'a source is silent',
  drifted: 'a source’s pages have changed',
  gate: 'documents are kept back',
  list: 'sources.json is faulty',
  disk: 'a disk is nearly full',
  'dead-letters': 'webhooks were given up',
  test: 'a test alert',
};
