import { NEWSROOMS } from './newsrooms.ts';
import type { Plan } from './plan.ts';
import { partsOf } from './page.ts';
import { blocksHtml, documentOf, escaped, pageOf, pictureHtml } from './site.ts';

/** Redesigns that leave the whole article where a good extractor finds it: an alarm would be a false one. */
export const HARMLESS: readonly Plan[] = [
  {
    ...NEWSROOMS.sparrow,
    sentence: 'paragraphs give way to one block with line breaks',
    change: 'no paragraph elements any more: the text stands in one div, parted by two breaks',
    select: null,
    draw: (site, article) => {
      const body = blocksHtml(article.blocks, site)
        .replaceAll(/<(?:p|h2)>/g, '')
        .replaceAll(/<\/(?:p|h2)>/g, '<br><br>');
      return pageOf({ ...partsOf(site, article), body });
    },
  },
  {
    ...NEWSROOMS.northern,
    sentence: 'the classes of the article are renamed where no select was written',
    change: 'the container of the text is now called ce-text',
    select: null,
    draw: (site, article) =>
      pageOf({ ...partsOf(site, article), container: 'ce-text' })
        .replaceAll('class="story"', 'class="ce"')
        .replaceAll('story__by', 'ce-who'),
  },
  {
    ...NEWSROOMS.stone,
    sentence: 'head, foot, column and addresses are new and the article is the old one',
    change: 'a new frame with a wide menu and twelve stories below; addresses lose their folder',
    select: '.longform__text',
    urlPatternAfter: '/{slug}',
    draw: (site, article) => {
      const parts = partsOf(site, article);
      const stories = site.headlines
        .map(
          ({ title, teaser }, at) =>
            `<div class="tile"><a href="/story/${at}">${escaped(title)}</a><p>${escaped(teaser)}</p></div>`,
        )
        .join('');
      const menu = site.texts.labels.sections
        .map((name) => `<li><a href="/${name.toLowerCase()}">${name}</a></li>`)
        .join('');
      return documentOf(
        site.texts.language,
        `<title>${escaped(article.title)} - ${site.name}</title><link rel="canonical" href="${parts.url}"><meta property="og:title" content="${escaped(article.title)}">${article.lead === null ? '' : `<meta property="og:image" content="https://${site.host}${article.lead.path}">`}<meta property="article:published_time" content="${article.published}"><meta name="author" content="${escaped(article.author)}">`,
        `<div class="mega"><a href="/">${site.name}</a><ul>${menu}</ul><form action="/search"><input name="q"></form></div>
<main><div class="side-left"><ul>${menu}</ul></div><article><h1>${escaped(article.title)}</h1><p class="who">${site.texts.labels.by} ${escaped(article.author)}</p>${parts.lead}<div class="longform__text">${parts.body}</div></article></main>
<section class="tiles">${stories}</section><footer><ul>${menu}</ul>${site.texts.labels.imprint}</footer>`,
      );
    },
  },
  {
    ...NEWSROOMS.kurier,
    sentence: 'pictures come late and in several sizes',
    change: 'pictures are picture elements with sources and a placeholder in src',
    select: 'td.maintext',
    draw: (site, article) =>
      pageOf(partsOf(site, article)).replaceAll(
        /<img src="(\/img\/[^"]+)" width="1200" height="800" alt="([^"]*)">/g,
        '<picture><source data-srcset="$1?w=600 600w, $1?w=1200 1200w" type="image/webp"><img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" data-src="$1" data-srcset="$1?w=600 600w, $1?w=1200 1200w" alt="$2"></picture><noscript><img src="$1" alt="$2"></noscript>',
      ),
  },
  {
    ...NEWSROOMS.harbour,
    sentence: 'an advertisement parts the text into two containers',
    change: 'the text stands in two containers of the same class with a place for advertising between them',
    select: '[data-part=text]',
    draw: (site, article) => {
      const half = Math.ceil(article.blocks.length / 2);
      const parts = partsOf(site, article);
      return pageOf({
        ...parts,
        lead: article.lead === null ? '' : pictureHtml(article.lead, site, 'lead-picture'),
        body: blocksHtml(article.blocks.slice(0, half), site),
        below: `<div class="ad-slot" id="ad-3"><span>Advertisement</span></div><div class="css-77b" data-part="text">${blocksHtml(article.blocks.slice(half), site)}</div>`,
      });
    },
  },
];
