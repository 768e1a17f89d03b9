import { describe, expect, test } from '@jest/globals';
import { judgeAttributes } from '../../src/extract/body/judge-attributes.ts';
import { parseHtml } from '../../src/extract/page/parse-html.ts';

/** Answers as a sanitiser might, and remembers what it was asked. */
function judging(answer: (html: string) => string): { asked: string[]; judge: (html: string) => string } {
  const asked: string[] = [];
  return {
    asked,
    judge: (html) => {
      asked.push(html);
      return answer(html);
    },
  };
}

/** What was said of each element, by its name. */
function judged(html: string, judge: (html: string) => string): [string, unknown][] | null {
  const answers = judgeAttributes(parseHtml(html), judge);
  return answers === null ? null : [...answers].map(([{ name }, attributes]) => [name, attributes]);
}

describe('of plain markup a sanitiser is shown', () => {
  test('the tags that carry attributes, all at once, and nothing else', () => {
    const { asked, judge } = judging((html) => html.replaceAll(' href="/x"', ' href="https://a.example/x"'));
    const html = '<div><p>One <a href="/x">two</a></p><img src="/i"><br><p lang="de">drei &amp; vier</p></div>';
    expect(judged(html, judge)).toEqual([
      ['a', { href: 'https://a.example/x' }],
      ['img', { src: '/i' }],
      ['p', { lang: 'de' }],
    ]);
    expect(asked).toEqual(['<a href="/x"></a>\uffff<img src="/i">\uffff<p lang="de"></p>']);
  });

  test('nothing, where there are bare tags and text alone', () => {
    const { asked, judge } = judging(() => '');
    expect(judged('<h2>One</h2>\n<p>two <em>three</em></p>', judge)).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('a link and a picture without attributes too; what it takes away is refused', () => {
    const { judge } = judging((html) => html.replace('<img>', ''));
    expect(judged('<p><a>one</a><img></p>', judge)).toEqual([
      ['a', {}],
      ['img', null],
    ]);
  });

  test('attributes of plain names alone, with their values escaped', () => {
    const { asked, judge } = judging((html) => html);
    judged('<p><a href=/x title="a>b" "onclick=c <d=e>f</a></p>', judge);
    expect(asked).toEqual(['<a href="/x" title="a&gt;b"></a>']);
  });
});

describe('all of it is to be judged', () => {
  test.each([
    ['where an element is not allowed', '<p>a</p><script>b</script>'],
    ['where an element is called as nothing that is allowed is', '<p>a<constructor>b</constructor></p>'],
    ['where there is a player', '<video src="/v"><source src="/w"></video>'],
    ['where a link stands within a link', '<a href="/x">a<b><a href="/y">b</a></b></a>'],
  ])('%s', (_where, html) => {
    expect(judged(html, (markup) => markup)).toBeNull();
  });

  const twoLinks = '<p><a href="/x">a</a><a href="/y">b</a></p>';
  test.each([
    ['not as many as the tags', '<a href="/x"></a>'],
    ['of another element', '<a href="/x"></a>\uffff<b></b>'],
    ['more than one to a tag', '<a href="/x"></a><a href="/z"></a>\uffff<a href="/y"></a>'],
  ])('where the answers are %s', (_how, answer) => {
    expect(judged(twoLinks, () => answer)).toBeNull();
  });
});
