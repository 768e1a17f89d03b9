import { BROADSHEET_DE, NEWSROOMS } from './newsrooms.ts';
import type { Plan } from './plan.ts';
import { blocksHtml, documentOf, escaped, pageOf, pictureHtml, type Parts, type Site } from './site.ts';
import { partsOf } from './page.ts';
import type { Block, InventedArticle } from './invent-article.ts';

/** Redesigns after which a page holds a part of its article, or nothing of it. */
export const WALLS: readonly Plan[] = [
  {
    ...NEWSROOMS.gazette,
    sentence: 'the article ends after two paragraphs and an offer of subscriptions follows',
    change: 'a paywall: the first two paragraphs, then prices inside the same container',
    select: '.entry-content',
    draw: (site, article) => teaserPage(site, article, 2, OFFER),
  },
  {
    ...NEWSROOMS.mercury,
    sentence: 'a consent wall is served in place of the page',
    change: 'every address answers 200 with a question about cookies; no word of the article',
    select: null,
    draw: (site) => barePage(site, `${site.name}: your privacy`, CONSENT),
  },
  {
    ...NEWSROOMS.pilot,
    sentence: 'the body is drawn by a script and the page is an empty shell',
    change: 'the server sends a root element, scripts and a line for browsers without scripts',
    select: null,
    draw: (site, article) =>
      documentOf(
        site.texts.language,
        `<title>${escaped(article.title)} | ${site.name}</title><link rel="stylesheet" href="/a/4.css"><script src="/a/vendor.91c.js" defer></script><script src="/a/main.77d.js" defer></script>`,
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"><div class="spin"></div></div><script>window.__v="77d";window.__api="/api/v3"</script>',
      ),
  },
  {
    ...NEWSROOMS.lantern,
    sentence: 'the text stops at its first paragraph and goes on in the app',
    change: 'one paragraph, then buttons to two shops of apps',
    select: '[itemprop=articleBody]',
    draw: (site, article) => teaserPage(site, article, 1, APP),
  },
  {
    ...NEWSROOMS.fellside,
    sentence: 'each article answers 200 with a page that says it was not found',
    change: 'a soft 404: the addresses were moved without redirects',
    select: null,
    draw: (site) => barePage(site, site.name, `${MISSING}<ul>${frontList(site, 0, 5)}</ul>`),
  },
  {
    ...NEWSROOMS.ledger,
    sentence: 'readers must log in, and the page is the form',
    change: 'every address answers 200 with a form for name and password',
    select: null,
    draw: (site, article) => barePage(site, `${article.title} - log in`, LOGIN),
  },
  {
    ...NEWSROOMS.aerial,
    sentence: 'a video takes the place of the text and has no transcript',
    change: 'a player, one line of the article and the same lines about the programme',
    select: '.longform__text',
    draw: (site, article) => {
      const parts = partsOf(site, article);
      const player = blocksHtml([{ is: 'video', title: article.title }], site);
      return pageOf({ ...parts, lead: '', body: `${player}<p>Watch: ${escaped(article.title)}.</p>${PROGRAMME}` });
    },
  },
  {
    ...BROADSHEET_DE,
    sentence: 'behind the first paragraph the letters are scrambled for those who have not paid',
    change: 'a soft paywall: the other paragraphs keep their length, but their letters are shuffled',
    select: '.story-body',
    draw: (site, article) => {
      const blocks = article.blocks.map((block, at) => (at === 0 ? block : scrambled(block)));
      const parts: Parts = { ...partsOf(site, article), body: blocksHtml(blocks, site) };
      return pageOf({
        ...parts,
        bodyEnd: '<div class="lock"><p>Weiterlesen mit Bote Plus, im ersten Monat für 1 Euro.</p></div>',
      });
    },
  },
];

/** The list of a front page. */
export function frontList(site: Site, from: number, count: number): string {
  return site.headlines
    .slice(from, from + count)
    .map(
      ({ title, teaser }, at) =>
        `<li><a href="/story/${from + at}">${escaped(title)}</a><p>${escaped(teaser)}</p></li>`,
    )
    .join('');
}

/** A page that has nothing of the article. */
function barePage(site: Site, title: string, body: string): string {
  return documentOf(
    site.texts.language,
    `<title>${escaped(title)}</title><meta property="og:site_name" content="${site.name}">`,
    `<header><a href="/">${site.name}</a></header><main>${body}</main><footer>${site.texts.labels.imprint}</footer>`,
  );
}

/** The first paragraphs of an article and what stands where the others were. */
function teaserPage(site: Site, article: InventedArticle, keep: number, rest: string): string {
  const shown = article.blocks.filter((block) => block.is === 'paragraph').slice(0, keep);
  const lead = article.lead === null ? '' : pictureHtml(article.lead, site, 'lead-picture');
  return pageOf({ ...partsOf(site, article), lead, body: blocksHtml(shown, site), bodyEnd: rest });
}

/** The block with every word's letters turned about, as such walls do it: same lengths, no sense. */
function scrambled(block: Block): Block {
  if (block.is !== 'paragraph') return block;
  const alphabet = 'enirtshdulcgmobwfkzvp';
  const text = Array.from(block.text)
    .map((letter, at) =>
      /\p{L}/u.test(letter) ? (alphabet[((letter.codePointAt(0) ?? 0) * 7 + at * 5) % alphabet.length] ?? 'e') : letter,
    )
    .join('');
  return { is: 'paragraph', text };
}

const OFFER = `<div class="o-box"><h3>Read on with Gazette Plus</h3><p>You have read your two free paragraphs. Choose the offer that suits you.</p>
<ul><li>Four weeks for 1.00, then 9.80 a month, cancel when you like</li><li>One year for 79.00, with the Saturday paper</li><li>Students and pensioners pay half</li></ul>
<p><a href="/plus">Subscribe now</a> or <a href="/login">log in</a> if you are a subscriber already.</p></div>`;

const CONSENT = `<h1>Before you go on</h1><p>We and our 214 partners store and read information on your device, such as cookies and identifiers, to show you advertisements that suit you, to count how often they are seen and to make our products better.</p>
<p>With your consent we may use your exact location and recognise your device. You may click to agree, or look at more detailed choices before you agree or refuse. Your choice holds for this website only and can be changed at any time.</p>
<p>Some partners do not ask for consent and rely on their legitimate interest. You can object to that under “Choices”.</p><button>Agree and go on</button> <button>Choices</button>`;

const APP = `<div class="z-next"><p>Continue in the Lantern app. It is free, it is quick, and it knows where you stopped reading.</p><p><a href="https://apps.store.example/lantern">For phones</a> <a href="https://apps.market.example/lantern">For tablets</a></p></div>`;

const MISSING = `<h1>We looked everywhere</h1><p>The page that you asked for cannot be found. It may have been moved or taken down, or the address may hold a mistake.</p><p>Try the search, go to our front page, or read one of these:</p>`;

const LOGIN = `<h1>Log in to go on</h1><form method="post" action="/session"><label>E-mail <input name="email"></label><label>Password <input type="password" name="password"></label><button>Log in</button></form>
<p>No account yet? <a href="/register">Sign up for free</a>, it takes a minute. <a href="/forgotten">Forgotten your password?</a></p><p>By logging in you agree to our terms and to our notice on privacy.</p>`;

const PROGRAMME = `<p>The Aerial Evening is on every weekday at half past six, with Ida Pell and Hal Sorley. You can see past programmes in our library for thirty days.</p><p>Do you have a story? Call our newsroom or send a message.</p>`;
