import { clockTime, longDate } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import { byline, commentList, correction, documentOf, links, sectionLinks, tagLinks, textBlocks } from './parts.ts';

/** A Russian city paper: nothing for machines but the charset in a meta element; byline and date in plain sight. */
export const volna: Layout = {
  css: `
body { margin: 0; font: 16px/1.6 Arial, sans-serif; background: #eef4f8; color: #222; } .shapka { background: #0b6fa4; color: #fff; padding: 1rem 2rem; } .shapka a { color: #fff; margin-right: 1rem; text-decoration: none; }
.stranica { max-width: 58rem; margin: 1rem auto; background: #fff; padding: 1.5rem 2rem; display: flex; gap: 2rem; } .material { flex: 3; } .lenta { flex: 1; font-size: .85rem; border-left: 2px solid #0b6fa4; padding-left: 1rem; }
.foto img { width: 100%; height: auto; } .foto .podpis { font-size: .85rem; color: #555; } .popravka { background: #fde8e8; padding: .5rem 1rem; } .podval { text-align: center; font-size: .8rem; padding: 1rem; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst } = published.article;
  const body = `
<div class="shapka"><a href="/"><b>${escaped(issue.publisher.title)}</b></a> ${sectionLinks(issue, (link) => link)}</div>
<div class="stranica">
<div class="material">
<h1>${escaped(title)}</h1>
<div class="data">${longDate(published.published, 'ru')}, ${clockTime(published.published)}</div>
<div class="avtor">Автор: ${byline(view)}</div>
<p class="anons"><b>${escaped(standfirst)}</b></p>
${picture(view)}
<div class="tekst">
${textBlocks(view).join('\n')}
</div>
${correction(view, (note) => `<p class="popravka">Поправка: ${note}</p>`)}
<div class="metki">Метки: ${tagLinks(view, (link) => link)}</div>
<div class="otzyvy"><h3>Отзывы читателей</h3>${commentList(view, ({ name, text }) => `<p><b>${name}</b>: ${text}</p>`)}</div>
</div>
<div class="lenta"><h3>Лента</h3>${links(others, 8, (link) => `<p>${link}</p>`)}<p><a href="/podpiska">Подписка на письма</a></p></div>
</div>
<div class="podval">© «Волна». Перепечатка — со ссылкой на источник.</div>`;
  return documentOf({ issue, title: `${title} — ${issue.publisher.title}`, head: '', body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<div class="foto"><img src="${imageUrl}" alt="${escaped(alt)}"><div class="podpis">${escaped(caption)} <i>Фото: ${escaped(credit)}</i></div></div>`;
}
