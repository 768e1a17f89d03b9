import type { Document } from 'domhandler';
import { siteOf } from '../support/site-of.ts';
import { walk } from './page/page-model.ts';

const PRINT =
  /(?:^|[/._?&=-])(?:print(?:er)?(?:[._-]?(?:version|friendly|view|article|page))?|drucken|imprimir|imprimer|stampa)(?:[/._?&=-]|$)/i;

/**
 * The same article in a plainer dress: the page's AMP version, else the one for printing. Null where it names none. Only
 * of the same site.
 */
export function twinPage(tree: Document, url: string): string | null {
  let amp: string | null = null;
  let print: string | null = null;
  walk(tree, {
    enter: ({ name, attribs }) => {
      if (name === 'script' || name === 'style') return false;
      if (name !== 'link' && name !== 'a') return true;
      const address = ofSameSite(attribs['href'], url);
      if (address === null) return true;
      const rel = (attribs['rel'] ?? '').toLowerCase();
      if (name === 'link' && /(?:^|\s)amphtml(?:\s|$)/.test(rel)) amp ??= address;
      else if (name === 'link' && /\balternate\b/.test(rel) && /\bprint\b/i.test(attribs['media'] ?? ''))
        print ??= address;
      else if (name === 'a' && isForPrint(address, url)) print ??= address;
      return true;
    },
    leave: () => {},
    text: () => {},
  });
  return amp ?? print;
}

function ofSameSite(href: string | undefined, url: string): string | null {
  const address = href === undefined || href.startsWith('#') ? null : URL.parse(href, url);
  if (address === null || !/^https?:$/.test(address.protocol)) return null;
  address.hash = '';
  return address.href !== url && siteOf(address.href) === siteOf(url) ? address.href : null;
}

/** A printer's version that names this article: by the last part of its path, or by an id that its address holds. */
function isForPrint(address: string, url: string): boolean {
  const [twin, own] = [new URL(address), new URL(url)];
  if (!PRINT.test(`${twin.pathname}${twin.search}`)) return false;
  const last = own.pathname.split('/').findLast((part) => part !== '') ?? '';
  const stem = last.replace(/\.\w{2,5}$/, '');
  return stem.length >= 3 && `${twin.pathname}${twin.search}`.includes(stem);
}
