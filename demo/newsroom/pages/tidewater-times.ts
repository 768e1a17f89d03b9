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
  openGraph,
  sectionLinks,
  shareLinks,
  sourceLine,
  tagLinks,
  textBlocks,
  withInterruption,
} from './parts.ts';

/** An old regional paper: a JSON-LD graph and OpenGraph both, the credit in a small element, an advertisement in the text. */
export const tidewaterTimes: Layout = {
  css: `
body { margin: 0 auto; max-width: 60rem; font: 17px/1.6 "Times New Roman", serif; color: #222; padding: 0 1rem; }
.tt-masthead { text-align: center; border-bottom: 3px double #222; } .tt-masthead a { font-size: 2.6rem; color: #222; text-decoration: none; }
.tt-menu { display: flex; gap: 1.5rem; justify-content: center; list-style: none; padding: .4rem; margin: 0; }
.tt-columns { display: flex; gap: 2.5rem; } .tt-main { flex: 3; } .tt-rail { flex: 1; border-left: 1px solid #ccc; padding-left: 1.5rem; font-size: .9rem; }
.tt-image img { width: 100%; height: auto; } .tt-image figcaption small { display: block; color: #777; } .tt-advert { background: #eee; text-align: center; padding: 2rem; color: #999; }
.tt-writer { font-style: italic; } .tt-errata { font-style: italic; border: 1px solid #c33; padding: .5rem 1rem; } .tt-foot { border-top: 3px double #222; margin-top: 2rem; font-size: .85rem; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst, section } = published.article;
  const crumbs = {
    '@type': 'BreadcrumbList',
    itemListElement: [
      {
        '@type': 'ListItem',
        position: 1,
        name: section,
        item: `${issue.origin}/sections/${encodeURIComponent(section)}/`,
      },
    ],
  };
  const head = [
    canonical(view),
    description(view),
    openGraph(view),
    jsonLd({
      '@graph': [
        { '@type': 'WebSite', name: issue.publisher.title, url: `${issue.origin}/` },
        crumbs,
        newsArticle(view),
      ],
    }),
  ].join('\n');
  const body = `
<div class="tt-masthead"><a href="/">${escaped(issue.publisher.title)}</a><p>${escaped(issue.publisher.tagline)}</p></div>
<ul class="tt-menu">${sectionLinks(issue, (link) => `<li>${link}</li>`)}</ul>
<div class="tt-columns">
<div class="tt-main">
<div class="tt-breadcrumb"><a href="/">Home</a> › <a href="/sections/${encodeURIComponent(section)}/">${escaped(section)}</a></div>
<h1 class="tt-headline">${escaped(title)}</h1>
<h2 class="tt-deck">${escaped(standfirst)}</h2>
<div class="tt-writer">${byline(view)}, <time datetime="${rfc3339(published.published)}" pubdate>${longDate(published.published, 'en')}</time></div>
${picture(view)}
<div class="entry-content">
${withInterruption(textBlocks(view), 2, '<div class="tt-advert">Advertisement</div>')}
${sourceLine(view, 'tt-source')}
</div>
${correction(view, (note) => `<p class="tt-errata">Erratum: ${note}</p>`)}
<div class="tt-share">${shareLinks(view, (link) => link)}</div>
<div class="tt-tags">Filed under ${tagLinks(view, (link) => link)}</div>
<div class="tt-letters"><h3>Letters</h3>${commentList(view, ({ name, text }) => `<blockquote>${text}<br>— ${name}</blockquote>`)}</div>
</div>
<div class="tt-rail"><h3>Elsewhere in the Times</h3>${links(others, 7, (link) => `<p>${link}</p>`)}<div class="tt-signup"><h3>The tide table</h3><p>High water, low prices: our Friday letter.</p><a href="/letter">Subscribe</a></div></div>
</div>
<div class="tt-foot">Printed and published on the quay. Registered as a newspaper.</div>`;
  return documentOf({ issue, title: `${title} - ${issue.publisher.title}`, head, body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<figure class="tt-image"><a href="${imageUrl}"><img src="${imageUrl}" alt="${escaped(alt)}"></a><figcaption>${escaped(caption)}<small>${escaped(credit)}</small></figcaption></figure>`;
}
