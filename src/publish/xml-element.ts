/** An XML element as the gate compares it: attributes in their order, and text or elements, never both. */
export type XmlElement = {
  /** As it is written, with its prefix. */
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly content: string | readonly XmlElement[];
  /** Whether the text is HTML; how it is written depends on it. Not known of an element that was read. */
  readonly holdsMarkup: boolean;
};

type Attributes = Readonly<Record<string, string | number | null>>;

/** An element that is expected. Attributes that are null or empty are not there. */
export function element(
  name: string,
  attributes: Attributes,
  content: string | readonly XmlElement[] = '',
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [[key, String(value)] as const],
  );
  return { name, attributes: given, content: content.length === 0 ? '' : content, holdsMarkup: false };
}

/** An element with text; none if there is no text. */
export function textElement(name: string, text: string | null, attributes: Attributes = {}): readonly XmlElement[] {
  return text === null || text === '' ? [] : [element(name, attributes, text)];
}

/** An element whose text is HTML. */
export function markupElement(name: string, html: string, attributes: Attributes = {}): XmlElement {
  return { ...element(name, attributes, html), holdsMarkup: true };
}
