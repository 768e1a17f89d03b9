import type { Weather } from '../../model/site.ts';
import type { Instant } from '../../support/instant.ts';
import { head, type HeadFacts } from './head.ts';
import { directionOf } from './languages.ts';
import { markup, textOf, type Markup } from './markup.ts';
import { linkTo, type Setting } from './setting.ts';
import { siteFoot } from './site-foot.ts';

export type PageParts = {
  readonly head: HeadFacts;
  readonly kind: 'front' | 'topic' | 'hot' | 'article';
  /** The masthead's date; null where there is none. */
  readonly editionOf: Instant | null;
  readonly weather: Weather | null;
  readonly main: Markup;
};

/** A whole page: head, masthead, the way to the topics, what the page is for, and the foot. */
export function pageFrame(setting: Setting, parts: PageParts): string {
  const { language } = setting.frame.site;
  return textOf(markup`<!doctype html>
<html lang="${language}" dir="${directionOf(language) === 'rtl' ? 'rtl' : 'ltr'}">
<head>
${head(setting, parts.head)}
</head>
<body class="${parts.kind}-page">
<a class="skip-link" href="#main">Skip to the content</a>
${masthead(setting, parts)}
<main id="main" tabindex="-1">
${parts.main}
</main>
${siteFoot(setting)}
</body>
</html>
`);
}

/**
 * On the front page the site's name is the heading; elsewhere it is the way back. A topic is seldom as new as the whole: its
 * date is called what it is, lest it be taken for that of the edition.
 */
function masthead(setting: Setting, { kind, editionOf, weather }: PageParts): Markup {
  const { site, topics, hotUrl } = setting.frame;
  const name = markup`<a href="${linkTo(setting, site.url)}">${site.title}</a>`;
  return markup`<header class="masthead">
${
  editionOf === null
    ? null
    : markup`<p class="edition-date">${kind === 'topic' ? 'Last updated ' : null}<time datetime="${editionOf}">${setting.dates.day(editionOf)}</time>${
        kind === 'front' ? whereAndHowWarm(setting, weather) : null
      }</p>`
}
${kind === 'front' ? markup`<h1 class="nameplate" dir="auto">${name}</h1>` : markup`<p class="nameplate" dir="auto">${name}</p>`}
${kind === 'front' && site.description !== null ? markup`<p class="motto" dir="auto">${site.description}</p>` : null}
<nav class="topic-nav" aria-label="Topics">
<ul>
${site.privateTopicId === undefined ? navItem(setting, { title: 'Hot this week', url: hotUrl }) : null}
${topics.map((topic) => navItem(setting, topic))}</ul>
</nav>
</header>`;
}

/** The place, and the temperature there if it was told. */
function whereAndHowWarm({ frame: { site } }: Setting, weather: Weather | null): Markup | null {
  if (site.place === null) return null;
  const degrees =
    weather === null
      ? null
      : markup` <span class="temperature">${new Intl.NumberFormat(site.language, { style: 'unit', unit: 'celsius' }).format(weather.temperatureCelsius)}</span>`;
  return markup` · <span class="place" dir="auto">${site.place.name}</span>${degrees}`;
}

function navItem(setting: Setting, { title, url }: { readonly title: string; readonly url: string }): Markup {
  const current = url === setting.here ? markup` aria-current="page"` : null;
  return markup`<li><a href="${linkTo(setting, url)}"${current}><bdi>${title}</bdi></a></li>\n`;
}
