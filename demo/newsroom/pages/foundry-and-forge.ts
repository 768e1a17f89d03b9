import { longDate } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import { byline, correction, documentOf, links, sectionLinks, sourceLine, textBlocks } from './parts.ts';

/** A trade sheet that has not been rebuilt since tables were in fashion: cells, font elements, no data for machines. */
export const foundryAndForge: Layout = {
  css: `
body { font: 15px/1.5 Tahoma, sans-serif; background: #c9c4bb; } .sheet { width: 60rem; max-width: 100%; background: #fff; } .sheet td { padding: .6rem 1rem; vertical-align: top; } .menu { background: #4a2c17; } .menu a { color: #ffd9a0; } .title a { color: #8c2f0d; font: bold 2rem Impact, sans-serif; text-decoration: none; } .pic img { width: 100%; height: auto; } .erratum { color: #8c2f0d; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst } = published.article;
  const body = `
<table class="sheet" align="center" cellspacing="0">
<tr><td class="title" colspan="2"><a href="/">${escaped(issue.publisher.title)}</a><br><font size="2">${escaped(issue.publisher.tagline)}</font></td></tr>
<tr><td class="menu" width="180">${sectionLinks(issue, (link) => `${link}<br>`)}<br>${links(others, 6, (link) => `<font size="1">» ${link}</font><br>`)}<br><font size="1" color="#ffd9a0">Back issues: 4.50, post free</font></td>
<td class="story" id="story">
<font size="5"><b>${escaped(title)}</b></font><br>
<font size="2" color="#777777">by ${byline(view)}, ${longDate(published.published, 'en')}</font>
${picture(view)}
<p><i>${escaped(standfirst)}</i></p>
${textBlocks(view).join('\n')}
${sourceLine(view, 'wire')}
${correction(view, (note) => `<p class="erratum"><b>Erratum:</b> ${note}</p>`)}
<hr><font size="1">Letters to the foreman, please, not to the editor. <a href="/">Front page</a></font>
</td></tr>
</table>`;
  return documentOf({ issue, title, head: '', body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<table class="pic"><tr><td><img src="${imageUrl}" alt="${escaped(alt)}" border="1"></td></tr><tr><td><font size="1">${escaped(caption)} Photo: ${escaped(credit)}</font></td></tr></table>`;
}
