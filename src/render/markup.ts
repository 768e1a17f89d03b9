import { escapeXml } from './xml.ts';

/** HTML as a value. Where it is written as the text of an element, it is escaped once for however many documents. */
export class Markup {
  readonly html: string;
  #escaped: string | null = null;

  constructor(html: string) {
    this.html = html;
  }

  get escaped(): string {
    return (this.#escaped ??= escapeXml(this.html, 'markup'));
  }
}
