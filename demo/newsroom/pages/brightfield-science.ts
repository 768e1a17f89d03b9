import { longDate, rfc3339 } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  byline,
  canonical,
  commentList,
  correction,
  description,
  documentOf,
  jsonLd,
  links,
  newsArticle,
  sectionLinks,
  shareLinks,
  sourceLine,
  tagLinks,
  textBlocks,
} from './parts.ts';

/** A science site built of components: JSON-LD, a lazily loaded picture, the credit in a paragraph under the caption. */
export const brightfieldScience: Layout = {
  css: `
:root { --ink: #102a43; --leaf: #147d64; } body { margin: 0; font: 17px/1.65 system-ui, sans-serif; color: var(--ink); }
.c-nav { display: flex; gap: 1.5rem; padding: 1rem 2rem; background: #e3f8ef; } .c-nav a { color: var(--leaf); text-decoration: none; } .c-nav__home { font-weight: 800; }
.c-article { max-width: 43rem; margin: 2rem auto; padding: 0 1rem; } .c-article__title { font-size: 2.2rem; line-height: 1.2; } .c-article__info { display: flex; gap: 1rem; color: #627d98; font-size: .9rem; }
.c-figure { margin: 1.5rem 0; } .c-figure img { width: 100%; height: auto; border-radius: 12px; } .c-figure__credit { color: #829ab1; font-size: .75rem; margin: 0; } .c-figure figcaption { font-size: .9rem; margin: 0; }
.c-note { background: #fff3c4; border-radius: 8px; padding: .8rem 1rem; } .c-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem; } .c-card { background: #f0f4f8; border-radius: 8px; padding: 1rem; } .c-footer { padding: 2rem; background: #102a43; color: #fff; }
table { border-collapse: collapse; } th, td { border: 1px solid #bcccdc; padding: .3rem .7rem; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst } = published.article;
  const head = [canonical(view), description(view), jsonLd(newsArticle(view))].join('\n');
  const body = `
<nav class="c-nav"><a class="c-nav__home" href="/">Brightfield</a>${sectionLinks(issue, (link) => link)}</nav>
<main class="c-main">
<article class="c-article">
<h1 class="c-article__title">${escaped(title)}</h1>
<p class="c-article__summary">${escaped(standfirst)}</p>
<div class="c-article__info"><span class="c-article__author">${byline(view)}</span><time datetime="${rfc3339(published.published)}">${longDate(published.published, 'en')}</time></div>
${picture(view)}
${correction(view, (note) => `<div class="c-note" role="note">Updated: ${note}</div>`)}
<div class="c-article__body">
${textBlocks(view).join('\n')}
</div>
${sourceLine(view, 'c-article__source')}
<div class="c-share" aria-label="Share">${shareLinks(view, (link) => link)}</div>
<div class="c-tags">${tagLinks(view, (link) => link)}</div>
</article>
<section class="c-article c-related"><h2>You may also like</h2><div class="c-cards">${links(others, 6, (link) => `<div class="c-card">${link}</div>`)}</div></section>
<section class="c-article c-discussion"><h2>Discussion</h2>${commentList(view, ({ name, text }) => `<p class="c-comment"><strong>${name}:</strong> ${text}</p>`)}</section>
</main>
<footer class="c-footer"><form><label>Brightfield on Sundays <input type="email" name="email"></label><button>Join</button></form></footer>`;
  return documentOf({ issue, title: `${title} · ${issue.publisher.title}`, head, body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  const image = `src="${imageUrl}" alt="${escaped(alt)}" width="1200" height="675"`;
  return `<figure class="c-figure"><img ${image} loading="lazy" srcset="${imageUrl} 1200w, ${imageUrl}?w=600 600w" sizes="100vw">
<figcaption>${escaped(caption)}</figcaption><p class="c-figure__credit">Credit: ${escaped(credit)}</p></figure>`;
}
