import { describe, expect, test } from '@jest/globals';
import { parseHtml } from '../../src/extract/page/parse-html.ts';
import { findSourceLink } from '../../src/extract/source-link/source-link.ts';

const page = 'https://clippings.example.com/2026/ferry';
const source = 'https://www.islandpost.example/news/ferry-88213';
const TEXT = [
  'The ferry to the outer islands will sail twice a day from April, the harbour office said on Tuesday after months of talks with the crews.',
  'Two crews have been hired for the second boat, and a third is to follow before the summer timetable begins in the middle of June this year.',
  'Shopkeepers on the islands had asked for the late boat since the winter of the long storms, when the shelves stood empty.',
]
  .map((paragraph) => `<p>${paragraph}</p>`)
  .join('');

/** Of an article that ends so; links without an address lead to the source. */
function sourceOf(end: string): string | null {
  const body = `<article><h1>Ferry to sail twice a day</h1>${TEXT}${end.replaceAll('<a>', `<a href="${source}">`)}</article>`;
  const html = `<html><head><title>Ferry to sail twice a day - Clippings</title></head><body>${body}</body></html>`;
  return findSourceLink({ tree: parseHtml(html), url: page, entry: null })?.url ?? null;
}

describe('the last line says where the article is from', () => {
  test.each([
    ["English", "<p>This piece first ran in the <a>Island Post</a> on 3 April.</p>"],
    ["English", "<p>Adapted from a story by <a>Island Post</a>.</p>"],
    ["English", "<p>Story source: <a>Island Post</a></p>"],
    ["English", "<p>Materials provided by <a>Island University</a>. <em>Note: Content may be edited for style and length.</em></p>"],
    ["English", "<p><strong>Original article:</strong> <a>Two boats a day</a> (Island Post)</p>"],
    ["English", "<p>You can read the original article <a>here</a>.</p>"],
    ["English", "<p><a>Click here to read the full article</a></p>"],
    ["English", "<p><a>Read full story at islandpost.example</a></p>"],
    ["English", "<p>H/T <a>Island Post</a></p>"],
    ["English", "<p>[Via <a>Island Post</a>]</p>"],
    ["English", "<p>[Source: <a>Island Post</a>]</p>"],
    ["English", "<p>This article is republished from <a>The Commons</a> under a Creative Commons license.</p>"],
    ["English", "<p>Reprinted with permission from <a>Island Post</a>.</p>"],
    ["English", "<p><a>This article</a> originally appeared in Island Post.</p>"],
    ["English", "<p><a>Island Post</a> first reported this story.</p>"],
    ["English", "<p><a>View the original article on Island Post</a></p><div class=\"author-bio\"><p>Mo</p></div>"],
    ["English", "<p>Cross-posted from <a>Island Post</a>.</p>"],
    ["English", "<p>Excerpt from <a>Island Post</a></p>"],
    ["English", "<p>Read the rest at <a>Island Post</a></p>"],
    ["English", "<p><a>Read the rest of this article →</a></p>"],
    ["English", "<p>Syndicated copy. <a>Original</a></p>"],
    ["German", "<p>Dieser Beitrag erschien zuerst auf <a>Inselpost</a>.</p>"],
    ["German", "<p><a>Vollständigen Artikel auf Inselpost lesen</a></p>"],
    ["German", "<p>Der Originalbeitrag ist <a>hier</a> zu finden.</p>"],
    ["German", "<p>Dieser Text ist zuerst in der <a>Inselpost</a> erschienen.</p>"],
    ["German", "<ul class=\"meta\"><li>Ressort: Meer</li><li>Quelle: <a>Inselpost</a></li></ul>"],
    ["German", "<p>Zum vollständigen Artikel: <a>Inselpost</a></p>"],
    ["French", "<p>Cet article a été publié initialement sur <a>La Gazette</a>.</p>"],
    ["French", "<p><a>Lire la suite sur La Gazette</a></p>"],
    ["French", "<p>Article repris de <a>La Gazette</a>.</p>"],
    ["French", "<p>Source : <a>La Gazette</a></p>"],
    ["Spanish", "<p>Este artículo se publicó originalmente en <a>Correo</a>.</p>"],
    ["Spanish", "<p><a>Ver noticia original</a></p>"],
    ["Spanish", "<p>Publicado originalmente en <a>Correo</a></p>"],
    ["Spanish", "<p>Puedes leer el artículo original <a>aquí</a>.</p>"],
    ["Portuguese", "<p>Este texto foi publicado originalmente em <a>Correio</a>.</p>"],
    ["Portuguese", "<p><a>Leia a matéria completa</a></p>"],
    ["Portuguese", "<p>Com informações de <a>Correio</a></p>"],
    ["Italian", "<p>Questo articolo è apparso originariamente su <a>Corriere</a>.</p>"],
    ["Italian", "<p><a>Leggi tutto su Corriere</a></p>"],
    ["Dutch", "<p>Dit artikel verscheen eerder op <a>Eilandpost</a>.</p>"],
    ["Dutch", "<p><a>Lees het originele artikel</a></p>"],
    ["Swedish", "<p>Artikeln publicerades först i <a>Öposten</a>.</p>"],
    ["Swedish", "<p><a>Läs hela artikeln hos Öposten</a></p>"],
    ["Danish", "<p><a>Læs hele artiklen på Øposten</a></p>"],
    ["Norwegian", "<p>Saken ble først publisert i <a>Øyposten</a>.</p>"],
    ["Finnish", "<p>Juttu julkaistiin alun perin <a>Saaripostissa</a>.</p>"],
    ["Finnish", "<p><a>Lue alkuperäinen artikkeli</a></p>"],
    ["Russian", "<p>Материал впервые опубликован на сайте <a>Вести</a>.</p>"],
    ["Russian", "<p><a>Читать полностью на сайте Вести</a></p>"],
    ["Russian", "<p>По материалам: <a>Вести</a></p>"],
    ["Ukrainian", "<p><a>Читати оригінал статті</a></p>"],
    ["Ukrainian", "<p>За матеріалами <a>Вісті</a></p>"],
    ["Polish", "<p>Artykuł ukazał się pierwotnie w <a>Głosie</a>.</p>"],
    ["Polish", "<p><a>Czytaj cały artykuł</a></p>"],
    ["Czech", "<p><a>Přejít na původní článek</a></p>"],
    ["Czech", "<p>Článek původně vyšel na <a>Hlas</a>.</p>"],
    ["Turkish", "<p><a>Haberin tamamını oku</a></p>"],
    ["Turkish", "<p>Kaynak — <a>Ada Postası</a></p>"],
    ["Arabic", "<p>نُشر هذا المقال أولا في <a>الجريدة</a></p>"],
    ["Arabic", "<p><a>اقرأ المقال الأصلي</a></p>"],
    ["Hebrew", "<p><a>לכתבה המקורית</a></p>"],
    ["Persian", "<p>منبع: <a>روزنامه</a></p>"],
    ["Hindi", "<p>स्रोत: <a>समाचार</a></p>"],
    ["Chinese", "<p>本文转载自<a>海岛日报</a></p>"],
    ["Chinese", "<p>本文首发于<a>海岛日报</a>，作者：李</p>"],
    ["Chinese", "<p>原文链接：<a>the address</a></p>"],
    ["Japanese", "<p>※この記事は<a>島新聞</a>に掲載されたものです。</p>"],
    ["Japanese", "<p><a>続きを読む（島新聞）</a></p>"],
    ["Japanese", "<p>引用元：<a>島新聞</a></p>"],
    ["Korean", "<p>출처 : <a>섬신문</a></p>"],
    ["Korean", "<p><a>기사 원문 바로가기</a></p>"],
    ["Vietnamese", "<p>Theo <a>Báo Đảo</a></p>"],
    ["Vietnamese", "<p>Nguồn: <a>Báo Đảo</a></p>"],
    ["Indonesian", "<p><a>Baca artikel asli</a></p>"],
    ["Indonesian", "<p>Artikel ini telah tayang di <a>Pos Pulau</a></p>"],
    ["Thai", "<p>ที่มา: <a>ข่าวเกาะ</a></p>"],
    ["Greek", "<p>Πηγή – <a>Νησί</a></p>"],
    ["Hungarian", "<p>Forrás: <a>Szigetposta</a></p>"],
    ["Romanian", "<p><a>Citește articolul original</a></p>"],
  ])('in %s: %s', (_language, end) => {
    expect(sourceOf(end)).toBe(source);
  }); // prettier-ignore
});

