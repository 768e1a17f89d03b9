import { application, blog, broadsheet, magazine, microdata, tables } from './looks.ts';
import { inventArticles, inventSite, rarestKind, type Habits } from './newsroom.ts';
import { inventArticle } from './invent-article.ts';
import { pageFor, partsOf, type Page } from './page.ts';
import { pageOf, type Look } from './site.ts';
import { ENGLISH } from './texts/english.ts';
import { FRENCH } from './texts/french.ts';
import { GERMAN } from './texts/german.ts';
import { JAPANESE } from './texts/japanese.ts';
import type { LanguageTexts } from './texts/language-texts.ts';

/** A source that never changes its template, oldest article first. Any alarm here is a false one. */
export type NormalSource = { readonly title: string; readonly select: string | null; readonly pages: readonly Page[] };

type Normal = {
  readonly title: string;
  readonly host: string;
  readonly texts: LanguageTexts;
  readonly look: Look;
  readonly select: string | null;
  readonly habits: Habits;
  /** A line under every text, as some newsrooms have always had one. */
  readonly standing?: string;
};

const NORMAL: readonly Normal[] = [
  normal(
    'Everything Daily',
    'everything-daily.example',
    broadsheet,
    { report: 4, feature: 1, note: 3, live: 1, video: 1, gallery: 1 },
    0.7,
  ),
  normal('Short Wave', 'shortwave.example', blog, { note: 9, feature: 1 }, 0.3),
  normal('Long Water', 'longwater.example', magazine, { feature: 8, interview: 2, note: 1 }, 1),
  normal('Talk of Sandrow', 'talk-of-sandrow.example', application, { interview: 6, video: 2, note: 1 }, 0.9),
  normal('Pictures and Words', 'picturesandwords.example', microdata, { gallery: 5, report: 3, note: 2 }, 0.95),
  normal('Ticker North', 'ticker-north.example', tables, { live: 4, note: 4, report: 2 }, 0.15),
  {
    ...normal('Nine Lists', 'ninelists.example', blog, { list: 7, note: 2, feature: 1 }, 0.8),
    standing: 'Nine Lists is read by 40,000 people. Write to us if you miss something in this one.',
  },
  {
    ...normal('Screen and Page', 'screenandpage.example', application, { video: 5, report: 4, list: 1 }, 0.6),
    select: '[data-part=text]',
  },
  {
    ...normal('Kreisblatt', 'kreisblatt.example', broadsheet, { report: 6, note: 3, gallery: 1 }, 0.6),
    texts: GERMAN,
    select: '.story-body',
  },
  {
    ...normal('Le Marelais', 'le-marelais.example', magazine, { report: 5, feature: 2, note: 3, interview: 1 }, 0.75),
    texts: FRENCH,
  },
  {
    ...normal('浜野日報', 'hamano-nippo.example', blog, { report: 5, note: 5, interview: 1 }, 0.5),
    texts: JAPANESE,
  },
  {
    ...normal('Plain Text', 'plaintext.example', tables, { report: 2, feature: 1, note: 2 }, 0),
    select: 'td.maintext',
  },
];

/**
 * Twelve newsrooms that keep their templates while their articles vary as articles do: notes, galleries, talks,
 * running reports, lists, videos with two sentences, and now and then a week with nothing but one kind.
 */
export function normalSources({ articlesEach }: { articlesEach: number }): NormalSource[] {
  return NORMAL.map(({ title, select, habits, standing, ...made }) => {
    const site = inventSite(title, { ...made, urlPattern: '/{date}/{slug}' });
    const articles = inventArticles(site, habits, articlesEach).map((article, at) => {
      // Every fortieth article begins a run of four of the kind that is rarest here.
      if (at < 12 || at % 40 >= 4) return article;
      return inventArticle(`${title} run ${at}`, rarestKind(habits), site.texts, {
        picture: article.lead !== null,
        published: article.published,
      });
    });
    return {
      title,
      select,
      pages: articles.map((article) =>
        pageFor(
          site,
          article,
          pageOf({ ...partsOf(site, article), bodyEnd: standing === undefined ? '' : `<p>${standing}</p>` }),
        ),
      ),
    };
  });
}

function normal(title: string, host: string, look: Look, kinds: Habits['kinds'], pictures: number): Normal {
  return { title, host, texts: ENGLISH, look, select: null, habits: { kinds, pictures } };
}
