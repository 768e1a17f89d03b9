// What a parser must know of the elements of HTML: which hold nothing, which end others, which hold no markup.

import { NameTree } from './name-tree.ts';

export type ElementKind = {
  readonly name: string;
  /** Has no content and no end tag (HTML §13.1.2). */
  readonly isVoid: boolean;
  /** Holds text alone, without entities. */
  readonly isRaw: boolean;
  /** Elements that its start tag ends while they are the innermost. */
  readonly ends: ReadonlySet<string> | null;
  /** Whether `/>` ends an element within it; null where that is as around it. */
  readonly selfClosing: boolean | null;
};

const words = (text: string): string[] => text.split(' ');

const VOID: ReadonlySet<string> = new Set(
  words('area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'),
);
const RAW: ReadonlySet<string> = new Set(words('script style textarea xmp'));
const FOREIGN: ReadonlySet<string> = new Set(['svg', 'math']);
/** Elements of SVG and MathML that hold HTML again. */
const HTML_WITHIN: ReadonlySet<string> = new Set(words('mi mo mn ms mtext annotation-xml foreignobject desc title'));

/** Each group of start tags with the open elements that they end. */
const ENDS: readonly (readonly [startTags: string, open: string])[] = [
  [
    'p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul',
    'p',
  ],
  ['li', 'li'],
  ['dd dt', 'dd dt'],
  ['rt rp', 'rt rp'],
  ['tr', 'tr th td'],
  ['th', 'th'],
  ['td', 'thead th td'],
  ['tbody tfoot', 'thead tbody'],
  ['body', 'head link script'],
  ['option', 'option'],
  ['optgroup', 'optgroup option'],
  ['select input output button datalist textarea', 'input option optgroup select button datalist textarea'],
];

const ENDED: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ENDS.flatMap(([startTags, open]) => {
    const ended = new Set(words(open));
    return words(startTags).map((name) => [name, ended] as const);
  }),
);

function described(name: string): ElementKind {
  return {
    name,
    isVoid: VOID.has(name),
    isRaw: RAW.has(name),
    ends: ENDED.get(name) ?? null,
    selfClosing: FOREIGN.has(name) ? true : HTML_WITHIN.has(name) ? false : null,
  };
}

const COMMON = words(
  'html head title body main nav section article header footer aside div span p a b i u s em strong small sub sup br img picture figure figcaption blockquote q cite code pre ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr th td caption time abbr mark del ins iframe video audio object noscript template button label canvas path g use',
);

const KINDS = new NameTree(
  [...COMMON, ...VOID, ...RAW, ...FOREIGN, ...HTML_WITHIN, ...ENDED.keys()].map(
    (name) => [name, described(name)] as const,
  ),
);

/** The kind of the element whose name stands at a place of a text, in any case. */
export function elementKindAt(text: string, start: number, end: number): ElementKind {
  return KINDS.find(text, start, end) ?? described(text.slice(start, end).toLowerCase());
}
