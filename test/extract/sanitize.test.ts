import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { sanitize } from '../../src/extract/body/sanitize.ts';

const baseUrl = 'https://harbour.example/news/bridge';
const clean = (html: string): string => sanitize(html, { baseUrl });

describe('what is kept', () => {
  test.each([
    ['<p>One <em>and</em> <strong>two</strong>.</p>', '<p>One <em>and</em> <strong>two</strong>.</p>'],
    ['<ul><li>One<li>Two</ul>', '<ul><li>One</li><li>Two</li></ul>'],
    ['<pre><code>if (a &lt; b) {\n  c();\n}</code></pre>', '<pre><code>if (a &lt; b) {\n  c();\n}</code></pre>'],
    ['<table><tr><th>A<td>1</table>', '<table><tr><th>A</th><td>1</td></tr></table>'],
    ['<ruby>漢<rt>kan</rt></ruby>', '<ruby>漢<rt>kan</rt></ruby>'],
    ['<div>A line.</div><div><p>Another.</p></div>', '<p>A line.</p><p>Another.</p>'],
    ['<p dir="rtl" lang="ar">نص</p>', '<p dir="rtl" lang="ar">نص</p>'],
  ])('%s', (html, expected) => {
    expect(clean(html)).toBe(expected);
  });

  test('addresses become absolute, and links do not vouch for their target', () => {
    expect(clean('<a href="/a?b=1&amp;c=2">x</a>')).toBe(
      '<a href="https://harbour.example/a?b=1&amp;c=2" rel="noopener nofollow">x</a>',
    );
  });

  test('a picture asks without a referrer, and late', () => {
    expect(clean('<img src="/i.jpg" width="640px" height="auto" alt="A &quot;b&quot; \'c\'">')).toBe(
      '<img src="https://harbour.example/i.jpg" alt="A &quot;b&quot; &#39;c&#39;" width="640" loading="lazy" referrerpolicy="no-referrer">',
    );
  });

  test('a lazily loaded picture shows its true address', () => {
    expect(clean('<img src="data:image/gif;base64,R0" data-src="/true.jpg">')).toContain(
      'src="https://harbour.example/true.jpg"',
    );
    expect(clean('<img srcset="/s.jpg 320w, /m.jpg 1280w, /l.jpg 2560w">')).toContain(
      'src="https://harbour.example/m.jpg"',
    );
  });

  test('films and sounds wait until somebody presses play', () => {
    expect(clean('<video src="/v.mp4" autoplay loop></video>')).toBe(
      '<video controls="" preload="none" src="https://harbour.example/v.mp4"></video>',
    );
  });

  test('a frame of a known player becomes a link, any other goes', () => {
    expect(
      clean('<iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0" title="The bridge opens">old</iframe>'),
    ).toBe(
      '<a href="https://www.youtube.com/watch?v=abcdefghijk" rel="noopener nofollow">The bridge opens (YouTube)</a>',
    );
    expect(clean('<p>a</p><iframe src="https://frames.example/x"></iframe>')).toBe('<p>a</p>');
  });
});

describe('what goes', () => {
  test.each([
    ['<script>alert(1)</script><p onclick="x()" style="color:red" class="a" id="b">t</p>', '<p>t</p>'],
    ['<a href="javascript:alert(1)">t</a>', 't'],
    ['<a href="java\nscript:alert(1)">t</a>', 't'],
    ['<img src="https://harbour.example/p.gif" width="1" height="1">', ''],
    ['<img src="https://stats.harbour.example/pixel.gif?u=1">', ''],
    ['<svg><script>1</script></svg><math><mi>x</mi></math>t', 't'],
    ['<p></p><p>&nbsp;</p><p>t</p>', '<p>t</p>'],
    [
      '<a href="https://user:word@harbour.example/">t</a>',
      '<a href="https://harbour.example/" rel="noopener nofollow">t</a>',
    ],
    ['t\u0000\u001f\ufffe\ud800', 't'],
  ])('%s', (html, expected) => {
    expect(clean(html).trim()).toBe(expected);
  });

  test('depth is capped, the text stays', () => {
    const deep = clean(`${'<blockquote>'.repeat(5000)}text${'</blockquote>'.repeat(5000)}`);
    expect(deep.match(/<blockquote>/g)?.length ?? 0).toBeLessThanOrEqual(80);
  });

  test('a link within a link, a paragraph within a paragraph and a cell without a table are unwrapped', () => {
    expect(clean('<a href="/x">l<a href="/y">m</a></a><td>s</td>')).toBe(
      '<a href="https://harbour.example/x" rel="noopener nofollow">l</a><a href="https://harbour.example/y" rel="noopener nofollow">m</a>s',
    );
  });
});

const fragment = fc.constantFrom(
  '<p>', '</p>', '<div>', '</div>', '<a href="/a">', '</a>', '<b>', '</b>', '<table>', '<tr>', '<td>', '</table>', '<ul>', '<li>', '</ul>',
  '<img src="/i.jpg">', '<br>', '<h2>', '</h2>', '<figure>', '<figcaption>', '</figcaption>', '</figure>', '<blockquote>', '</blockquote>', '<pre>',
  '</pre>', '<svg>', '</svg>', '<style>', '</style>', '<iframe src="https://vimeo.com/video/12345678">', '</iframe>', '<span>', '</span>', '<math>',
  '<video src="/v.mp4">', '</video>', '<dl>', '<dt>', '<dd>', '</dl>', '<details>', '<summary>', '</details>', 'text', ' ', '&lt;b&gt;', '&amp;amp;', '"', "'",
  '<!--', '-->', '<![CDATA[', ']]>', '<', '>', '\u0000', '<form>', '<p onclick="x">', '<ruby>', '<rt>', '<textarea>', '<title>', '<noscript>',
); // prettier-ignore

test('sanitising twice changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
      const once = clean(parts.join(''));
      expect(clean(once)).toBe(once);
    }),
    { numRuns: 1500 },
  );
});

test('whatever comes in, every angle bracket, ampersand and quote of what goes out belongs to our own markup', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fragment, fc.string({ maxLength: 12 })), { maxLength: 25 }), (parts) => {
      const rest = clean(parts.join('')).replace(/<\/?[a-z0-9]+(?: [a-z]+="[^"<>']*")*>/g, '');
      expect(rest.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&"']/);
    }),
    { numRuns: 500 },
  );
});
