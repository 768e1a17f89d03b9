import { parseDate } from './dates.ts';
import type { Element } from './elements.ts';
import { attributeOf, lineOf, type Reading } from './element-text.ts';
import type { Gathered } from './gathered.ts';
import { personOfElement } from './people.ts';

/** An at:deleted-entry (RFC 6721 §3). One that does not say of which entry it speaks says nothing. */
export function gatherDeleted(reading: Reading, element: Element, into: Gathered): void {
  const ref = attributeOf(reading, element, 'ref');
  // A document that ends within the tag may have cut the id as well, and half an id may be another entry's.
  if (ref === null || element.from >= reading.document.text.length) return;
  const when = attributeOf(reading, element, 'when');
  const by = partOf(element, 'at:by');
  const comment = partOf(element, 'at:comment');
  into.deleted.push({
    ref,
    when: when === null ? null : parseDate(when),
    by: by === undefined ? null : personOfElement(reading, by),
    comment: comment === undefined ? null : lineOf(reading, comment),
  });
}

function partOf({ children }: Element, name: string): Element | undefined {
  return children.find((part) => part.name === name);
}
