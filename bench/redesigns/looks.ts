import { escaped, type Look, type Parts, type Site } from './site.ts';

const sections = ({ texts }: Site): string =>
  [texts.labels.home, ...texts.labels.sections]
    .map((name) => `<a href="/${encodeURIComponent(name.toLowerCase())}">${name}</a>`)
    .join(' ');

const headlines = ({ headlines }: Site, from: number, count: number): string =>
  headlines
    .slice(from, from + count)
    .map(({ title }, at) => `<li><a href="/story/${from + at}">${escaped(title)}</a></li>`)
    .join('');

const day = ({ article }: Parts): string =>
  `<time datetime="${article.published}">${article.published.slice(0, 10)}</time>`;

const by = ({ site, article }: Parts): string => `${site.texts.labels.by} ${escaped(article.author)}`;

const inside = ({ bodyStart, body, bodyEnd }: Parts): string => [bodyStart ?? '', body, bodyEnd ?? ''].join('\n');

/** A daily: an article element, a column of the most read. Select: `.story-body`. */
export const broadsheet: Look = (parts) => `
<header class="masthead"><a class="logo" href="/">${parts.site.name}</a><nav>${sections(parts.site)}</nav></header>
<main><article class="story"><header><h1>${escaped(parts.article.title)}</h1><p class="story__by">${by(parts)} ${day(parts)}</p></header>
${parts.lead}<div class="${parts.container ?? 'story-body'}">${inside(parts)}</div>${parts.below ?? ''}</article>
<aside><h3>${parts.site.texts.labels.mostRead}</h3><ol>${headlines(parts.site, 0, 6)}</ol></aside></main>
<footer><p>© ${parts.site.name}</p><a href="/terms">${parts.site.texts.labels.imprint}</a></footer>`;

/** A blog with a sidebar of widgets. Select: `.entry-content`. */
export const blog: Look = (parts) => `
<div id="page"><div id="masthead"><a href="/" rel="home">${parts.site.name}</a></div><div id="content">
<div class="post hentry"><h1 class="entry-title">${escaped(parts.article.title)}</h1><div class="entry-meta">${day(parts)} <span class="author vcard">${by(parts)}</span></div>
<div class="${parts.container ?? 'entry-content'}">${parts.lead}${inside(parts)}</div>${parts.below ?? ''}</div></div>
<div id="secondary"><div class="widget"><h3>${parts.site.texts.labels.mostRead}</h3><ul>${headlines(parts.site, 3, 7)}</ul></div><div class="widget">${sections(parts.site)}</div></div>
<div id="colophon"><a href="/imprint">${parts.site.texts.labels.imprint}</a></div></div>`;

/** A magazine with a wide picture above the text. Select: `.longform__text`. */
export const magazine: Look = (parts) => `
<nav class="bar"><a href="/">${parts.site.name}</a> ${sections(parts.site)}</nav>
<section class="longform"><div class="longform__top">${parts.lead}<h1>${escaped(parts.article.title)}</h1><p class="longform__who">${by(parts)}</p>${day(parts)}</div>
<div class="${parts.container ?? 'longform__text'}">${inside(parts)}</div>${parts.below ?? ''}</section>
<section class="more"><h4>${parts.site.texts.labels.mostRead}</h4><ul>${headlines(parts.site, 1, 4)}</ul></section>
<footer>${parts.site.texts.labels.imprint}</footer>`;

/** A page of an application, its classes made by a machine. Select: `[data-part=text]`. */
export const application: Look = (parts) => `
<div id="root"><div class="css-1q0"><div class="css-9ab"><a href="/">${parts.site.name}</a></div><div class="css-9ac">${sections(parts.site)}</div></div>
<div class="css-2x1"><article class="css-1k9"><h1 class="css-h7">${escaped(parts.article.title)}</h1><div class="css-m3"><span>${by(parts)}</span>${day(parts)}</div>
${parts.lead}<div class="${parts.container ?? 'css-77b'}" data-part="text">${inside(parts)}</div>${parts.below ?? ''}</article>
<div class="css-5rr"><h2>${parts.site.texts.labels.mostRead}</h2><ul>${headlines(parts.site, 2, 5)}</ul></div></div>
<div class="css-ff0">${parts.site.texts.labels.imprint}</div></div>`;

/** A regional paper that has kept its tables. Select: `td.maintext`. */
export const tables: Look = (parts) => `
<table width="980" align="center"><tr><td colspan="3"><a href="/"><img src="/logo.gif" alt="${parts.site.name}" width="240" height="60"></a></td></tr>
<tr><td width="160" valign="top">${sections(parts.site)}</td>
<td class="${parts.container ?? 'maintext'}" valign="top"><h1>${escaped(parts.article.title)}</h1><p class="who">${by(parts)}, ${day(parts)}</p>${parts.lead}
${inside(parts)}${parts.below ?? ''}</td>
<td width="200" valign="top"><b>${parts.site.texts.labels.mostRead}</b><ul>${headlines(parts.site, 0, 5)}</ul></td></tr>
<tr><td colspan="3"><font size="1">${parts.site.texts.labels.imprint}</font></td></tr></table>`;

/** A page with microdata. Select: `[itemprop=articleBody]`. */
export const microdata: Look = (parts) => `
<div class="top"><a href="/">${parts.site.name}</a><div class="menu">${sections(parts.site)}</div></div>
<div class="cols"><div class="col-main" itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">${escaped(parts.article.title)}</h1>
<div class="by"><span itemprop="author">${escaped(parts.article.author)}</span> ${day(parts)}</div>${parts.lead}
<div itemprop="articleBody" class="${parts.container ?? 'txt'}">${inside(parts)}</div>${parts.below ?? ''}</div>
<div class="col-side"><h3>${parts.site.texts.labels.mostRead}</h3><ul>${headlines(parts.site, 4, 6)}</ul></div></div>
<div class="bottom">${parts.site.texts.labels.imprint}</div>`;
