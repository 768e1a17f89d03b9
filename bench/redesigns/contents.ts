import { inventArticle, type InventedArticle } from './invent-article.ts';
import { NEWSROOMS } from './newsrooms.ts';
import { DAILY, type Plan } from './plan.ts';
import { partsOf } from './page.ts';
import { blocksHtml, documentOf, escaped, pageOf, type Site } from './site.ts';
import { FRENCH } from './texts/french.ts';
import { frontList } from './walls.ts';

/** Redesigns after which something else is taken for the article, or stands in it. */
export const CONTENTS: readonly Plan[] = [
  {
    ...NEWSROOMS.echo,
    sentence: 'the class of the body is renamed and select finds nothing',
    change: 'the container of the text is now called txt-9; the rest stays',
    select: '.story-body',
    draw: (site, article) => pageOf({ ...partsOf(site, article), container: 'txt-9' }),
  },
  {
    ...NEWSROOMS.heron,
    sentence: 'the class that select names now belongs to a note about the author',
    change: 'the text moves to a container called chapter; its old class is given to the author’s box',
    select: '.longform__text',
    draw: (site, article) =>
      pageOf({
        ...partsOf(site, article),
        container: 'chapter',
        below: `<div class="longform__text"><p>${escaped(article.author)} writes for Heron Weekly about water, roads and what lies between them.</p></div>`,
      }),
  },
  {
    ...NEWSROOMS.thornholm,
    sentence: 'a box for the newsletter and related stories move into the body',
    change: 'after the second paragraph a letter box, and at the end six stories with teasers, in neutral markup',
    select: '.entry-content',
    draw: (site, article) => {
      const [head = '', ...rest] = blocksHtml(article.blocks, site).split('\n');
      const stories = site.headlines
        .slice(0, 6)
        .map(({ title, teaser }) => `<p><b>${escaped(title)}</b> ${escaped(teaser)}</p>`)
        .join('');
      return pageOf({
        ...partsOf(site, article),
        body: [head, `<div class="m7"><p>${LETTER}</p></div>`, ...rest, `<div class="m9">${stories}</div>`].join('\n'),
      });
    },
  },
  {
    ...NEWSROOMS.commons,
    sentence: 'articles lose their pictures',
    change: 'the lead picture and those in the text are gone, also from the data in the head',
    select: null,
    habits: { ...DAILY, pictures: 1 },
    draw: (site, article) =>
      pageOf({
        ...partsOf(site, article),
        lead: '',
        body: blocksHtml(
          article.blocks.filter(({ is }) => is !== 'picture'),
          site,
        ),
      }),
  },
  {
    ...NEWSROOMS.eastlea,
    sentence: 'the text about cookies becomes the longest of the page',
    change: 'a long notice about cookies stands at the head of the article’s own column, in plain paragraphs',
    select: null,
    draw: (site, article) =>
      pageOf({ ...partsOf(site, article), bodyStart: `<div class="n1">${paragraphs(COOKIES)}</div>` }),
  },
  {
    ...NEWSROOMS.ferryman,
    sentence: 'what readers say is now inside the article',
    change: 'ten to twenty remarks of readers follow the text in its own container, in neutral markup',
    select: '[data-part=text]',
    draw: (site, article) => pageOf({ ...partsOf(site, article), bodyEnd: talk(article) }),
  },
  {
    ...NEWSROOMS.marlow,
    sentence: 'every address answers with the front of its section',
    change: 'old addresses lead to a list of the day’s articles, the same for each',
    select: null,
    draw: (site) =>
      documentOf(
        site.texts.language,
        `<title>${site.name}</title>`,
        `<header><a href="/">${site.name}</a></header><main><h1>News</h1><ul class="river">${frontList(site, 0, 12)}</ul></main><footer>${site.texts.labels.imprint}</footer>`,
      ),
  },
  {
    ...NEWSROOMS.tide,
    sentence: 'the site answers in another language',
    change: 'pages are served in French, furniture and text, while the feed stays English',
    select: null,
    draw: (site, article) => {
      const french = inventArticle(`${article.slug} in French`, 'report', FRENCH, {
        picture: article.lead !== null,
        published: article.published,
      });
      return pageOf(partsOf({ ...site, texts: FRENCH }, { ...french, slug: article.slug }));
    },
  },
  {
    ...NEWSROOMS.wharf,
    sentence: 'the next article is appended to the one that was asked for',
    change: 'endless scrolling: an older article follows inside the same container',
    select: '.entry-content',
    draw: (site, article, older) =>
      pageOf({
        ...partsOf(site, article),
        bodyEnd: `<h2>${escaped(older.title)}</h2><p>${site.texts.labels.by} ${escaped(older.author)}</p>${blocksHtml(older.blocks, site)}`,
      }),
  },
  {
    ...NEWSROOMS.beacon,
    sentence: 'articles are cut into pages that a script turns',
    change: 'a page holds a quarter of the text; the buttons for the others have no address',
    select: '[data-part=text]',
    draw: (site, article) => {
      const shown = article.blocks.slice(0, Math.max(1, Math.ceil(article.blocks.length / 4)));
      return pageOf({
        ...partsOf(site, article),
        body: blocksHtml(shown, site),
        below:
          '<div class="css-pg"><button>1</button><button>2</button><button>3</button><button>4</button><button>Next page</button></div>',
      });
    },
  },
  {
    ...NEWSROOMS.exchange,
    sentence: 'a legal text is appended to every article',
    change: 'nine lines on risk and liability close the container of the text',
    select: '[itemprop=articleBody]',
    draw: (site, article) => pageOf({ ...partsOf(site, article), bodyEnd: paragraphs(RISKS) }),
  },
  {
    ...NEWSROOMS.anzeiger,
    sentence: 'the page holds the text twice, for small and for wide screens',
    change: 'a copy for telephones, a paragraph a sentence, stands before the text in the same column',
    select: '.col-main',
    draw: (site, article) =>
      pageOf({ ...partsOf(site, article), bodyStart: `<div class="s-only">${sentences(site, article)}</div>` }),
  },
];

