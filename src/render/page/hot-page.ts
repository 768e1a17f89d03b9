import type { HotPage } from '../../model/page.ts';
import { hotList } from './hot-list.ts';
import { markup } from './markup.ts';
import type { PageParts } from './page-frame.ts';
import type { Setting } from './setting.ts';

/** The stories that most publishers report, ranked. */
export function hotPage(setting: Setting, { frame, editionOf, stories }: HotPage): PageParts {
  const description = `The stories that most publishers report, as ${frame.site.title} counts them`;
  return {
    kind: 'hot',
    editionOf,
    weather: null,
    head: {
      title: 'Hot this week',
      description,
      canonical: frame.hotUrl,
      feeds: [{ title: frame.site.title, links: frame.feedLinks }],
      image: stories[0]?.image ?? null,
      article: null,
    },
    main: markup`<header class="page-head">
<h1>Hot this week</h1>
<p class="page-description">Ranked by how many independent publishers report a story. Each publisher counts once, copies do not count, and older stories make way.</p>
</header>
${
  stories.length === 0
    ? markup`<div class="empty-page">
<p>No story stands out yet this week. One does as soon as several publishers report it.</p>
</div>`
    : markup`<section aria-labelledby="ranked">
<h2 class="visually-hidden" id="ranked">Ranked stories</h2>
${hotList(setting, stories, { pictures: 'shown' })}
</section>`
}`,
  };
}
