import type { ArticlePage } from '../../model/page.ts';
import type { EditionEntry } from '../../model/edition.ts';
import { articleNotes } from './article-notes.ts';
import { byline } from './byline.ts';
import { hotSection } from './hot-list.ts';
import { publicAddress } from '../../support/public-address.ts';
import { languageTag } from '../../support/language-tag.ts';
import { directionOf } from './languages.ts';
import { markup, sanitised, type Markup } from './markup.ts';
import type { PageParts } from './page-frame.ts';
import { picture } from './picture.ts';
import { linkTo, type Setting } from './setting.ts';
import { teaser } from './teaser.ts';
import { topicSections } from './topic-news.ts';

/** A story's page. It shows no edition's date: it would have to be written anew with every edition. */
export function articlePage(setting: Setting, page: ArticlePage): PageParts {
  const { frame, entry, hot, related } = page;
  const topicNews = page.topicNews.filter(({ stories }) => stories.length > 0);
  return {
    kind: 'article',
    editionOf: null,
    weather: null,
    head: {
      title: entry.title,
      description: entry.summary === '' ? null : entry.summary,
      canonical: canonicalOf(entry),
      feeds: [
        ...ownTopics(page).map(({ title, feedLinks }) => ({
          title: `${title} – ${frame.site.title}`,
          links: feedLinks,
        })),
        ...(frame.site.privateTopicId === undefined ? [{ title: frame.site.title, links: frame.feedLinks }] : []),
      ],
      image: entry.image,
      article: { published: entry.published, updated: entry.updated },
    },
    main: markup`<div class="article-columns${hot.length === 0 ? ' article-alone' : ''}">
${article(setting, page)}
${hot.length === 0 ? null : hotSection(setting, hot)}
</div>
${topicNews.length === 0 ? null : topicSections(setting, topicNews)}
${related.length === 0 ? null : relatedSection(setting, page)}`,
  };
}

/** A whole text belongs to its publisher's page; an excerpt is a page of our own. */
function canonicalOf({ extent, sourceUrl, url }: EditionEntry): string {
  return (extent === 'full' ? publicAddress(sourceUrl) : null) ?? url;
}

function ownTopics({ frame, entry }: ArticlePage): ArticlePage['frame']['topics'] {
  return frame.topics.filter(({ id }) => entry.topicIds.includes(id));
}

function article(setting: Setting, page: ArticlePage): Markup {
  const { entry } = page;
  const language = languageTag(entry.language);
  const lang = language === null ? null : markup` lang="${language}"`;
  const direction = directionOf(language);
  const topics = ownTopics(page);
  return markup`<article class="story" itemscope itemtype="https://schema.org/NewsArticle">
<header class="story-head">
${
  topics.length === 0
    ? null
    : markup`<p class="kicker">${topics.map(
        (topic) => markup`<a href="${linkTo(setting, topic.url)}"><bdi>${topic.title}</bdi></a> `,
      )}</p>`
}
<h1 class="story-title" itemprop="headline"${lang} dir="${direction}">${entry.title}</h1>
${byline(setting, entry)}
</header>
${leadPicture(entry, lang)}
<div class="body" itemprop="articleBody"${lang} dir="${direction}">
${sanitised(entry.contentHtml)}
</div>
${articleNotes(setting, page)}
</article>`;
}

/** Alternative text, caption and credit are three things, and none of them is the body's first line. */
function leadPicture({ image }: EditionEntry, lang: Markup | null): Markup | null {
  const shown = picture(image, 'now');
  if (image === null || shown === null) return null;
  const { caption, credit } = image;
  const licence = publicAddress(image.licence);
  return markup`<figure class="lead-picture"${lang} itemprop="image" itemscope itemtype="https://schema.org/ImageObject">
${shown}
<meta itemprop="contentUrl" content="${publicAddress(image.url)}">
${licence === null ? null : markup`<link itemprop="license" href="${licence}">`}
${
  caption === null && credit === null
    ? null
    : markup`<figcaption>
${caption === null ? null : markup`<span class="caption" itemprop="caption" dir="auto">${caption}</span>`}
${credit === null ? null : markup`<span class="credit" itemprop="creditText" dir="auto">${credit}</span>`}
</figcaption>`
}
</figure>`;
}

function relatedSection(setting: Setting, { related }: ArticlePage): Markup {
  return markup`<section class="related" aria-labelledby="related">
<h2 class="section-title" id="related">Related articles</h2>
<div class="card-grid">
${related.map((story) => teaser(setting, story, { form: 'card', level: 3 }))}
</div>
</section>`;
}
