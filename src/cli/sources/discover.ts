import { openAsking } from '../../app/open-asking.ts';
import { writtenValue } from '../../config/edit/written-value.ts';
import type { Discovery, FoundFeed } from '../../pipeline/discovery.ts';
import { canonicalAddress } from '../../support/canonical-address.ts';
import type { Command } from '../command.ts';
import { readOrder } from '../read-order.ts';
import { oneLine } from '../terminal.ts';
import { describedFeed, FORMATS } from './described-feed.ts';
import { newId, spellingsOf } from './new-source.ts';
import { shellWord } from './shell-word.ts';

export const discoverSources: Command = {
  name: 'sources discover',
  says: 'find the feeds of a page, look into them, and offer the lines to add',
  group: 'look',
  operands: 'PAGE',
  options: [],
  positionals: 1,
  about: [
    'Asks the page, then the feeds that it names; where it names none, those that it links to, then the usual places, one after the other. What cannot be a source is told too: the sitemap of a site without a feed. Feeds of the same entries in several formats are shown as one, those of comments last. Nothing is stored.',
    'Private networks are asked only with --allow-network; robots.txt is heeded where we look further than the page says.',
  ],
  exits: { 0: 'there is a feed', 1: 'there is none, or the page cannot be had' },
  examples: [{ line: 'tributary sources discover harbour.example', says: 'With https:// before it, else http://.' }],
  async run(context) {
    const { positionals, config, terminal, json, signal } = context;
    const [page] = positionals;
    if (page === undefined) {
      terminal.tell('Say which: tributary sources discover PAGE');
      return 2;
    }
    // It is of use before there is a list, or while that is faulty.
    const reading = await readOrder(config);
    const order = 'order' in reading ? reading.order : null;
    await using asking = openAsking(config, order?.site ?? null);
    const onProgress = (url: string): void => terminal.showProgress(`asking ${oneLine(url, 200)} …`);
    const discovery = await asking.discover({ urls: spellingsOf(page), onProgress }, signal);
    terminal.showProgress('');
    const listed = new Map((order?.sources ?? []).map(({ url, id }) => [canonicalAddress(url), id]));
    const ids = new Set(order?.sources.map(({ id }) => id));
    const offers = discovery.feeds.map((feed) => offerOf(feed, discovery, { listed, ids }));
    if (json) {
      const feeds = discovery.feeds.map((feed, at) => ({ ...feed, ...offers[at] }));
      terminal.print(JSON.stringify({ ok: feeds.length > 0, ...discovery, feeds }, null, 2));
    } else for (const line of linesOf(discovery, offers)) terminal.print(line);
    return discovery.feeds.length > 0 ? 0 : 1;
  },
};

/** What an operator does with a feed: `source` for sources.json, or the id that it has there already. */
type Offer = {
  readonly listedAs: string | null;
  readonly source: { readonly id: string; readonly title: string; readonly url: string };
  readonly command: string;
};

function offerOf(
  feed: FoundFeed,
  { page }: Discovery,
  { listed, ids }: { readonly listed: ReadonlyMap<string, string>; readonly ids: Set<string> },
): Offer {
  const { url, alike } = feed;
  const title = oneLine(feed.title ?? page.title ?? new URL(url).hostname.replace(/^www\./, ''), 200);
  const id = newId(title, url, ids);
  ids.add(id);
  const known = [url, ...alike.map((one) => one.url)].map((each) => listed.get(canonicalAddress(each)));
  return {
    listedAs: known.find((each) => each !== undefined) ?? null,
    source: { id, title, url },
    // A title may begin like an option.
    command: `tributary sources add ${shellWord(url)} --title${title.startsWith('-') ? '=' : ' '}${shellWord(title)}`,
  };
}

function linesOf(discovery: Discovery, offers: readonly Offer[]): string[] {
  const { page, feeds, failed, guessed, hub, sitemap } = discovery;
  const name = page.title === null ? '' : ` (${oneLine(page.title, 80)})`;
  const head =
    feeds.length === 0
      ? `${page.url}${name}: no feed was found${guessed === 0 ? '' : `, nor at ${guessed} usual places`}.`
      : feeds[0]!.foundBy === 'address'
        ? `${page.url} is a feed.`
        : `${page.url}${name}: ${feeds.length === 1 ? 'one feed' : `${feeds.length} feeds`}.`;
  return [
    head,
    ...(page.says === null ? [] : [oneLine(page.says, 300)]),
    ...feeds.flatMap((feed, at) => ['', ...feedLines(feed, offers[at]!, `${at + 1}. `)]),
    ...(failed.length === 0 ? [] : ['', 'What is said to be a feed, and is none:']),
    ...failed.map(({ url, reason }) => `  ${url}: ${oneLine(reason, 200)}`),
    ...(sitemap === null ? [] : ['', sitemapLine(sitemap)]),
    ...(hub === null ? [] : ['', `The page names the hub ${hub}.`]),
  ];
}

const FOUND_BY: Readonly<Record<FoundFeed['foundBy'], string | null>> = {
  address: null,
  name: null,
  link: 'a link on the page leads to it',
  guess: 'it stands at a usual place; the page does not name it',
  sitemap: 'robots.txt names it as a sitemap',
};

function feedLines(feed: FoundFeed, { listedAs, source, command }: Offer, number: string): string[] {
  const foundBy = FOUND_BY[feed.foundBy];
  const also = feed.alike.map(({ url, format }) => `${FORMATS[format]} ${url}`);
  return [
    `${number}${source.title}: ${describedFeed(feed)}`,
    `   ${feed.url}`,
    ...feed.preview.map(
      ({ title, at }) => `     ${(at ?? 'without a date').slice(0, 10)}  ${oneLine(title ?? '(no title)', 90)}`,
    ),
    ...(foundBy === null ? [] : [`   ${foundBy}`]),
    ...(feed.isOfComments ? ['   It seems to be of comments.'] : []),
    ...(also.length === 0 ? [] : [`   The same entries: ${also.join(', ')}`]),
    ...(feed.hub === null ? [] : [`   Its hub tells of news at once: ${oneLine(feed.hub, 200)}`]),
    ...feed.repairs.map((repair) => `   Mended: ${oneLine(repair, 200)}`),
    ...(listedAs === null
      ? [`   ${command}`, `   ${writtenValue(source, ON_ONE_LINE)}`]
      : [`   It is in the list already, as "${listedAs}".`]),
  ];
}

const ON_ONE_LINE = { style: { lineEnd: '\n', indent: '' }, indent: '', spread: false } as const;

function sitemapLine({ url, isIndex, isNews, addresses, newest }: NonNullable<Discovery['sitemap']>): string {
  const what = isIndex ? `${addresses} sitemaps` : `${addresses} addresses`;
  const of = isNews ? 'a sitemap of news' : 'a sitemap';
  const when = newest === null ? '' : `, the newest from ${newest.slice(0, 10)}`;
  return `It has ${of}, with ${what}${when}: ${url}. That is no feed, and cannot be a source.`;
}