describe('the last lines speak of something else', () => {
  test.each([
    "<p>Mo Lind is a reporter. Her first novel was published by <a>Harbour Press</a> in 2024.</p>",
    "<p>Ana Ruiz is the editor of <a>Island Post</a>. This article was edited by Jo.</p>",
    "<p>More information: <a href=\"https://journal.example/articles/10.1000/x\">Tides and boats</a></p><p><MORE></p>",
    "<p>The study, first published in <a href=\"https://journal.example/articles/9\">Sea Letters</a>, looked at nine harbours over six years, and its authors asked for more measurements before any conclusion is drawn.</p><TEXT>",
    "<div class=\"infobox\"><p>Official site: <a href=\"https://ferries.example/timetable/2026\">ferries.example</a></p></div>",
    "<p><strong>Read more:</strong> <a href=\"https://b.example/news/bees-7\">Bees ordered inland</a></p><TEXT>",
    "<p>See also: <a href=\"https://b.example/news/bees-7\">Bees ordered inland</a></p>",
    "<p><a href=\"https://pod.example/e/4\">Listen to the full interview</a></p>",
    "<p>Listen on <a href=\"https://pod.example/show/4\">Podcasts</a></p>",
    "<p><a href=\"https://terms.example/a/b\">Read the full terms</a></p>",
    "<p>[1] <a href=\"https://b.example/news/bees-7\">Handbook of boats</a></p><p>[2] <a href=\"https://c.example/d/e\">Ferries</a></p>",
    "<p>Sources: <a href=\"https://b.example/news/bees-7\">Handbook</a>, <a href=\"https://c.example/d/e\">Office</a>, <a href=\"https://d.example/f/g\">Council</a></p>",
    "<p>Share via: <a href=\"https://social.example/compose?text=hi&link=x\">Social</a></p>",
    "<p><a href=\"https://git.islands.example/mo/ferry\">View source</a></p>",
    "<p>Source code: <a href=\"https://code.example/mo/ferry\">ferry</a></p>",
    "<img src=\"x.jpg\"><p>Source: <a href=\"https://b.example/news/bees-7\">Pictures</a></p><p><MORE></p>",
    "<p>Video: <a href=\"https://tube.example/watch?v=abc\">Channel</a></p>",
    "<p>Image credit: <a href=\"https://b.example/news/bees-7\">Ana</a></p>",
    "<p>Cover photo via <a href=\"https://b.example/news/bees-7\">Pictures</a></p>",
    "<div class=\"chart-box\"><img src=\"chart.png\" alt=\"Chart of trips\"></div><p>Quelle: <a href=\"https://amt.example/zahlen/4\">Hafenamt</a></p>",
    "<table><tr><td>2019</td><td>81,200</td></tr><tr><td>2020</td><td>12,900</td></tr></table><p>Source: <a href=\"https://amt.example/z/4\">Office</a></p><p>The figures do not count children.</p>",
    "<p>Correction: an earlier version of this article, first published on Monday, named <a href=\"https://b.example/news/bees-7\">the wrong pier</a>.</p>",
    "<div class=\"card\"><a href=\"https://b.example/news/bees-7\"><img src=\"b.png\"><h3>Bees ordered inland by the county</h3></a></div>",
    "<blockquote cite=\"https://b.example/news/bees-7\"><p>Every hive is to be moved.</p></blockquote>",
    "<p>From: <a href=\"https://books.example/isbn/978\">The Long Storm</a></p>",
    "<p><a href=\"https://clippings.example.com/2026/old\">Read our original story</a></p>",
    "<p><a href=\"https://mail.example/v/abc\">View this email in your browser</a></p>",
    "<p><a href=\"https://m.clippings.example.com/2026/ferry\">View full version</a></p>",
    "<p><a href=\"https://court.example/d/4.pdf\">Read the full decision</a></p>",
    "<p>Sponsored by <a href=\"https://boats.example/a/b\">Boats</a></p>",
    "<p><a href=\"https://fr.clippings.example.com/2026/ferry\">Read this article in French</a></p>",
    "<p><a href=\"https://tinkerers.example/item?id=4\">Discuss this article on Tinkerers</a></p>",
    "<p>Source: <a href=\"https://en.wikipedia.org/wiki/Ferry\">Wikipedia</a></p><TEXT>",
    "<p><a href=\"https://account.example/join/4\">Continue reading with a free account</a></p>",
  ])('%s', (end) => {
    expect(sourceOf(end.replaceAll('<TEXT>', TEXT).replaceAll('<MORE>', TEXT.slice(3, 140)))).toBe(page);
  }); // prettier-ignore
});
