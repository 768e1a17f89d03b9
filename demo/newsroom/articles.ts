/**
 * The articles of the demo's newsroom, as the files in `articles/` hold them: one JSON file a publisher,
 * `articles/<publisher id>.json`, each an object of the type `PublisherArticles`.
 */

/** A block of an article's body. A plain string is a paragraph. */
export type Block =
  | string
  | { readonly heading: string }
  | { readonly quote: string; readonly cite?: string }
  | { readonly list: readonly string[] }
  | { readonly table: readonly (readonly string[])[] };

export type NewsroomImage = {
  /** The picture's file name, unique in the newsroom, ending in .png. */
  readonly file: string;
  /** Which drawing to make: see `draw-image.ts`. */
  readonly scene:
    | 'harbour'
    | 'city'
    | 'hills'
    | 'forest'
    | 'parliament'
    | 'laboratory'
    | 'chart'
    | 'stadium'
    | 'stage'
    | 'market'
    | 'night-sky'
    | 'train'
    | 'factory'
    | 'river'
    | 'classroom';
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
};

export type NewsroomArticle = {
  /** Lower-case words and hyphens; unique within its publisher; part of the article's address. */
  readonly slug: string;
  /** 0: there from the start. 1, 2, 3: published by that tick. */
  readonly round: number;
  /** Published so many hours before the newsroom's epoch (round 0: 1 to 160), or after it (round n: -n + 0.1 to -n + 0.9). */
  readonly hoursBefore: number;
  readonly title: string;
  /** One or two sentences: the feed's summary. */
  readonly standfirst: string;
  readonly authors: readonly string[];
  readonly section: string;
  readonly keywords: readonly string[];
  readonly image: NewsroomImage | null;
  readonly body: readonly Block[];
  /** Carried from another publisher's article, word for word: "publisher/slug". The body is then taken from there and `body` is empty. */
  readonly wireCopyOf?: string;
  /** On an aggregator: the article that it points to, "publisher/slug". `body` is then the aggregator's own short blurb. */
  readonly pointsTo?: string;
  /** From this round on, the article reads otherwise. */
  readonly correction?: { readonly round: number; readonly note: string; readonly body: readonly Block[] };
};

export type PublisherArticles = { readonly publisher: string; readonly articles: readonly NewsroomArticle[] };
