/** An entry of an emitted JSON Feed, as far as expectations look at it. */
export type PublishedEntry = {
  readonly id: string;
  readonly url: string;
  readonly external_url?: string;
  readonly title: string;
  readonly content_html: string;
  readonly summary?: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly authors?: readonly { readonly name: string }[];
  readonly tags?: readonly string[];
};

/** The entries of an emitted JSON Feed, newest first; none where the file is not there. */
export function entriesOf(jsonFeed: string | undefined): readonly PublishedEntry[] {
  return jsonFeed === undefined ? [] : (JSON.parse(jsonFeed) as { items: readonly PublishedEntry[] }).items;
}
