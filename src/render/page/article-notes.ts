import type { EditionEntry, OtherReport } from '../../model/edition.ts';
import type { ArticlePage } from '../../model/page.ts';
import { publicAddress } from '../../support/public-address.ts';
import { attachments } from './attachments.ts';
import { textOfSanitised } from '../../support/html.ts';
import { languageTag } from '../../support/language-tag.ts';
import { markup, type Markup } from './markup.ts';
import { rightsNote } from './rights-note.ts';
import { linkTo, type Setting } from './setting.ts';

/** What stands below the text: what was put right, where the text is from, who else tells it, and why it is here. */
export function articleNotes(setting: Setting, page: ArticlePage): Markup {
  const { entry } = page;
  return markup`<footer class="story-foot">
${corrections(setting, entry)}
${source(entry)}
${attachments(setting, entry)}
${otherReports(entry.otherReports)}
${reasons(setting, page)}
${rightsNote(entry)}
</footer>`;
}

/** A correction that the text itself tells, in the publisher's words, is not told again. */
function correctionsOf({ corrections: all, contentHtml }: EditionEntry): EditionEntry['corrections'] {
  if (all.length === 0) return all;
  const text = textOfSanitised(contentHtml);
  return all.filter(({ note }) => !text.includes(note.replace(/…$/, '')));
}

function corrections({ dates }: Setting, entry: EditionEntry): Markup | null {
  const corrections = correctionsOf(entry);
  if (corrections.length === 0) return null;
  return markup`<section class="corrections" aria-labelledby="corrections">
<h2 id="corrections">${corrections.length === 1 ? 'Correction' : 'Corrections'}</h2>
<ul>
${corrections.map(
  ({ at, note }) =>
    markup`<li><time datetime="${at}">${dates.date(at)}</time> <span class="correction" dir="auto">${note}</span></li>\n`,
)}</ul>
</section>`;
}

/** Says when the text is not whole, and why where its publisher wants it so; and leads to where it is. */
function source({ extent, extentReason, sourceUrl, publisher, language }: EditionEntry): Markup | null {
  const address = publicAddress(sourceUrl);
  const name = markup`<bdi>${publisher.name}</bdi>`;
  const why = extentReason === null ? null : markup` <span class="extent-reason">(${extentReason})</span>`;
  if (address === null) {
    return extent === 'full'
      ? null
      : markup`<p class="extent-note">This is an excerpt; the whole article is at ${name}${why}.</p>`;
  }
  const tag = languageTag(language);
  const hreflang = tag === null ? null : markup` hreflang="${tag}"`;
  return markup`<div class="source">
${
  extent === 'full'
    ? null
    : markup`<p class="extent-note">${
        extent === 'excerpt' ? 'This is an excerpt' : 'This is a summary'
      }; the whole article is at <a href="${address}" rel="noopener"${hreflang}>${name}</a>${why}.</p>`
}
<p><a class="go-to-source" itemprop="isBasedOn" href="${address}" rel="noopener"${hreflang}>Go to Source<span class="visually-hidden">: ${publisher.name}</span></a></p>
</div>`;
}

function otherReports(reports: readonly OtherReport[]): Markup | null {
  const linked = reports.flatMap((report) => {
    const address = publicAddress(report.url);
    return address === null ? [] : [{ ...report, address }];
  });
  if (linked.length === 0) return null;
  return markup`<section class="other-reports" aria-labelledby="also-reported-by">
<h2 id="also-reported-by">Also reported by</h2>
<ul>
${linked.map(
  ({ title, address, publisher }) =>
    markup`<li><span class="publisher"><bdi>${publisher}</bdi></span> <a href="${address}" rel="noopener" dir="auto">${title}</a></li>\n`,
)}</ul>
</section>`;
}

function reasons(setting: Setting, { topicReasons }: ArticlePage): Markup | null {
  if (topicReasons.length === 0) return null;
  return markup`<section class="reasons" aria-labelledby="why-it-is-here">
<h2 id="why-it-is-here">Why it is here</h2>
<ul>
${topicReasons.map(
  ({ topic, reason }) =>
    markup`<li><a href="${linkTo(setting, topic.url)}"><bdi>${topic.title}</bdi></a>: <span dir="auto">${reason}</span></li>\n`,
)}</ul>
</section>`;
}
