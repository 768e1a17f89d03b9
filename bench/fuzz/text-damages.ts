import { insideOfEntry, isXml, splice, utf8, type Damage } from './damage.ts';

// Characters, references and bytes that may not stand where they stand.

const TITLES = ['title'];
const TEXTS = ['title', 'description', 'summary', 'content:encoded', 'content'];
const BODIES = ['description', 'summary', 'content:encoded', 'content'];

/** At the beginning or the end of an element's text, outside of whatever CDATA section it has. */
const beside =
  (names: readonly string[], texts: readonly string[]): Damage['apply'] =>
  (text, random) => {
    const inside = isXml(text) ? insideOfEntry(text, names, random) : null;
    return inside === null ? null : splice(text, random.oneOf([inside.from, inside.to]), 0, random.oneOf(texts));
  };

export const TEXT_DAMAGES: readonly Damage[] = [
  {
    kind: 'control-character-references',
    promises: 'kept',
    apply: beside(TEXTS, ['A&#11;B&#x1f;C ', '&#0;', '&#8;', '&#xFFFE;', '&#x0000000b;']),
  },
  {
    kind: 'control-characters',
    promises: 'kept',
    apply: beside(TEXTS, ['\u0000', 'a\u000bb\u001f', '\u0008', utf8('\ufffe\uffff'), utf8('\u0085\u0091')]),
  },
  { kind: 'invalid-utf8-in-title', promises: 'kept', apply: beside(TITLES, ['\xff\xfe\xc3', '\xc3', '\xed\xa0\x80']) },
  { kind: 'latin1-bytes-in-utf8', promises: 'kept', apply: beside(TEXTS, [' caf\xe9 ', ' \x93so\x94 ', '\xa9 ']) },
  {
    kind: 'bare-ampersand-in-link',
    promises: 'kept',
    apply: (text, random) => {
      const inside = isXml(text) ? insideOfEntry(text, ['link', 'guid', 'comments', 'id'], random) : null;
      return inside === null
        ? null
        : splice(text, inside.to, 0, random.oneOf(['?a=1&b=2&copy=3', '&lt=1&', '?&amp=1']));
    },
  },
  { kind: 'bare-ampersand', promises: 'kept', apply: beside(TEXTS, ['R&D & sons: ', 'A&', '&&', ' & ', '&;']) },
  {
    kind: 'double-escaped-title',
    promises: 'kept',
    apply: beside(TITLES, ['Q&amp;amp;A &amp;#8211; ', '&amp;lt;b&amp;gt;', '&amp;eacute;']),
  },
  {
    kind: 'impossible-character-reference',
    promises: 'kept',
    apply: beside(TEXTS, ['&#xD800;', '&#x110000;', '&#99999999999;', '&#x;', '&#;', '&#-1;', '&#xDC00;&#xD800;']),
  },
  { kind: 'less-than-in-text', promises: 'kept', apply: beside(TEXTS, ['1 < 2: ', ' <3', '<< ', 'x<=y ', '< ']) },
  {
    kind: 'undeclared-html-entities',
    promises: 'kept',
    apply: beside(TEXTS, ['a&nbsp;b &eacute;&hellip; ', '&trade;', '&CounterClockwiseContourIntegral;', '&apos;']),
  },
  {
    kind: 'unterminated-entity',
    promises: 'kept',
    apply: beside(TEXTS, ['caf&eacute au lait ', '&amp', '&#8211 ', '&lt']),
  },
  {
    kind: 'title-with-markup',
    promises: 'kept',
    apply: beside(TITLES, ['A &lt;em&gt;small&lt;/em&gt; thing ', '&lt;br&gt;', '&lt;!-- ', '&lt;script&gt;x']),
  },
  {
    kind: 'nested-cdata',
    promises: 'kept',
    apply: beside(BODIES, ['<![CDATA[ one <![CDATA[ two ]]> three ]]>', '<![CDATA[<![CDATA[]]>]]>', ']]>']),
  },
  {
    kind: 'raw-html-description',
    promises: 'kept',
    apply: beside(BODIES, [
      '<p>Bare <b>markup<br> with <img src=a.png> and <a href="https://a.example/?a=1&b=2">a link</a></p> ',
      '<ul><li>one<li>two</ul>',
      '<table><tr><td>1</td></table>',
      '<iframe src="//video.example/1" allowfullscreen></iframe>',
    ]),
  },
];