const paragraphs = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join('\n');

const talk = ({ remarks }: InventedArticle): string =>
  `<div class="css-tk"><h3>${remarks.length} readers</h3>${remarks
    .map(
      ({ name, text }, at) => `<div class="css-tl"><p><b>${name}</b> ${at + 1} h ago</p><p>${escaped(text)}</p></div>`,
    )
    .join('')}</div>`;

/** Each sentence as a paragraph of its own, so that few paragraphs of it equal one of the text. */
function sentences(site: Site, article: InventedArticle): string {
  return article.blocks
    .filter((block) => block.is === 'paragraph')
    .flatMap(({ text }) => text.split(/(?<=[.!?]) /))
    .map((text) => blocksHtml([{ is: 'paragraph', text: `${text} ` }], site))
    .join('\n');
}

const LETTER =
  'Good morning, Thornholm! Our letter comes at six, before the kettle boils, with the weather, the roads and one story that you will want to tell at lunch. It costs nothing, holds no advertisements from strangers, and you can leave whenever you like. Put your address into the box and we shall see you tomorrow.';

const COOKIES = [
  'This notice tells you how the Eastlea Post and the companies that it works with use cookies and things like them on this website. Please read it with care. If you go on reading, you accept what it says.',
  'A cookie is a small file that a website keeps on your computer or telephone. It lets the website remember your acts and choices for some time, such as your name, your language and the size of letters, so that you need not enter them again whenever you come back or go from one page to another.',
  'Some cookies are needed for the site to do its work. They are set when you log in, fill in a form or choose your settings on privacy. You can tell your browser to block them, but then parts of the site will not be there for you.',
  'Cookies for measuring let us count visits and see where they come from, so that we can find out how well our site does and make it better. They tell us which pages are liked most and least, and how people move about. What they gather is summed up and names nobody.',
  'Cookies for comfort let the site offer more and remember more. They may be set by us or by others whose services we have put on our pages. If you do not allow them, some or all of these services may not work as they should.',
  'Cookies for advertising may be set through our site by our partners. These companies may use them to draw a picture of what you like and to show you fitting advertisements on other sites. They do not keep your name, but they do recognise your browser and your device.',
  'Cookies of social networks are set by services that we have added to the site so that you can share our stories with friends. They can follow your browser over other sites and draw a picture of your interests, which may change what you see there.',
  'We keep your choice for twelve months. After that we ask again. You may change it at any time with the link at the foot of each page. If you clear your browser’s memory or use another one, you will have to choose once more.',
  'Some of the companies named in the list of partners work outside the country, where other laws hold. We have agreed with them on clauses that protect what we pass on. You can ask us for a copy of these clauses by letter or by e-mail.',
  'You have the right to know what we keep about you, to have it put right or wiped out, to limit its use, to take it elsewhere and to object. You can also complain to the office that watches over us. Write to our officer for privacy at the address in the imprint.',
  'We may change this notice from time to time, as the law or our services change. The newest form is always to be found here. The one that you are reading has been in force since the first of the month and takes the place of all earlier ones.',
];

const RISKS = [
  'This text is for information only and is no advice to buy or to sell. It does not take into account your aims, your means or your needs.',
  'Past results are no guide to future ones. The worth of what you hold can fall as well as rise, and you may get back less than you put in.',
  'Trading on credit carries a high risk and does not suit everyone. Seven of ten private accounts lose money when they trade in such contracts. Consider whether you understand how they work and whether you can afford the loss.',
  'Corn Exchange Media, its owners, directors and staff accept no liability for any loss, direct or indirect, that follows from the use of this text or from trust in it.',
  'Prices are given with a delay of fifteen minutes or more and may differ from those at which you can trade. No warranty is given that they are complete or right.',
  'The author may hold shares of companies that are named above. Corn Exchange Media may be paid by some of them for other services.',
  'Nothing here may be copied or passed on without leave in writing. Names of goods and firms belong to their owners.',
  'This text is not meant for persons in countries where its spread would be against the law.',
  'Regulated by the Office for Fair Markets under number 77-4410. Registered seat: 4 Granary Row, Eastlea.',
];
