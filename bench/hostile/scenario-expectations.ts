import type { SourceState } from '../../src/model/source.ts';
import type { RefreshReport } from '../../src/pipeline/refresh-report.ts';
import type { PublishedEntry } from './published-entry.ts';

/** What stands after one step of a scenario. */
export type Step = {
  readonly entries: readonly PublishedEntry[];
  readonly report: RefreshReport;
  readonly state: SourceState | undefined;
  /** Entries of all sources that are stored, published or not. */
  readonly stored: number;
};

type Told = { readonly steps: readonly Step[]; readonly last: Step; readonly logged: string };

/** A fault in words, or null. */
type Expectation = (told: Told) => string | null;

/** What the corpus expects in words, by the scenario's title. */
export const SCENARIO_EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  'another source reuses the guid': ({ steps, last }) => count(last, 2) ?? unchanged(steps, 'Genuine'),
  'another source reuses guid and link': ({ steps, last }) => {
    const genuine = unchanged(steps, 'Genuine');
    if (genuine !== null) return genuine;
    if (last.entries.length > 2) return count(last, 2);
    const text = JSON.stringify(last.entries.find(({ title }) => title === 'Genuine'));
    return text.includes('fake text') ? 'the genuine entry has the text of the other' : null;
  },
  'canonical link claims another host': ({ last }) =>
    count(last, 2) ?? titles(last, ['Genuine', 'Fake']) ?? linked(last, 'Genuine', 'https://good.example/1'),
  'same guid for all items of a feed': ({ last }) => count(last, 3) ?? titles(last, ['One', 'Two', 'Three']),
  'empty guids': ({ last }) => count(last, 2) ?? titles(last, ['One', 'Two']),
  'an item disappears and returns': ({ steps, last }) =>
    count(last, 2) ?? unchanged(steps, 'One') ?? unchanged(steps, 'Two'),
  'flood of new ids with one link': ({ last }) =>
    count(last, 1) ?? (last.stored > 10 ? `${last.stored} entries are stored for one link` : null),
  'title collision between sources': ({ last }) => count(last, 2),
  'updated time goes backwards': ({ steps: [first], last }) => {
    const [before, after] = [first!.entries[0], last.entries[0]];
    if (before === undefined || after === undefined) return 'the entry is not published';
    return after.date_modified < before.date_modified
      ? `updated went from ${before.date_modified} to ${after.date_modified}`
      : null;
  },
  'source turns into html': ({ steps, last }) => {
    if (last.report.outcome !== 'failed' || last.state?.failures !== 1)
      return `the source is not marked failing (${last.report.outcome})`;
    return count(last, 1) ?? unchanged(steps, 'A');
  },
  'source is taken over': ({ steps, last, logged }) => {
    const stays = count(last, 2) ?? titles(last, ['A', 'SPAM']) ?? unchanged(steps, 'A');
    const shown = [last.report.reason, ...last.report.repairs, ...last.report.unreadable, logged].join(' ');
    const told = shown.includes('Casino') && shown.includes('casino.example');
    return (
      stays ?? (told ? null : 'the operator is not told that the channel’s title and the host of its links changed')
    );
  },
  'hash truncation': ({ last }) => {
    const narrow = last.entries.find(
      ({ id }) => (/[0-9a-f-]{32,}$/.exec(id)?.[0].replaceAll('-', '').length ?? 0) < 32,
    );
    return count(last, 20) ?? (narrow === undefined ? null : `the id ${narrow.id} is narrower than 128 bits`);
  },
};

/** So many entries are published, each under an id of its own. */
function count({ entries }: Step, expected: number): string | null {
  const ids = new Set(entries.map(({ id }) => id)).size;
  if (ids !== entries.length) return `${entries.length} entries share ${ids} ids`;
  return ids === expected
    ? null
    : `${ids} entries instead of ${expected}: ${entries
        .slice(0, 5)
        .map(({ title }) => title)
        .join(', ')}`;
}

function titles({ entries }: Step, expected: readonly string[]): string | null {
  const found = entries.map(({ title }) => title);
  const missing = expected.filter((title) => !found.includes(title));
  return missing.length === 0 ? null : `not published: ${missing.join(', ')}`;
}

function linked({ entries }: Step, title: string, address: string): string | null {
  const found = entries.find((entry) => entry.title === title);
  if (found === undefined) return `${title} is not published`;
  return found.external_url === address ? null : `${title} points to ${found.external_url}`;
}

/** The entry that the first step published under a title is the same after every step: id, title, addresses, dates, text. */
function unchanged(steps: readonly Step[], title: string): string | null {
  const [first, ...rest] = steps.map(({ entries }) => entries.find((entry) => entry.title === title));
  if (first === undefined) return `${title} is not published by the first step`;
  for (const [at, later] of rest.entries()) {
    if (later === undefined) return `${title} is gone after step ${at + 2}`;
    for (const field of ['id', 'url', 'external_url', 'date_published', 'date_modified', 'content_html'] as const)
      if (later[field] !== first[field])
        return `${title}: ${field} was ${first[field]}, is ${later[field]} after step ${at + 2}`;
  }
  return null;
}
