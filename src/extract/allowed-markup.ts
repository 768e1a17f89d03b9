// What an article's body may hold. Everything else goes: unknown elements leave their text behind, the ones in
// WITHOUT_TEXT leave nothing.

/** Elements of running text, and which attributes each may carry besides `dir`, `lang` and `title`. */
export const ALLOWED_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel'],
  abbr: [],
  audio: ['controls', 'preload', 'src'],
  b: [],
  bdi: [],
  bdo: [],
  blockquote: ['cite'],
  br: [],
  caption: [],
  cite: [],
  code: [],
  col: ['span'],
  colgroup: ['span'],
  dd: [],
  del: ['cite', 'datetime'],
  details: [],
  dfn: [],
  div: [],
  dl: [],
  dt: [],
  em: [],
  figcaption: [],
  figure: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  i: [],
  img: ['src', 'alt', 'width', 'height', 'loading', 'referrerpolicy'],
  ins: ['cite', 'datetime'],
  kbd: [],
  li: ['value'],
  mark: [],
  ol: ['start', 'reversed', 'type'],
  p: [],
  picture: [],
  pre: [],
  q: ['cite'],
  rp: [],
  rt: [],
  ruby: [],
  s: [],
  samp: [],
  small: [],
  source: ['src', 'type'],
  span: [],
  strong: [],
  sub: [],
  summary: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['colspan', 'rowspan', 'align'],
  tfoot: [],
  th: ['colspan', 'rowspan', 'scope', 'align'],
  thead: [],
  time: ['datetime'],
  tr: [],
  u: [],
  ul: [],
  var: [],
  video: ['controls', 'preload', 'src', 'poster', 'width', 'height'],
  wbr: [],
};

export const ALLOWED_EVERYWHERE: readonly string[] = ['dir', 'lang', 'title'];

/** Elements whose content is never text for readers, or is parsed otherwise by browsers: they go with all they hold. */
export const WITHOUT_TEXT: readonly string[] = [
  'script',
  'style',
  'textarea',
  'option',
  'select',
  'noscript',
  'noembed',
  'noframes',
  'template',
  'title',
  'xmp',
  'plaintext',
  'iframe',
  'frameset',
  'object',
  'applet',
  'svg',
  'math',
  'canvas',
  'datalist',
  'head',
  'dialog',
];

/** Old and page-level elements as what they mean today. */
export const RENAMED: Readonly<Record<string, string>> = {
  strike: 's',
  tt: 'code',
  acronym: 'abbr',
  big: 'span',
  center: 'div',
  article: 'div',
  section: 'div',
  main: 'div',
  header: 'div',
  footer: 'div',
  aside: 'div',
  address: 'div',
  hgroup: 'div',
  nav: 'div',
  menu: 'ul',
  dir: 'ul',
  listing: 'pre',
};

export const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col', 'source', 'wbr']);

/** Elements that stand only within others; elsewhere they are dropped and their content stays. */
export const NEEDS_ANCESTOR: Readonly<Record<string, readonly string[]>> = {
  caption: ['table'],
  colgroup: ['table'],
  col: ['table'],
  thead: ['table'],
  tbody: ['table'],
  tfoot: ['table'],
  tr: ['table'],
  td: ['tr'],
  th: ['tr'],
  figcaption: ['figure'],
  summary: ['details'],
  dt: ['dl'],
  dd: ['dl'],
  li: ['ul', 'ol'],
  rt: ['ruby'],
  rp: ['ruby'],
  source: ['audio', 'video'],
};

/** Elements that say something without holding text. */
export const MEANINGFUL_EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'audio', 'video', 'source', 'td', 'th', 'col', 'wbr']);

/** Elements that cannot stand within a paragraph or a heading. */
export const BLOCK: ReadonlySet<string> = new Set(
  'blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
