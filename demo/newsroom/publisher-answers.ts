import type { Answer } from './answer.ts';
import { drawImage, drawLogo } from './draw-image.ts';
import { feedOf } from './feed-of.ts';
import type { Issue } from './issue.ts';
import { escaped } from './markup.ts';
import { articlePage, listingPage, notFoundPage, stylesheet } from './pages/page-of.ts';
import type { Publisher } from './publishers.ts';
import { soundOf, soundPath } from './sound.ts';
import { encodeWindows1251 } from './windows-1251.ts';

/** The pictures drawn so far, by name. */
export type Drawings = Map<string, Buffer>;

/** What a publisher answers to a GET of this path and query in its present issue. */
export function answerTo(issue: Issue, { pathname, searchParams }: URL, drawings: Drawings): Answer {
  const { publisher } = issue;
  const path = decoded(pathname);
  if (path === publisher.feedPath) return answer(issue, publisher.feedType, feedOf(issue));
  if (path === '/robots.txt') return answer(issue, 'text/plain; charset=utf-8', Buffer.from(publisher.robots));
  if (path === '/style.css') return answer(issue, 'text/css', Buffer.from(stylesheet(publisher)));
  if (path === '/out' && publisher.id === 'daily-confluence-digest') return redirect(issue, searchParams.get('url'));
  return (
    listing(issue, path) ??
    article(issue, path) ??
    image(issue, path, drawings) ??
    sound(issue, path) ??
    notFound(issue)
  );
}

function answer(issue: Issue, type: string, body: Buffer): Answer {
  const { validators, compression } = issue.publisher;
  return { status: 200, type, body, lastModified: issue.lastChange, validators, compression };
}

function page(issue: Issue, html: string): Answer {
  return answer(issue, pageType(issue.publisher), pageBytes(issue.publisher, html));
}

/** Волна's pages, like its feed, say their charset in the document alone. */
function pageType({ charset }: Publisher): string {
  return charset === 'utf-8' ? 'text/html; charset=utf-8' : 'text/html';
}

function pageBytes({ charset }: Publisher, html: string): Buffer {
  return charset === 'utf-8' ? Buffer.from(html) : encodeWindows1251(html);
}

/** The front page, and the articles of a section or with a keyword. */
function listing(issue: Issue, path: string): Answer | null {
  if (path === '/') return page(issue, listingPage(issue, issue.publisher.tagline, issue.articles));
  const [, kind, name] = /^\/(sections|tags)\/([^/]+)\/$/.exec(path) ?? [];
  if (kind === undefined || name === undefined) return null;
  const articles = issue.articles.filter(({ article: { section, keywords } }) =>
    kind === 'sections' ? section === name : keywords.includes(name),
  );
  return articles.length === 0 ? null : page(issue, listingPage(issue, name, articles));
}

function article(issue: Issue, path: string): Answer | null {
  const found = issue.articles.find((one) => one.path === path);
  return found ? page(issue, articlePage(issue, found)) : null;
}

function image(issue: Issue, path: string, drawings: Drawings): Answer | null {
  const { publisher } = issue;
  if (path === '/images/logo.png')
    return picture(issue, drawings, `${publisher.id}/logo`, () => drawLogo(publisher.id));
  const found = issue.articles.find(({ article }) => article.image && `/images/${article.image.file}` === path);
  const asked = found?.article.image;
  if (!found || !asked) return null;
  // A picture does not change with its publisher's later articles, so it has a date of its own.
  return { ...picture(issue, drawings, asked.file, () => drawImage(asked)), lastModified: found.published };
}

/** Drawn when it is first asked for. */
function picture(issue: Issue, drawings: Drawings, key: string, draw: () => Buffer): Answer {
  const drawn = drawings.get(key) ?? draw();
  drawings.set(key, drawn);
  return { ...answer(issue, 'image/png', drawn), validators: 'strong', compression: null };
}

function sound(issue: Issue, path: string): Answer | null {
  const found = issue.articles.find((one) => soundPath(one) === path);
  const bytes = found && soundOf(found);
  return bytes ? { ...answer(issue, 'audio/mpeg', bytes), lastModified: found.published } : null;
}

/** The digest's redirector: 302 to any web address that it is given. */
function redirect(issue: Issue, target: string | null): Answer {
  const usable = target !== null && URL.canParse(target) && /^https?:$/.test(new URL(target).protocol);
  if (!usable) return { ...plain(issue, 400, 'There is no address to go to.'), lastModified: null };
  const html = `<a href="${escaped(target)}">Moved</a>`;
  return { ...plain(issue, 302, html), type: 'text/html; charset=utf-8', headers: { Location: new URL(target).href } };
}

function plain(issue: Issue, status: number, text: string): Answer {
  return { ...answer(issue, 'text/plain; charset=utf-8', Buffer.from(text)), status, lastModified: null };
}

function notFound(issue: Issue): Answer {
  return { ...page(issue, notFoundPage(issue)), status: 404, lastModified: null };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
