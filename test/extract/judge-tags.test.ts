import { describe, expect, test } from '@jest/globals';
import { judgeTags } from '../../src/extract/body/judge-tags.ts';

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

describe('of plain markup a sanitiser is shown', () => {
  test('the tags that carry attributes, all at once, and nothing else', () => {
    const { asked, judge } = judging((html) => html.replaceAll(' href="/x"', ' href="https://a.example/x"'));
    const html = '<div><p>One <a href="/x">two</a></p><img src="/i"><br><p lang="de">drei &amp; vier</p></div>';
    expect(judgeTags(html, judge)).toBe(html.replace('/x', 'https://a.example/x'));
    expect(asked).toEqual(['<a href="/x"></a>\uffff<img src="/i">\uffff<p lang="de"></p>']);
  });

  test('nothing, where there are bare tags and text alone', () => {
    const { asked, judge } = judging(() => '');
    expect(judgeTags('<h2>One</h2>\n<p>two <em>three</em></p>', judge)).toBe('<h2>One</h2>\n<p>two <em>three</em></p>');
    expect(asked).toEqual([]);
  });

  test('a link and a picture without attributes too, and what it takes away is gone', () => {
    const { judge } = judging((html) => html.replace('<img>', ''));
    expect(judgeTags('<p><a>one</a><img></p>', judge)).toBe('<p><a>one</a></p>');
  });
});

describe('all of it is to be judged', () => {
  test.each([
    ['where an element is not allowed', '<p>a</p><script>b</script>'],
    ['where an element is called as nothing that is allowed is', '<p>a<constructor>b</constructor></p>'],
    ['where there is a player', '<video src="/v"><source src="/w"></video>'],
    ['where there is a comment', '<p>a<!-- b --></p>'],
    ['where an attribute has no quotes', '<p><a href=/x>a</a></p>'],
    ['where an attribute holds an angle bracket', '<p><a href="/x" title="a>b">a</a></p>'],
    ['where a tag is cut', '<p>a</p><a href="/x'],
    ['where elements end in the wrong order', '<p><b>a</p></b>'],
    ['where a link stands within a link', '<a href="/x">a<b><a href="/y">b</a></b></a>'],
  ])('%s', (_where, html) => {
    expect(judgeTags(html, (markup) => markup)).toBeNull();
  });

  test('where the answers are not as many as the tags', () => {
    expect(judgeTags('<p><a href="/x">a</a><a href="/y">b</a></p>', () => '<a href="/x"></a>')).toBeNull();
  });
});
