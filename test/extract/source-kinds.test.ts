import { describe, expect, test } from '@jest/globals';
import { parseHtml } from '../../src/extract/page/parse-html.ts';
import { findSourceLink } from '../../src/extract/source-link/source-link.ts';
import type { Entry } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';

const page = 'https://clippings.example.com/2026/ferry';
const source = 'https://www.islandpost.example/news/ferry-88213';
const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const FIRST =
  'The ferry to the outer islands will sail twice a day from April, the harbour office said on Tuesday after months of talks with the crews.';
const SECOND =
  'Two crews have been hired for the second boat, and a third is to follow before the summer timetable begins in the middle of June this year.';
const THIRD =
  'Shopkeepers on the islands had asked for the late boat since the winter of the long storms, when the shelves stood empty for nine days in a row.';
const TEXT = `<p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p>`;

function onPage(body: string, { head = '', title = 'Ferry to sail twice a day' } = {}): string | null {
  const html = `<!doctype html><html><head><title>${title} | Clippings</title>${head}</head><body>${body}</body></html>`;
  return findSourceLink({ tree: parseHtml(html), url: page, entry: null })?.url ?? null;
}

function inFeed(html: string, entry: Partial<Entry> = {}): string | null {
  const given = anEntry({
    link: page,
    title: 'Ferry to sail twice a day',
    content: { type: 'html', value: html },
    ...entry,
  });
  return findSourceLink({ tree: null, url: given.link ?? page, entry: given })?.url ?? null;
}

const article = (end: string): string => `<article><h1>Ferry to sail twice a day</h1>${TEXT}${end}</article>`;

describe('the page that an article was taken from is named', () => {
  test.each([
    ['in a table of particulars, in Spanish', `<table><tr><th>Fecha</th><td>3 de abril</td></tr><tr><th>Fuente original</th><td><a href="${source}">Correo de las Islas</a></td></tr></table>`],
    ['in a definition list, in Polish', `<dl><dt>Dział</dt><dd>Porty</dd><dt>Źródło:</dt><dd><a href="${source}">Głos Wysp</a></dd></dl>`],
    ['below a heading of its own, in French', `<h3>Source</h3><p><a href="${source}">La Gazette des îles</a></p>`],
    ['behind a label in a span, in Chinese', `<div><span>来源</span>：<a href="${source}">海岛日报</a></div>`],
    ['before the words that say so, in Japanese', `<p>（<a href="${source}">島新聞</a>より転載）</p>`],
    ['before the words that say so, in Turkish', `<p>Bu haber <a href="${source}">Ada Postası</a> sitesinden alınmıştır.</p>`],
    ['before the words that say so, in Korean', `<p><a href="${source}">섬신문</a>에서 전재했습니다.</p>`],
    ['in a footer of the article, in Dutch', `<footer class="entry-footer"><p>Dit artikel verscheen eerder: oorspronkelijk gepubliceerd op <a href="${source}">Eilandpost</a>.</p></footer>`],
    ['in a note of translation, in Italian', `<p><em>Articolo tradotto da <a href="${source}">Island Post</a>, con il consenso dell’autrice.</em></p>`],
    ['by a note of republication in German', `<p>Übernommen aus <a href="${source}">Inselpost</a> mit freundlicher Genehmigung.</p>`],
    ['by a "here" in Russian', `<p>Оригинал статьи можно прочитать <a href="${source}">здесь</a>.</p>`],
    ['by a "here" in French', `<p>L’article original est disponible <a href="${source}">ici</a>.</p>`],
    ['as a source beside a via', `<p>via <a href="https://pointer.example/a/7">Pointer</a> / Source: <a href="${source}">Island Post</a></p>`],
    ['behind the home page of the same paper', `<p>Source: <a href="https://www.islandpost.example/">Island Post</a>, <a href="${source}">“Two boats a day”</a></p>`],
    ['with a sign in the place of a colon', `<p>Quelle → <a href="${source}">Inselpost</a></p>`],
    ['by the whole clause as a link', `<p><a href="${source}">This story was originally published by Island Post</a></p>`],
    ['in the words of a wire', `<p>View source version on wirehouse.example: <a href="${source}">${source}</a></p>`],
    ['by a button with a script', `<button type="button" onclick="window.open('${source}', '_blank')">Lire l’article original</button>`],
    ['by a form that goes through the site’s own way out', `<form action="/out" method="get"><input type="hidden" name="url" value="${source}?utm_source=clip"><input type="submit" value="Zum Originalartikel"></form>`],
    ['by a button in a form that holds the whole page', `<a class="more" href="${source}">Read the original article at Island Post</a>`],
    ['in an aside that says that it is the source', `<aside class="origin-note">Source: <a href="${source}">Island Post</a></aside>`],
    ['in a quotation that holds nothing else', `<blockquote><p>原文：<a href="${source}">海岛日报</a></p></blockquote>`],
    ['behind a redirector with a signed token', `<p>Source: <a href="https://track.letters.example/c/${base64('{"alg":"none"}')}.${base64(JSON.stringify({ url: source, id: 7 }))}.c2ln">Island Post</a></p>`],
    ['behind a redirector in hex', `<p>Source: <a href="https://go.letters.example/${Buffer.from(source).toString('hex')}">Island Post</a></p>`],
    ['behind a redirector with the address in its path', `<p>Source: <a href="/leave/${encodeURIComponent(source)}">Island Post</a></p>`],
    ['beside a short link that keeps it', `<p>Source: <a href="https://sho.example/aB3x9" data-full-url="${source}">Island Post</a></p>`],
  ])('%s', (_where, end) => {
    expect(onPage(article(end))).toBe(source);
  }); // prettier-ignore
});

