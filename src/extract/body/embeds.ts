// Players and posts that pages embed in frames. A frame is never kept; what it shows is linked.

type Provider = { readonly host: RegExp; readonly label: string; readonly address?: (url: URL) => string | null };

const PROVIDERS: readonly Provider[] = [
  {
    host: /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be)$/,
    label: 'YouTube',
    address: (url) => {
      const list = /^[\w-]{10,64}$/.exec(url.searchParams.get('list') ?? '')?.[0];
      const id = /^\/(?:embed|v|shorts|live)\/([\w-]{6,20})/.exec(url.pathname)?.[1];
      if (id !== undefined && id !== 'videoseries') return `https://www.youtube.com/watch?v=${id}`;
      return list === undefined ? null : `https://www.youtube.com/playlist?list=${list}`;
    },
  },
  {
    host: /(?:^|\.)vimeo\.com$/,
    label: 'Vimeo',
    address: (url) => {
      const id = /^\/video\/(\d{4,12})/.exec(url.pathname)?.[1];
      return id === undefined ? null : `https://vimeo.com/${id}`;
    },
  },
  {
    host: /(?:^|\.)dailymotion\.com$/,
    label: 'Dailymotion',
    address: (url) => {
      const id = /^\/embed\/video\/(\w{4,12})/.exec(url.pathname)?.[1] ?? url.searchParams.get('video');
      return id === undefined || id === null ? null : `https://www.dailymotion.com/video/${encodeURIComponent(id)}`;
    },
  },
  {
    host: /(?:^|\.)open\.spotify\.com$/,
    label: 'Spotify',
    address: (url) => `https://open.spotify.com${url.pathname.replace(/^\/embed(?:-podcast)?\//, '/')}`,
  },
  {
    host: /(?:^|\.)soundcloud\.com$/,
    label: 'SoundCloud',
    address: (url) => {
      const inner = url.searchParams.get('url');
      return inner !== null && /^https:\/\/(?:api\.)?soundcloud\.com\//.test(inner) ? inner : null;
    },
  },
  { host: /(?:^|\.)(?:embed\.)?podcasts\.apple\.com$/, label: 'Apple Podcasts' },
  { host: /(?:^|\.)(?:twitter|x)\.com$/, label: 'X', address: (url) => postOf(url, url.searchParams.get('id')) },
  {
    host: /(?:^|\.)instagram\.com$/,
    label: 'Instagram',
    address: (url) => url.origin + url.pathname.replace(/\/embed.*$/, '/'),
  },
  { host: /(?:^|\.)tiktok\.com$/, label: 'TikTok' },
  {
    host: /(?:^|\.)facebook\.com$/,
    label: 'Facebook',
    address: (url) => {
      const href = url.searchParams.get('href');
      return href !== null && /^https:\/\/(?:www\.)?facebook\.com\//.test(href) ? href : null;
    },
  },
  { host: /(?:^|\.)bsky\.app$/, label: 'Bluesky' },
  { host: /(?:^|\.)ted\.com$/, label: 'TED' },
  { host: /(?:^|\.)(?:datawrapper\.dwcdn\.net|flourish\.studio|infogram\.com)$/, label: 'Chart' },
  { host: /(?:^|\.)documentcloud\.org$/, label: 'DocumentCloud' },
];

function postOf(url: URL, id: string | null): string | null {
  return id !== null && /^\d{5,25}$/.test(id)
    ? `https://${url.hostname.replace(/^platform\./, '')}/i/status/${id}`
    : null;
}

/** Where to see what a frame shows, and how to call it; null for a frame of unknown make (advertising, mostly). */
export function embedLink(
  address: string | undefined,
  title: string | undefined,
): { readonly url: string; readonly text: string } | null {
  const url =
    address === undefined || address.length > 2048 ? null : URL.parse(address.trim(), 'https://none.invalid/');
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  const provider = PROVIDERS.find(({ host }) => host.test(url.hostname));
  if (provider === undefined) return null;
  url.username = '';
  url.password = '';
  const link = provider.address === undefined ? url.href : provider.address(url);
  if (link === null) return null;
  const name = title?.replace(/\s+/g, ' ').trim() ?? '';
  return { url: link, text: name === '' || name.length > 200 ? provider.label : `${name} (${provider.label})` };
}
