/** Elements without an end tag (HTML §13.1.2). */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen'.split(' '),
);

/** Elements whose text is no text of the page. */
export const HIDDEN_ELEMENTS: ReadonlySet<string> = new Set(['script', 'style', 'template']);

/** What publishers put into titles and short texts: by these names a `<…>` is told from words in angle brackets. */
export const TEXT_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'a abbr acronym address article aside audio b bdi bdo big blockquote br button center cite code dd del details dfn ' +
    'div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd li link ' +
    'main mark meta nav nobr object ol p picture pre q rp rt ruby s samp script section small source span strike ' +
    'strong style sub summary sup svg table tbody td tfoot th thead time tr tt u ul var video wbr body html head'
  ).split(' '),
);

/** Elements that part words: their tags count as white space. */
export const BREAKING_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ' +
    'ol p pre section table tbody td tfoot th thead tr ul'
  ).split(' '),
);
