import { epochMsOf } from '../../src/support/instant.ts';
import { NOW, SEED_TITLE, SOURCE_ID, type FeedRun } from './feed-run.ts';
import { entriesOf, type PublishedEntry } from './published-entry.ts';

export type FeedCase = {
  readonly id: string;
  readonly class: string;
  readonly title: string;
  readonly body?: string;
  readonly expect: {
    readonly outcome: string;
    readonly entries?: number;
    readonly title?: string;
    readonly errorKind?: string;
    readonly maxMs: number;
    readonly maxExtraRssMiB: number;
    readonly mustNotContainRegex?: string;
  };
};

/** A run and what it left behind: published files by path, as text, and the log. */
export type Seen = { readonly run: FeedRun; readonly files: ReadonlyMap<string, string>; readonly log: string };

const CODES: Readonly<Record<string, readonly string[]>> = {
  'too-large': ['fetch-too-large'],
  timeout: ['fetch-timed-out'],
  truncated: ['fetch-broken-off'],
  'too-many-redirects': ['fetch-redirect-loop'],
};
const FORMATS = ['atom', 'rss', 'json'];
const LONGEST_WAIT_MS = 31 * 86_400_000;

/** Everything that is not as the corpus has it, in words. `alone`: the files of a run without the hostile source. */
export function feedFaults(one: FeedCase, seen: Seen, alone: ReadonlyMap<string, string>): (string | null)[] {
  const { run, files } = seen;
  const entries = entriesOf(files.get(`feeds/${SOURCE_ID}.json`)).filter(({ title }) => title !== SEED_TITLE);
  return [
    outcomeFault(one, run),
    reasonFault(run),
    entriesFault(one, run, entries),
    ...run.refused.map(({ reason }) => `the gate refused: ${reason}`),
    run.changedByAskingAgain.length === 0
      ? null
      : `the same answer again changed ${run.changedByAskingAgain.slice(0, 4).join(', ')}`,
    innocentFault(files, alone),
    // By its own page: a feed holds its newest entries alone.
    [...files].some(([path, text]) => path.startsWith('articles/') && text.includes(SEED_TITLE))
      ? null
      : 'the entry that was there before is lost',
    containedFault(one, seen),
    waitFault(run),
    run.polluted ? 'Object.prototype is polluted' : null,
    ...entries.map(dateFault),
    BY_TITLE[one.title]?.(entries, run) ?? null,
  ];
}

/** Whether it was slow or large. Where nobody waits for a server, work is counted: a busy machine is slow with anything. */
export function costFaults(
  { class: kind, expect }: FeedCase,
  { tookMs, workedMs, extraMiB }: FeedRun,
): (string | null)[] {
  const costMs = kind === 'transport' ? tookMs : workedMs;
  return [
    costMs > expect.maxMs ? `took ${costMs} ms of ${expect.maxMs}` : null,
    extraMiB > expect.maxExtraRssMiB ? `took ${extraMiB} MiB of ${expect.maxExtraRssMiB}` : null,
  ];
}

function outcomeFault({ expect }: FeedCase, { report }: FeedRun): string | null {
  if (report === null) return 'the source was not asked';
  const failed = report.outcome === 'failed';
  const partial = report.unreadable.length > 0 || report.repairs.some((repair) => repair.includes('left out'));
  const outcome = failed ? 'error' : partial ? 'partial' : 'ok';
  const told = `${outcome} (${report.reason ?? `${report.entries} entries`}${report.repairs.length === 0 ? '' : `; ${report.repairs.join(', ')}`})`;
  if (expect.outcome === 'ok-or-error') return null;
  if (outcome !== expect.outcome && !(expect.outcome === 'ok' && outcome === 'partial'))
    return `expected ${expect.outcome}, was ${told}`;
  if (failed && expect.errorKind !== undefined && !CODES[expect.errorKind]!.includes(report.code ?? ''))
    return `expected ${expect.errorKind}, was ${report.code}: ${report.reason}`;
  return null;
}

