/** One publisher of the newsroom: what sets its server and its feed apart. */
export type Publisher = {
  readonly id: string;
  readonly title: string;
  readonly tagline: string;
  readonly language: string;
  /** Path of its feed on its own host. */
  readonly feedPath: string;
  /** The feed's Content-Type, as the server sends it. */
  readonly feedType: string;
  readonly validators: 'strong' | 'weak';
  /** What its text is packed with for clients that accept it. */
  readonly compression: 'gzip' | 'br' | null;
  readonly charset: 'utf-8' | 'windows-1251';
  readonly robots: string;
  /** How it owns up to an agency's text that it carries: on its page alone, or in its feed too. */
  readonly wireCredit: 'link' | 'link-and-canonical' | 'text';
  /** Answers after a while; never answers. */
  readonly manner: 'prompt' | 'slow' | 'dead';
};

const USUAL = {
  language: 'en',
  feedType: 'application/rss+xml; charset=utf-8',
  validators: 'strong',
  compression: null,
  charset: 'utf-8',
  robots: 'User-agent: *\nAllow: /\n',
  wireCredit: 'link',
  manner: 'prompt',
} as const;

/** In the order of their ports. */
export const PUBLISHERS: readonly Publisher[] = [
  {
    ...USUAL,
    id: 'harbour-herald',
    title: 'The Harbour Herald',
    tagline: 'News from the coast and beyond',
    language: 'en-GB',
    feedPath: '/feed.xml',
    compression: 'gzip',
    robots: 'User-agent: *\nDisallow: /private/\n',
    wireCredit: 'link-and-canonical',
  },
  {
    ...USUAL,
    id: 'meridian-wire',
    title: 'Meridian Wire',
    tagline: 'The agency',
    feedPath: '/wire.atom',
    feedType: 'application/atom+xml; charset=utf-8',
    robots: 'User-agent: *\nCrawl-delay: 0\nAllow: /\n',
  },
  {
    ...USUAL,
    id: 'tidewater-times',
    title: 'The Tidewater Times',
    tagline: 'Every morning since 1871',
    feedPath: '/rss/all.xml',
    feedType: 'text/xml; charset=utf-8',
    validators: 'weak',
    wireCredit: 'text',
  },
  {
    ...USUAL,
    id: 'lantern-review',
    title: 'The Lantern Review',
    tagline: 'Books, stages, pictures',
    feedPath: '/index.rdf',
    feedType: 'application/rdf+xml',
  },
  {
    ...USUAL,
    id: 'brightfield-science',
    title: 'Brightfield Science',
    tagline: 'What was found, and how',
    feedPath: '/feed.json',
    feedType: 'application/feed+json',
  },
  {
    ...USUAL,
    id: 'northgate-business',
    title: 'Northgate Business',
    tagline: 'Markets, firms, work',
    language: 'en-GB',
    feedPath: '/feeds/main.atom',
    feedType: 'application/atom+xml',
    validators: 'weak',
  },
  {
    ...USUAL,
    id: 'volna',
    title: 'Волна',
    tagline: 'Новости побережья',
    language: 'ru',
    feedPath: '/rss.xml',
    feedType: 'application/rss+xml',
    charset: 'windows-1251',
  },
  {
    ...USUAL,
    id: 'foundry-and-forge',
    title: 'Foundry & Forge',
    tagline: 'For people who make things',
    feedPath: '/news.rss',
    feedType: 'text/xml',
  },
  {
    ...USUAL,
    id: 'the-crossing',
    title: 'The Crossing',
    tagline: 'The day’s best, picked for you',
    feedPath: '/feed/',
    validators: 'weak',
  },
  {
    ...USUAL,
    id: 'daily-confluence-digest',
    title: 'Daily Confluence Digest',
    tagline: 'Ten stories, ten minutes',
    feedPath: '/atom.xml',
    feedType: 'application/atom+xml; charset=utf-8',
  },
  {
    ...USUAL,
    id: 'open-forum',
    title: 'Open Forum',
    tagline: 'Written by its readers',
    feedPath: '/latest.rss',
    feedType: 'application/xml',
  },
  {
    ...USUAL,
    id: 'sleepy-hollow-echo',
    title: 'Sleepy Hollow Echo',
    tagline: 'No hurry',
    language: 'en-US',
    feedPath: '/feed',
    feedType: 'text/xml; charset=UTF-8',
    validators: 'weak',
    manner: 'slow',
  },
  {
    ...USUAL,
    id: 'sporting-post',
    title: 'The Sporting Post',
    tagline: 'Scores and stories',
    language: 'en-GB',
    feedPath: '/rss.xml',
    compression: 'br',
  },
  {
    ...USUAL,
    id: 'ghost-town',
    title: 'Ghost Town Gazette',
    tagline: 'Nobody is there any more',
    feedPath: '/feed.xml',
    manner: 'dead',
  },
];
