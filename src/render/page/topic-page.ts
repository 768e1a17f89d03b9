import type { TopicPage } from '../../model/page.ts';
import { markup, type Markup } from './markup.ts';
import type { PageParts } from './page-frame.ts';
import type { Setting } from './setting.ts';
import { feedList } from './site-foot.ts';
import { teaser } from './teaser.ts';

/** One topic: its newest story first, the others below it. */
export function topicPage(setting: Setting, page: TopicPage): PageParts {
  const { frame, topic, stories } = page;
  const { site } = frame;
  return {
    kind: 'topic',
    editionOf: page.editionOf,
    weather: null,
    head: {
      title: topic.title,
      description: topic.description ?? `${topic.title}: the newest stories in ${site.title}`,
      canonical: topic.url,
      feeds: [
        { title: `${topic.title} – ${site.title}`, links: topic.feedLinks },
        ...(site.privateTopicId === undefined ? [{ title: site.title, links: frame.feedLinks }] : []),
      ],
      image: stories[0]?.image ?? null,
      article: null,
    },
    main: markup`<header class="page-head">
<h1 dir="auto">${topic.title}</h1>
${topic.description === null ? null : markup`<p class="page-description" dir="auto">${topic.description}</p>`}
<div class="follow"><span>Follow <bdi>${topic.title}</bdi></span>
${feedList(setting, topic.feedLinks)}
</div>
</header>
${news(setting, page)}`,
  };
}

function news(setting: Setting, { topic, stories: [lead, ...others] }: TopicPage): Markup {
  if (lead === undefined) {
    return markup`<div class="empty-page">
<p>There are no stories in <bdi>${topic.title}</bdi> yet. The first appears here as soon as one of our sources reports it; the feeds above will bring it to you.</p>
</div>`;
  }
  return markup`<section class="topic-stories" aria-labelledby="newest">
<h2 class="visually-hidden" id="newest">Newest stories</h2>
${teaser(setting, lead, { form: 'lead', level: 3 })}
<div class="story-rows">
${others.map((story) => teaser(setting, story, { form: 'row', level: 3 }))}
</div>
</section>`;
}
