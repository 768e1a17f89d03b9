import { excerptOf } from './excerpt-of.ts';
import type { XmlElement } from './xml-element.ts';

/** The first difference between what was read and what was meant, in words; null if there is none. */
export function differenceOfXml(read: XmlElement, meant: XmlElement, path = ''): string | null {
  const here = `${path}/${meant.name}`;
  if (read.name !== meant.name) return `${path}/${read.name} instead of ${meant.name}`;
  const attribute = differenceOfAttributes(read, meant);
  if (attribute !== null) return `${here}${attribute}`;
  if (typeof meant.content === 'string' || typeof read.content === 'string') {
    if (read.content === meant.content) return null;
    return `${here}: ${contentInWords(read)} instead of ${contentInWords(meant)}`;
  }
  return differenceOfChildren(read.content, meant.content, here);
}

function differenceOfAttributes(read: XmlElement, meant: XmlElement): string | null {
  const most = Math.max(read.attributes.length, meant.attributes.length);
  for (let index = 0; index < most; index++) {
    const [name, value] = read.attributes[index] ?? [];
    const [meantName, meantValue] = meant.attributes[index] ?? [];
    if (name !== meantName) return `: attribute ${name ?? 'none'} instead of ${meantName ?? 'none'}`;
    if (value !== meantValue) return `/@${name}: ${excerptOf(value!, meantValue!)}`;
  }
  return null;
}

function differenceOfChildren(read: readonly XmlElement[], meant: readonly XmlElement[], path: string): string | null {
  const most = Math.max(read.length, meant.length);
  for (let index = 0; index < most; index++) {
    const [one, other] = [read[index], meant[index]];
    if (one === undefined) return `${path}: <${other!.name}> is missing (child ${index + 1})`;
    if (other === undefined) return `${path}: <${one.name}> too many (child ${index + 1})`;
    const difference = differenceOfXml(one, other, `${path}[${index + 1}]`);
    if (difference !== null) return difference;
  }
  return null;
}

function contentInWords({ content }: XmlElement): string {
  return typeof content === 'string' ? `"${content.slice(0, 60)}"` : `${content.length} elements`;
}
