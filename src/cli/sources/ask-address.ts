import { openAsking } from '../../app/open-asking.ts';
import type { Order } from '../../config/sources-file.ts';
import { StageError } from '../../model/errors.ts';
import type { Discovery } from '../../pipeline/discovery.ts';
import { plainTitle } from '../../support/plain-title.ts';
import type { CommandContext, ExitCode } from '../command.ts';
import { errorLine } from '../error-line.ts';
import { oneLine } from '../terminal.ts';
import { describedFeed } from './described-feed.ts';
import { sourceAt, spellingsOf } from './new-source.ts';
import { shellWord } from './shell-word.ts';

const LONGEST_TITLE = 300;

/** The feed that an operator means by an address. */
export type AskedFeed = { readonly url: string; readonly title: string | null };

/**
 * Asks an address that is to become a source: it is a feed, or a page that has one. Where that is not clear all is told,
 * and the exit code given.
 */
export async function askAddress(
  context: CommandContext,
  order: Order,
  address: string,
): Promise<AskedFeed | ExitCode> {
  const { config, terminal, signal } = context;
  await using asking = openAsking(config, order.site);
  const onProgress = (url: string): void => terminal.showProgress(`asking ${oneLine(url, 200)} …`);
  let discovery: Discovery;
  try {
    discovery = await asking.discover({ urls: spellingsOf(address), onProgress }, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    return refuse(context, { lines: [oneLine(errorLine(error), 400), NO_ASK], code: 1, feeds: [] });
  } finally {
    terminal.showProgress('');
  }
  const { page, feeds } = discovery;
  const meant = feeds.filter(({ isOfComments }) => !isOfComments);
  const [one, ...others] = meant.length > 0 ? meant : feeds;
  if (one === undefined) {
    const says = page.says === null ? '' : ` (${oneLine(page.says, 200)})`;
    return refuse(context, { lines: [`${page.url}: no feed was found there${says}.`, NO_ASK], code: 1, feeds: [] });
  }
  if (others.length > 0) {
    const lines = meant.map(
      (feed) =>
        `  tributary sources add ${shellWord(feed.url)}  # ${oneLine(feed.title ?? '', 60)}: ${describedFeed(feed)}`,
    );
    return refuse(context, {
      lines: [`${page.url} has ${meant.length} feeds; say which:`, ...lines],
      code: 2,
      feeds: meant,
    });
  }
  // One that is the address itself keeps it: where a redirect leads for today is its publisher's matter.
  const url = one.foundBy === 'address' ? page.asked : one.url;
  const known = sourceAt(order.sources, url);
  if (one.foundBy !== 'address' && known === null) terminal.tell(`${page.url} has the feed ${url}`);
  return { url, title: plainTitle(one.title ?? page.title ?? '').slice(0, LONGEST_TITLE) || null };
}

const NO_ASK = 'To add it all the same: --no-ask';

function refuse(
  { terminal, json }: CommandContext,
  {
    lines,
    code,
    feeds,
  }: { readonly lines: readonly string[]; readonly code: ExitCode; readonly feeds: Discovery['feeds'] },
): ExitCode {
  if (json) terminal.print(JSON.stringify({ ok: false, why: lines[0], feeds }, null, 2));
  else for (const line of lines) terminal.tell(line);
  return code;
}
