import { isXml, rootTag, splice, utf8, type Damage } from './damage.ts';

// What stands before the feed and behind it.

/** Before everything, without a reader being able to tell that it is none of the feed's. */
const before =
  (...texts: readonly string[]): Damage['apply'] =>
  (text, random) =>
    isXml(text) ? random.oneOf(texts) + text : null;

const behind =
  (...texts: readonly string[]): Damage['apply'] =>
  (text, random) =>
    isXml(text) ? text + random.oneOf(texts) : null;

/** Between the XML declaration and the outermost element. */
const beforeRoot =
  (make: (rootName: string) => string): Damage['apply'] =>
  (text) => {
    const root = rootTag(text);
    return root === null || !isXml(text) || /<!DOCTYPE/i.test(text.slice(0, root.at))
      ? null
      : splice(text, root.at, 0, make(root.name));
  };

const BOM = utf8('\ufeff');

export const PROLOG_DAMAGES: readonly Damage[] = [
  {
    kind: 'comment-before-declaration',
    promises: 'kept',
    apply: before('<!-- from the cache -->\n', '<!---->', '<!-- <item> & <entry> -->\n'),
  },
  {
    kind: 'doctype-entities',
    promises: 'kept',
    apply: beforeRoot(
      (name) =>
        `<!DOCTYPE ${name} [\n<!ENTITY nbsp "&#160;">\n<!ENTITY eacute '&#xE9;'>\n<!ENTITY us "We &amp; you">\n]>\n`,
    ),
  },
  {
    kind: 'doctype-netscape',
    promises: 'kept',
    apply: beforeRoot(
      (name) => `<!DOCTYPE ${name} PUBLIC "-//Nobody//DTD of old//EN" "http://dtd.example/formats/old.dtd">\n`,
    ),
  },
  { kind: 'double-bom', promises: 'kept', apply: before(BOM + BOM, BOM + BOM + BOM) },
  { kind: 'leading-blank-lines', promises: 'kept', apply: before('\n\n \t\n', '\r\n', ' ') },
  {
    kind: 'leading-php-warning',
    promises: 'kept',
    apply: before(
      '<br />\n<b>Notice</b>:  Undefined variable: page & more in <b>/srv/www/feed.php</b> on line <b>12</b><br />\n',
      '\nWarning: include(head.php): failed to open stream in /srv/www/feed.php on line 3\n',
    ),
  },
  { kind: 'leading-text', promises: 'kept', apply: before('served in 0.02 s & a half\n', 'ok', '"', 'a > b ') },
  {
    kind: 'trailing-html-error',
    promises: 'kept',
    apply: behind(
      '\n<br>Fatal error: out of memory & time in <b>feed.php</b>',
      '<html><body><h1>500</h1></body></html>',
      '</div></body></html>',
    ),
  },
  {
    kind: 'trailing-script',
    promises: 'kept',
    apply: behind(
      '\n<script>if (1 < 2 && "a" > "b") count("</p>");</script>',
      '<!-- 12 queries -->',
      '<script src=a.js>',
    ),
  },
  {
    kind: 'two-declarations',
    promises: 'kept',
    apply: before('<?xml version="1.0" encoding="UTF-8"?>\n', '<?xml version="1.0"?>'),
  },
  {
    kind: 'charset-label-wrong',
    promises: 'kept',
    apply: (text, random) => {
      const found = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(text.slice(0, 200));
      if (found === null) return null;
      const label = random.oneOf(['utf-8', 'ISO-8859-1', 'windows-1251', 'us-ascii', 'shift_jis', 'x-nothing', 'utf8']);
      return splice(text, found[0].length - found[1]!.length - 1, found[1]!.length, label);
    },
  },
];
