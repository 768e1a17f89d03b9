import { expect, test } from '@jest/globals';
import { gatePage } from '../../src/publish/gate.ts';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Fish &amp; chips – The Daily Confluence</title>
<link rel="canonical" href="https://news.example.org/a.html">
</head>
<body>
<h1>Fish &amp; chips</h1>
<p>It <em>was</em> so.<br>Truly.</p>
<p><a href="https://harbour.example/a?b=1&amp;c=2" rel="noopener">Go to source</a></p>
</body>
</html>
`;

const MEANT = { title: 'Fish & chips', links: ['https://harbour.example/a?b=1&c=2', 'javascript:nothing'] };

function refused(text: string, meant = MEANT): string | null {
  try {
    gatePage({ path: 'a.html', text }, meant);
    return null;
  } catch (error) {
    return (error as { readonly detail: string }).detail;
  }
}

test('a page that parses, has its title and its links passes', () => {
  expect(refused(PAGE)).toBeNull();
});

test.each([
  ['without its beginning', PAGE.slice(3), 'does not begin'],
  ['cut off', PAGE.slice(0, PAGE.indexOf('</body>')), '<body> is never closed'],
  ['cut off in a tag', PAGE.slice(0, PAGE.indexOf('rel="noop') + 8), 'not a proper tag'],
  ['with elements that are not closed in turn', PAGE.replace('</em>', ''), '</p> closes what is not open, in line 10'],
  ['with a bracket that begins no tag', PAGE.replace('It ', 'It < '), 'begins no tag, in line 10'],
  ['with a comment', PAGE.replace('It ', '<!-- It -->'), 'begins no tag'],
  ['with an attribute that is not quoted', PAGE.replace('rel="noopener"', 'rel=noopener'), 'not a proper tag'],
  ['with a script', PAGE.replace('<h1>', '<script>alert(1)</script><h1>'), '<script> does not belong'],
  ['with a handler', PAGE.replace('<h1>', '<h1 onclick="a()">'), 'onclick'],
  ['with a style', PAGE.replace('<h1>', '<h1 style="a:b">'), 'style'],
  ['with a script for an address', PAGE.replace('https://harbour.example', ' java&#x73;cript:'), 'href'],
  ['with data for an address', PAGE.replace('href="https://harbour.example/a', 'href="data:text/html,a'), 'href'],
  ['with a refresh', PAGE.replace('<h1>', '<meta http-equiv="Refresh" content="0"><h1>'), 'http-equiv'],
  ['with text behind its end', `${PAGE}more`, 'text outside'],
  ['with a forbidden character', PAGE.replace('Truly', 'Tru\u0000ly'), 'character'],
  ['under another title', PAGE.replaceAll('Fish', 'Dish'), 'the title is "Dish & chips – The Daily Confluence"'],
  ['without the link to its source', PAGE.replace('b=1', 'b=2'), 'no link to https://harbour.example/a?b=1&c=2'],
])('a page %s is refused', (_how, text, says) => {
  expect(refused(text)).toContain(says);
});

test('a picture may be data, if it is no SVG', () => {
  const picture = (address: string): string => PAGE.replace('<br>', `<img src="${address}" alt="">`);
  expect(refused(picture('data:image/png;base64,AAAA'))).toBeNull();
  expect(refused(picture('data:image/svg+xml,a'))).toContain('src');
});