describe('a post passes on what another wrote', () => {
  test('under a title that leads there, with a date as its permalink', () => {
    const post = `<div class="entry"><h2><a href="${source}">Ferry to sail twice a day</a></h2><p>At last. ${SECOND}</p><p class="d"><a rel="bookmark" href="/2026/ferry">4 April</a></p></div>`;
    expect(onPage(post)).toBe(source);
    expect(onPage(post, { title: 'Clippings, 4 April' })).toBe(source);
  });

  test('with talk below it', () => {
    const links = `<div class="submission"><div class="points">81</div><div class="story-title"><a class="story" href="${source}">Ferry to sail twice a day</a> <small>islandpost.example</small></div><p><a href="/2026/ferry">12 remarks</a> <a href="/u/mo">mo</a></p></div>`;
    const talk = `<div class="comments"><p>Source: <a href="https://elsewhere.example/a/b">this</a></p></div>`;
    expect(onPage(links + talk)).toBe(source);
  });

  test('with its address below the title', () => {
    const talk = `<article><h1>Ferry to sail twice a day</h1><div><a href="${source}" rel="nofollow ugc">islandpost.example/news/ferry-88213</a></div><p>12 remarks by 9 people</p></article>`;
    expect(onPage(talk)).toBe(source);
  });

  test('in an element that says so', () => {
    const post = `<div data-permalink="/2026/ferry" data-url="${source}"><p>Twice a day</p></div>`;
    expect(onPage(post)).toBe(source);
  });

  test('in the one card that it carries', () => {
    const card = `<a class="preview-card" href="${source}"><img src="/t.png" alt=""><b>Two boats a day</b><span>islandpost.example</span></a>`;
    expect(onPage(`<div class="toot"><p>Finalmente!</p>${card}</div>`, { title: 'Mo' })).toBe(source);
    expect(
      onPage(`<div class="toot"><p>Two.</p>${card}${card.replace(source, 'https://other.example/a/b')}</div>`),
    ).toBe(page);
  });

  test('as a bookmark in microformats; what it answers to is not passed on', () => {
    expect(onPage(`<div class="h-entry"><p>To read: <a class="u-bookmark-of h-cite" href="${source}">Two boats</a></p></div>`)).toBe(source);
    expect(onPage(`<div class="h-entry"><div class="u-in-reply-to h-cite"><a class="u-url" href="${source}">Two boats a day</a></div><p>I doubt it.</p></div>`)).toBe(page);
  }); // prettier-ignore

  test('as one long quotation with its author below', () => {
    const quote = `<blockquote><p>${FIRST}</p><p>${SECOND}</p></blockquote><p>— <a href="${source}">Ana Ruiz, Island Post</a></p>`;
    expect(onPage(`<div class="q">${quote}</div>`, { title: 'A quotation' })).toBe(source);
    expect(onPage(article(quote))).toBe(page);
  });

  test('as its data say', () => {
    const shared = { '@type': 'SocialMediaPosting', sharedContent: { '@type': 'WebPage', url: source } };
    const based = (type: string): string =>
      `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', isBasedOn: { '@type': type, url: source } })}</script>`;
    expect(onPage('<p>Look.</p>', { head: `<script type="application/ld+json">${JSON.stringify(shared)}</script>` })).toBe(source);
    expect(onPage(article(''), { head: based('NewsArticle') })).toBe(source);
    expect(onPage(article(''), { head: based('Dataset') })).toBe(page);
  }); // prettier-ignore
});

