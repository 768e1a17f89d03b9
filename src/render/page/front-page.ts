import type { FrontPage } from '../../model/page.ts';
import { hotSection } from './hot-list.ts';
import { markup, type Markup } from './markup.ts';
import type { PageParts } from './page-frame.ts';
import type { Setting } from './setting.ts';
import { teaser } from './teaser.ts';
import { topicSections } from './topic-news.ts';

/** The front page: one big story, a few beside it, what is hot, and each topic's newest. */
export function frontPage(setting: Setting, page: FrontPage): PageParts {
  const { site, feedLinks } = page.frame;
  return {
    kind: 'front',
    editionOf: page.editionOf,
    weather: page.weather,
    head: {
      title: null,
      description: site.description,
      canonical: site.url,
      feeds: [{ title: site.title, links: feedLinks }],
      image: page.top[0]?.image ?? null,
      article: null,
    },
    main: page.top.length === 0 ? nothingYet() : news(setting, page),
  };
}

function news(setting: Setting, { top: [lead, ...others], hot, topics }: FrontPage): Markup {
  return markup`<section class="top-stories${others.length === 0 ? ' lead-alone' : ''}" aria-labelledby="top-stories">
<h2 class="visually-hidden" id="top-stories">Top stories</h2>
${lead === undefined ? null : teaser(setting, lead, { form: 'lead', level: 3 })}
${
  others.length === 0
    ? null
    : markup`<div class="second-stories">
${others.map((story) => teaser(setting, story, { form: 'row', level: 3 }))}
</div>`
}
</section>
${hotSection(setting, hot)}
${topics.length === 0 ? null : topicSections(setting, topics)}`;
}

function nothingYet(): Markup {
  return markup`<div class="empty-page">
<h2>The first edition is being gathered</h2>
<p>No stories have come in yet. They appear here as soon as our sources report them.</p>
</div>`;
}
