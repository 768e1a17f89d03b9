import type { TopicNews } from '../../model/page.ts';
import { markup, type Markup } from './markup.ts';
import { linkTo, type Setting } from './setting.ts';
import { teaser } from './teaser.ts';

/** The topics as a part of another page, each with its newest stories: the first with its picture, then headlines. */
export function topicSections(setting: Setting, topics: readonly TopicNews[]): Markup {
  return markup`<section class="topics" aria-labelledby="topics">
<h2 class="section-title" id="topics">Topics</h2>
<div class="topic-grid">
${topics.map((news) => topicSection(setting, news))}</div>
</section>`;
}

function topicSection(setting: Setting, { topic, stories: [first, ...others] }: TopicNews): Markup {
  const address = linkTo(setting, topic.url);
  return markup`<section class="topic" aria-labelledby="topic-${topic.id}">
<h3 class="topic-title" id="topic-${topic.id}" dir="auto"><a href="${address}">${topic.title}</a></h3>
${
  first === undefined
    ? markup`<p class="nothing-yet">No further stories for now. <a href="${address}">All of <bdi>${topic.title}</bdi></a></p>`
    : teaser(setting, first, { form: 'card', level: 4 })
}
${
  others.length === 0
    ? null
    : markup`<ul class="headlines">
${others.map((story) => markup`<li>${teaser(setting, story, { form: 'headline', level: 4 })}</li>\n`)}</ul>`
}
</section>
`;
}