describe('what a feed tells', () => {
  test('a related page that the text links is what the entry passes on', () => {
    const links = [{ rel: 'related', href: source, type: null }];
    expect(inFeed(`<p>Look at <a href="${source}">this</a>.</p>`, { links })).toBe(source);
    expect(inFeed('<p>Look at <a href="https://other.example/b/c">this</a>.</p>', { links })).toBe(page);
  });

  test('its source element chooses between links, unless two lead there', () => {
    const named = { title: 'Island Post', url: 'https://www.islandpost.example/rss', id: null };
    const text = `<p>${FIRST} <a href="https://office.example/notices/4">Notice</a> <a href="${source}">Two boats</a></p>`;
    expect(inFeed(text, { source: named })).toBe(source);
    expect(inFeed(`${text}<a href="https://www.islandpost.example/news/other-1">Other</a>`, { source: named })).toBe(page);
  }); // prettier-ignore

  test('the title in its text leads out, in a language without spaces', () => {
    expect(
      inFeed(`<h3><a href="${source}">离岛渡轮每天两班</a></h3><p>好消息。</p>`, { title: '离岛渡轮每天两班' }),
    ).toBe(source);
  });

  test('a link whose own address hides the target is that target', () => {
    const link = `https://headlines.example/read/${base64(`\u0008\u0013"${String.fromCharCode(source.length)}${source}\u00d2`)}`;
    expect(inFeed(`<a href="${link}">Ferry to sail twice a day</a>`, { link })).toBe(source);
  });
});

describe('the line that feeds put under each post', () => {
  test.each([
    "<p>Cet article <a href=\"SOURCE\">Le ferry</a> est apparu en premier sur <a href=\"https://www.islandpost.example\">La Gazette</a>.</p>",
    "<p>Der Beitrag <a href=\"SOURCE\">Die Fähre</a> erschien zuerst auf <a href=\"https://www.islandpost.example/\">Inselpost</a>.</p>",
    "<p>La entrada <a href=\"SOURCE\">El ferry</a> se publicó primero en <a href=\"https://www.islandpost.example\">Correo</a>.</p>",
    "<p>Сообщение <a href=\"SOURCE\">Паром</a> появились сначала на <a href=\"https://www.islandpost.example\">Вести</a>.</p>",
    "<p>O post <a href=\"SOURCE\">A balsa</a> apareceu primeiro em <a href=\"https://www.islandpost.example\">Correio</a>.</p>",
    "<p>L'articolo <a href=\"SOURCE\">Il traghetto</a> proviene da <a href=\"https://www.islandpost.example\">Corriere</a>.</p>",
    "<p>Het bericht <a href=\"SOURCE\">De veerboot</a> verscheen eerst op <a href=\"https://www.islandpost.example\">Eiland</a>.</p>",
    "<p>Artykuł <a href=\"SOURCE\">Prom</a> pochodzi z serwisu <a href=\"https://www.islandpost.example\">Głos</a>.</p>",
    "<p>投稿 <a href=\"SOURCE\">渡し船</a> は <a href=\"https://www.islandpost.example\">島新聞</a> に最初に表示されました。</p>",
  ])('%s', (line) => {
    expect(inFeed(`<p>Twice a day.</p>${line.replace('SOURCE', source)}`)).toBe(source);
    expect(inFeed(`<p>Twice a day.</p>${line.replace('SOURCE', page)}`)).toBe(page);
  }); // prettier-ignore
});

describe('feeds of communities and of text alone', () => {
  test('an address in a line of its own, with hardly a word beside it', () => {
    const html = `submitted by <a href="https://talk.example/u/mo">mo</a><br>12 points | <a href="https://talk.example/post/4">3 comments</a><br><a href="${source}">${source}</a>`;
    expect(inFeed(html, { link: 'https://talk.example/post/4' })).toBe(source);
  });

  test('an address that is labelled, beside that of the talk', () => {
    const html = `<p>Article URL: <a href="${source}">${source}</a></p><p>Comments URL: <a href="https://board.example/item?id=4">https://board.example/item?id=4</a></p>`;
    expect(inFeed(html, { link: 'https://board.example/item?id=4' })).toBe(source);
  });

  test('an entry that links to the source and has its permalink in a sign', () => {
    expect(inFeed(`<p>Good.</p><p><a title="Permanent link" href="${page}">★</a></p>`, { link: source, id: page, idIsPermalink: true })).toBe(source);
  }); // prettier-ignore

  test('text without markup', () => {
    expect(inFeed('', { content: { type: 'text', value: `Twice a day.\nSource: ${source}` } })).toBe(source);
    expect(inFeed('', { content: { type: 'text', value: `Twice a day. See ${source}` } })).toBe(page);
  });
});