/** A reason that an operator can act on. */
function reasonFault({ report, state }: FeedRun): string | null {
  if (report?.outcome !== 'failed') return null;
  const reason = report.reason ?? '';
  if (reason.length < 20 || /call stack|\n\s*at |undefined|\[object/i.test(reason))
    return `the reason is no help: ${reason}`;
  return state?.lastFailure?.code === report.code ? null : 'the failure is not kept with the source';
}

function entriesFault({ expect }: FeedCase, { report }: FeedRun, published: readonly PublishedEntry[]): string | null {
  if (report === null || report.outcome === 'failed')
    return published.length === 0 ? null : 'a failed source published entries';
  if (expect.entries !== undefined && report.entries !== expect.entries)
    return `${report.entries} entries of ${expect.entries} taken`;
  if (expect.entries !== undefined && published.length !== expect.entries)
    return `${published.length} entries of ${expect.entries} published`;
  const titled = expect.title === undefined || published.some(({ title }) => title === expect.title);
  return titled ? null : `the title is ${JSON.stringify(published[0]?.title)}`;
}

/** The innocent source is published to the byte as if it were alone. */
function innocentFault(files: ReadonlyMap<string, string>, alone: ReadonlyMap<string, string>): string | null {
  const other = FORMATS.map((format) => `feeds/innocent.${format}`).filter(
    (path) => files.get(path) !== alone.get(path),
  );
  return other.length === 0 ? null : `not as if it did not exist: ${other.join(', ')}`;
}

function containedFault({ expect }: FeedCase, { files, log }: Seen): string | null {
  if (expect.mustNotContainRegex === undefined) return null;
  const forbidden = new RegExp(expect.mustNotContainRegex, 'i');
  const found = [...files, ['the log', log] as const].filter(([, text]) => forbidden.test(text)).map(([path]) => path);
  return found.length === 0 ? null : `${expect.mustNotContainRegex} stands in ${found.slice(0, 4).join(', ')}`;
}

/** Whatever a server says, it is asked again within a month; and nothing can be injected into the next request. */
function waitFault({ state }: FeedRun): string | null {
  if (state === null) return null;
  const next = state.nextCheckAt;
  if (next === null || epochMsOf(next) - epochMsOf(NOW) > LONGEST_WAIT_MS) return `asked again at ${next}`;
  const odd = [state.etag, state.lastModified].some((value) => value !== null && /\p{Cc}/u.test(value));
  return odd ? 'a control character is kept in a validator' : null;
}

function dateFault({ title, date_published: published, date_modified: modified }: PublishedEntry): string | null {
  const dates = [published, modified];
  const wrong = dates.find((date) => Number.isNaN(Date.parse(date)) || epochMsOf(date) > epochMsOf(NOW) + 3_600_000);
  return wrong === undefined ? null : `${title} is dated ${wrong}`;
}

type Expectation = (entries: readonly PublishedEntry[], run: FeedRun) => string | null;

const titled =
  (...right: readonly string[]): Expectation =>
  ([entry]) => {
    const title = entry?.title.replaceAll(/\s+/g, ' ').trim() ?? '';
    return right.includes(title) ? null : `the title is ${JSON.stringify(title.slice(0, 80))}`;
  };

/** What `expect.words` says besides, where it can be seen. */
const BY_TITLE: Readonly<Record<string, Expectation>> = {
  'HTML named entities without a DTD': titled('Café — x'),
  'title type=html with markup (Atom)': titled('Bold & T'),
  'relative link, no base': ([entry]) =>
    entry?.external_url?.endsWith('/rel/1') === true ? null : `the link is ${entry?.external_url}`,
  'overlong utf-8': (entries) =>
    entries.some(({ title }) => title.includes('<')) ? 'an overlong form became "<"' : null,
  '10 000 categories on one item': ([entry]) =>
    (entry?.tags?.length ?? 0) <= 200 ? null : `${entry?.tags?.length} categories are published`,
  'title of combining marks': ([entry]) =>
    (entry?.title.length ?? 0) <= 600 ? null : `the title has ${entry?.title.length} units`,
  'JSON lone surrogate': (entries) =>
    entries.every(({ title }) => title.isWellFormed()) ? null : 'a lone surrogate is published',
  'content that injects an Atom entry through CDATA': ([entry]) =>
    entry?.title === 'Item 1' ? null : `the title is ${entry?.title}`,
  'nested html in content, depth 1000': keptText,
  'nested html in content, depth 100000': keptText,
  '410 Gone': (_, { report }) => (report?.code === 'fetch-gone' ? null : `told as ${report?.code}`),
  'unknown coding': (_, { report }) =>
    report?.reason?.includes('x-snappy') === true ? null : `told: ${report?.reason}`,
  'homograph host in link': ([entry]) =>
    entry?.external_url?.includes('xn--') === true ? null : `the link is ${entry?.external_url}`,
  epoch: ([entry]) => (entry === undefined ? 'dropped as too old' : null),
  '50 000 items': (_, { report }) =>
    report !== null && (report.repairs.length > 0 || report.unreadable.length > 0)
      ? null
      : 'what was left out is not told',
};

function keptText(entries: readonly PublishedEntry[]): string | null {
  const text = (entries[0]?.content_html ?? '').replaceAll(/<[^>]*>/g, '').trim();
  return text.startsWith('k') ? null : `the text is ${JSON.stringify(text.slice(0, 40))}`;
}
