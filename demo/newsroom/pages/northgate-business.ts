import { clockTime, longDate } from '../dates.ts';
import { escaped } from '../markup.ts';
import type { Layout, PageView } from './layout.ts';
import {
  byline,
  canonical,
  correction,
  documentOf,
  links,
  openGraph,
  sectionLinks,
  shareLinks,
  sourceLine,
  tagLinks,
  textBlocks,
  withInterruption,
} from './parts.ts';

/** A business paper of divs: no article, figure or time element; OpenGraph for the machines; tickers around the text. */
export const northgateBusiness: Layout = {
  css: `
body { margin: 0; font: 16px/1.6 Verdana, sans-serif; color: #1b1b1b; background: #fff6ec; }
.ticker { background: #33302e; color: #fff; padding: .3rem 1rem; font-size: .75rem; } .ticker b { color: #7fd1a8; } .head { padding: 1rem 2rem; border-bottom: 1px solid #ccc1b7; } .head a { color: #33302e; margin-right: 1rem; text-decoration: none; } .head .logo { font: bold 1.8rem Georgia, serif; }
.wrap { max-width: 62rem; margin: 0 auto; display: flex; gap: 2rem; padding: 1rem; } .col-story { flex: 3; } .col-side { flex: 1; font-size: .85rem; } .headline { font: bold 2.1rem/1.2 Georgia, serif; }
.lead-picture img { width: 100%; height: auto; } .cutline { font-size: .85rem; } .picture-source { font-size: .7rem; color: #8a7f76; text-transform: uppercase; } .amendment { font-size: .85rem; background: #f2dfce; padding: .5rem; } .quote-box { float: right; width: 12rem; border-top: 3px solid #990f3d; padding: .5rem; margin-left: 1rem; font-size: .8rem; }
.foot { background: #33302e; color: #ccc; padding: 1.5rem 2rem; font-size: .8rem; } td, th { padding: .2rem .8rem; border-bottom: 1px solid #ccc1b7; text-align: left; }`,
  article,
};

function article(view: PageView): string {
  const { issue, published, others } = view;
  const { title, standfirst } = published.article;
  const head = [canonical(view), openGraph(view)].join('\n');
  const box = `<div class="quote-box promo">Northgate Live: the conference for people who move goods. <a href="/live">Book now</a></div>`;
  const body = `
<div class="ticker">NGX <b>+0.4 %</b> &nbsp; Copper <b>+1.1 %</b> &nbsp; Freight −0.2 %</div>
<div class="head"><a class="logo" href="/">${escaped(issue.publisher.title)}</a> ${sectionLinks(issue, (link) => link)}</div>
<div class="wrap">
<div class="col-story">
<div class="headline" role="heading" aria-level="1">${escaped(title)}</div>
<div class="sub">${escaped(standfirst)}</div>
<div class="by">By ${byline(view)} | ${longDate(published.published, 'en')} ${clockTime(published.published)} GMT</div>
<div class="icons">${shareLinks(view, (link) => link)}</div>
${picture(view)}
<div class="story-text">
${withInterruption(textBlocks(view), 2, box)}
</div>
${sourceLine(view, 'wire-line')}
${correction(view, (note) => `<div class="amendment">Amendment: ${note}</div>`)}
<div class="topics">Topics: ${tagLinks(view, (link) => link)}</div>
</div>
<div class="col-side"><div class="side-title">Latest</div>${links(others, 8, (link) => `<div class="side-item">${link}</div>`)}<div class="side-title">Newsletter</div><div>Before the bell: 06:30, weekdays. <a href="/bell">Sign up</a></div></div>
</div>
<div class="foot">Northgate Business. Data delayed by 15 minutes. Nothing here is advice.</div>`;
  return documentOf({ issue, title: `${title} | Northgate`, head, body });
}

function picture({ published: { article, imageUrl } }: PageView): string {
  if (article.image === null) return '';
  const { alt, caption, credit } = article.image;
  return `<div class="lead-picture"><img src="${imageUrl}" alt="${escaped(alt)}"><div class="cutline">${escaped(caption)}</div><div class="picture-source">Credit: ${escaped(credit)}</div></div>`;
}