describe('what looks like a source and is none', () => {
  test.each([
    ['three stories in a row', article(`<p>One. <a href="${source}">Read the original</a></p><p>${SECOND} <a href="https://b.example/a/b">Read the original</a></p><p>${THIRD} <a href="https://c.example/a/c">Read the original</a></p>`)],
    ['a digest with a label below each story, in German', `<h1>Die Woche</h1><h2>Fähre</h2><p>${FIRST}</p><p>Quelle: <a href="${source}">Inselpost</a></p><h2>Brücke</h2><p>${SECOND}</p><p>Quelle: <a href="https://b.example/a/b">Stadtbote</a></p>`],
    ['the source of a table, in Spanish', article(`<table><thead><tr><th>Año</th><th>Viajes</th></tr></thead><tr><td>2024</td><td>8.100</td></tr></table><p>Fuente: <a href="https://anuario.example/tablas/4-2">Anuario</a></p>`)],
    ['the source of a list of figures', article(`<ul><li>2023: 81,200</li><li>2024: 79,114</li><li>2025: 90,002</li></ul><p>Source: <a href="https://office.example/tables/trips">Harbour office</a></p>`)],
    ['an office of statistics at the end', article(`<p>Source: <a href="https://office.example/releases/2026-4">National Statistics Office</a></p>`)],
    ['the source of a chart, in Russian', article(`<div><iframe src="https://charts.example/e/1"></iframe><p>Источник: <a href="https://agency.example/r/1">агентство</a></p></div>`)],
    ['a label in the midst of the text', article(`<p>Source: <a href="${source}">a letter</a></p><p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p>`)],
    ['a study that is called the full report', `<article><h1>Ferries</h1><p>${FIRST} You can <a href="https://institute.example/studies/9">read the full report</a> at the institute.</p><p>${SECOND}</p><p>${THIRD}</p></article>`],
    ['a program’s source, in French', article('<p>Source : <a href="https://gitlab.islands.example/mo/timetable/-/tree/main">le dépôt</a></p>')],
    ['a shop', article('<p>Source: <a rel="sponsored nofollow" href="https://boats.example/item/4">Boat shop</a></p>')],
    ['a shop behind a redirector', article(`<p><a href="https://go.ads.example/click?url=${encodeURIComponent('https://boats.example/products/oars')}">View full article at Boats</a></p>`)],
    ['an app', article('<p><a href="https://play.store.example/store/apps/details?id=x">Den ganzen Artikel in der App lesen</a></p>')],
    ['a home page', article('<p>Originally published at <a href="https://www.islandpost.example/en">Island Post</a>.</p>')],
    ['where the author’s work has appeared', article(`<p>Mo Lind’s work has appeared in <a href="${source}">Island Post</a> and elsewhere.</p>`)],
    ['where else the article was printed', article(`<p>This article was reprinted at <a href="${source}">Island Post</a>.</p>`)],
    ['a photographer, in Italian', article('<p>Foto di Ana, fonte: <a href="https://pictures.example/p/4">Archivio</a></p>')],
    ['a licence', article('<p>Republished under a <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">licence</a>.</p>')],
    ['a list of literature', article(`<h2>Quellen</h2><ul><li><a href="${source}">Inselpost</a></li><li><a href="https://b.example/a/b">Handbuch</a></li></ul>`)],
    ['another story in a column', `<div class="row"><div class="wide">${article('')}</div><div class="slim"><div><h4>Bees</h4><p>The hives were moved.</p><a href="https://b.example/a/b">Go to source</a></div></div></div>`],
    ['stories of others below a heading', article(`<div><h3>Anderswo</h3><p><a href="https://b.example/a/b">Zum Original</a></p></div>`)],
    ['a short post that is quoted', article(`<blockquote class="toot"><p>Two boats! <a href="${source}">View original post</a></p></blockquote>`)],
    ['a card in a long article', article(`<p>${FIRST}</p><p>${SECOND}</p><p>${THIRD}</p><a class="link-preview" href="${source}"><img src="/t.png" alt=""><b>Two boats a day</b></a>`)],
    ['a form that asks for something', article(`<form action="${source}"><input name="mail"><button>Read the full article</button></form>`)],
    ['an address of this network', article(`<p>Source: <a href="https://go.letters.example/${base64('http://10.0.0.7/cms/4')}">desk</a></p>`)],
    ['a page to save this one at', article(`<p><a href="https://keep.example/add?u=${encodeURIComponent(page)}">View original article</a></p>`)],
    ['a mention by its title in running text', article(`<p>In her piece <a href="${source}">Ferry to sail twice a day</a> Ana Ruiz told of the crews, and of the nine days without bread on the shelves.</p>`)],
    ['a redirector without a target', article('<p>Source: <a href="javascript:void(0)">Island Post</a></p>')],
  ])('%s', (_what, body) => {
    expect(onPage(body)).toBe(page);
  }); // prettier-ignore
});
