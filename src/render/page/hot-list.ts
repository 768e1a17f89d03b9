import type { StoryTeaser } from '../../model/edition.ts';
import { markup, type Markup } from './markup.ts';
import { picture } from './picture.ts';
import { linkTo, type Setting } from './setting.ts';
import { teaserFacts } from './teaser.ts';

/**
 * The stories that most publishers report, in their order, each with its excerpt and a link to read on. With pictures
 * on the page that is theirs, without them beside other stories.
 */
export function hotList(
  setting: Setting,
  stories: readonly StoryTeaser[],
  { pictures }: { readonly pictures: 'shown' | 'left-out' },
): Markup {
  return markup`<ol class="hot-list">
${stories.map(
  (story) =>
    markup`<li>${hotStory(setting, story, pictures === 'shown' ? picture(story.image, 'when-near') : null)}</li>\n`,
)}</ol>`;
}

function hotStory(setting: Setting, story: StoryTeaser, image: Markup | null): Markup {
  const address = linkTo(setting, story.url);
  return markup`<article class="hot-story">
<h3 class="teaser-title" dir="auto"><a href="${address}">${story.title}</a></h3>
${image === null ? null : markup`<figure class="teaser-picture">${image}</figure>`}
<div class="teaser-text">
${story.excerpt === '' ? null : markup`<p class="excerpt" dir="auto">${story.excerpt}</p>`}
${teaserFacts(setting, story)}
<p class="read-more"><a href="${address}">Read more<span class="visually-hidden">: ${story.title}</span></a></p>
</div>
</article>`;
}

/** "Hot this week" as a part of another page. */
export function hotSection(setting: Setting, stories: readonly StoryTeaser[]): Markup {
  return markup`<section class="hot" aria-labelledby="hot-this-week">
<h2 class="section-title" id="hot-this-week"><a href="${linkTo(setting, setting.frame.hotUrl)}">Hot this week</a></h2>
${
  stories.length === 0
    ? markup`<p class="nothing-yet">No story stands out yet this week.</p>`
    : hotList(setting, stories, { pictures: 'left-out' })
}
</section>`;
}
