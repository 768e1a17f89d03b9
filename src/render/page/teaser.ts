import type { StoryTeaser } from '../../model/edition.ts';
import { languageTag } from '../../support/language-tag.ts';
import { sameLanguage } from './languages.ts';
import { markup, type Markup } from './markup.ts';
import { picture } from './picture.ts';
import { linkTo, shortDate, type Setting } from './setting.ts';

/**
 * How much is made of a story: `lead` is the page's first, `card` has its picture above and `row` beside it,
 * `headline` has neither picture nor excerpt.
 */
export type TeaserForm = 'lead' | 'card' | 'row' | 'headline';

export type TeaserOptions = { readonly form: TeaserForm; readonly level: 2 | 3 | 4 };

/** One of our stories as other pages show it. The whole of it leads to the story; the link is the title's. */
export function teaser(setting: Setting, story: StoryTeaser, { form, level }: TeaserOptions): Markup {
  const image = form === 'headline' ? null : picture(story.image, form === 'lead' ? 'now' : 'when-near');
  const lang = langAttribute(setting, story.language);
  return markup`<article class="teaser teaser-${form}${image === null ? ' without-picture' : ''}">
<h${level} class="teaser-title" dir="auto"${lang}><a href="${linkTo(setting, story.url)}">${story.title}</a></h${level}>
${image === null ? null : markup`<figure class="teaser-picture">${image}${form === 'lead' ? credit(story) : null}</figure>`}
<div class="teaser-text">
${form === 'headline' || story.excerpt === '' ? null : markup`<p class="excerpt" dir="auto"${lang}>${story.excerpt}</p>`}
${teaserFacts(setting, story)}
</div>
</article>`;
}

/** Who took the picture: said where it is shown large. */
function credit({ image }: StoryTeaser): Markup | null {
  if (image === null || image.credit === null) return null;
  return markup`<figcaption dir="auto">${image.credit}</figcaption>`;
}

/** Who reports it, when, and how many publishers do if it is more than one. */
export function teaserFacts(setting: Setting, story: StoryTeaser): Markup {
  const publishers = Math.round(story.reports);
  return markup`<p class="facts"><span class="publisher"><bdi>${story.publisher}</bdi></span> ${shortDate(setting, story.published)}${
    publishers > 1 ? markup` <span class="reports">${publishers} publishers</span>` : null
  }</p>`;
}

/** Told where it is not the page's own (WCAG 2.2, 3.1.2): a voice then reads it rightly. */
function langAttribute({ frame }: Setting, told: string | null): Markup | null {
  const tag = languageTag(told);
  return tag === null || sameLanguage(tag, frame.site.language) ? null : markup` lang="${tag}"`;
}
