import { isTag, type Element } from 'domhandler';
import { walk } from '../page/page-model.ts';

/** An element that says where a post leads: the address that it passes on, and the post's own, if it says so. */
export type PostElement = { readonly own: string | null; readonly passesOn: string };

const OWN_ADDRESS = ['permalink', 'data-permalink'];
/** Said beside a permalink, any outgoing address is what the post passes on. */
const OUTGOING = ['content-href', 'data-content-href', 'data-outbound-url', 'data-href-url', 'data-url', 'data-href', 'data-link']; // prettier-ignore
/** Said of an article or a part of it, these need no permalink. */
const SOURCE_ADDRESS = ['data-source-url', 'data-original-url', 'data-source-link', 'data-original-link', 'data-syndication-source']; // prettier-ignore

/** What an element other than a link says of the post that it holds. */
export function postElement({ name, attribs }: Element): PostElement | null {
  if (name === 'a' || name === 'img' || name === 'button' || name === 'script') return null;
  const own = firstOf(attribs, OWN_ADDRESS);
  if (own !== null) {
    const passesOn = firstOf(attribs, OUTGOING);
    if (passesOn !== null) return { own, passesOn };
  }
  if (name !== 'article' && name !== 'main' && name !== 'body' && !name.includes('-')) return null;
  const source = firstOf(attribs, SOURCE_ADDRESS);
  return source === null ? null : { own, passesOn: source };
}

/** Where a form leads that asks for nothing, with its hidden fields in the query; else null. */
export function formTarget(form: Element): string | null {
  const { action, method } = form.attribs;
  if (action === undefined || /^\s*post\s*$/i.test(method ?? '')) return null;
  const fields = new URLSearchParams();
  let isAsking = false;
  walk(form, {
    enter: (node) => {
      if (node.name !== 'input') return isTag(node);
      const type = (node.attribs['type'] ?? 'text').toLowerCase();
      if (type === 'hidden') fields.append(node.attribs['name'] ?? '', node.attribs['value'] ?? '');
      else if (!/^(?:submit|button|image)$/.test(type)) isAsking = true;
      return false;
    },
    leave: () => {},
    text: () => {},
  });
  if (isAsking) return null;
  return fields.size === 0 ? action : `${action}${action.includes('?') ? '&' : '?'}${fields.toString()}`;
}

function firstOf(attribs: Readonly<Record<string, string>>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = attribs[name];
    if (value !== undefined && value.trim() !== '') return value.trim();
  }
  return null;
}
