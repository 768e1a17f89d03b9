import { describe, expect, test } from '@jest/globals';
import { isComment, isTag, isText, type ChildNode } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import { parseHtml } from '../../src/extract/page/parse-html.ts';

/** What a tree holds, without what ties it together; declarations and instructions are nobody's text. */
function outline(nodes: readonly ChildNode[]): unknown[] {
  const lines: unknown[] = [];
  for (const node of nodes) {
    if (isText(node)) lines.push(node.data);
    else if (isTag(node)) lines.push([node.name, node.attribs, outline(node.children)]);
    else if (isComment(node)) lines.push({ comment: node.data });
  }
  return lines;
}

describe('a page is read as htmlparser2 reads it', () => {
  test.each([
    [
      'elements that end others',
      '<ul><li>a<li>b</ul><p>c<div>d</div><dl><dt>e<dd>f</dl><table><tr><td>g<td>h<tr><th>i</table>',
    ],
    ['end tags of nothing', 'a</b>c</p>d</br>e</div>f</img>'],
    ['elements that are never ended', '<div><p>a <b>b <i>c'],
    ['elements that are ended in the wrong order', '<b>a<i>b</b>c</i>d'],
    ['attributes in all their writings', '<a HREF=x b=\'c\' d="e&amp;f" g h="1" h="2" data-i=&quot;>k</a>'],
    [
      'entities in attributes, by what follows them',
      '<a a="&copy=1" b="&copy;=1" c="&copy 1" d="&copy1" e="&notit;" f="&amp" g="&amp&copy" h="&#65=&#x42g" i="&a=&lt=">j</a>',
    ],
    [
      'entities that run into letters, and names that are none',
      'a&copyb &copy=1 &notit; &notin; &amp_x &amplt; &#65x &#x41g &#xg; &#; &; &&lt;&lt &CounterClockwiseContourIntegral; &CounterClockwiseContourIntegralx &ampaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; &#0000000000000000000000000000000000000000000000000000065; &#128; &#xd800; &#x110000; &AMP &Amp; &nbsp;&nbsp',
    ],
    ['entities, whole and cut', '&lt;a&gt; &amp &copy &notit; &#x41;&#66; &bogus; a & b &'],
    [
      'scripts, styles and titles',
      '<title>a &amp; <b></title><script>if (a<b && c) "&amp;"</script><style>a>b{}</style>c',
    ],
    ['text areas and old listings', '<textarea><b>&amp;</b></textarea><xmp><i>&amp;</i></xmp>'],
    [
      'drawings, with tags that end themselves',
      '<svg><g/><path d="x"/><foreignObject><div/>a</foreignObject></svg><div/>b',
    ],
    ['comments, declarations and instructions', '<!DOCTYPE html>a<!-- b -->c<!d>e<?f g?>h<!-->i'],
    ['less-than signs that begin nothing', 'a < b <1 <> </ > c << d <'],
    ['a tag that is cut', '<p>a</p><a href="b'],
    ['a tag that is cut behind a value', '<p>a</p><a href="b"'],
    ['a tag that is cut behind a name', '<p>a</p><a href'],
    ['a name that is cut', '<p>a</p><spa'],
    ['an end tag that is cut', '<p>a</p'],
    [
      'values in quotes among others',
      `<a b="c"d='e'f=g h i="" j='"' k="'" l = "m" n= "o" p="q>r" s="t"/><input value="u"/><b c='d'>e</b >f</b\n>`,
    ],
    ['equals signs where no name is', '<a =b><a = "c"><a =="d"><a b=="e"><a /=f/><a b/="g">h</a>'],
    [
      'the same attribute, however often and however it is written',
      '<a ID=1 id=2 alt="" Alt="3" Data-X=4 data-x=5>b</a>',
    ],
    [
      'names that begin as those of raw elements do',
      '<scripts>a</scripts><titles>b</titles><xmpp>c</xmpp><strong>d</strong>',
    ],
    ['attributes of raw elements', '<script type="a" async>b<c></script d="e"><title lang="f">g</title>h'],
    [
      'ampersands in raw text before others',
      '<script>a && b</script><i title="&lt;">&gt;</i><style>c & d</style>&amp;',
    ],
  ])('%s', (_what, html) => {
    expect(outline(parseHtml(html).children)).toEqual(outline(parseDocument(html).children));
  });

  test('elements nested beyond all measure are read up to there', () => {
    const tree = parseHtml(`<p>a</p>${'<div>'.repeat(5000)}<p>b</p>`);
    expect(tree.children).toHaveLength(2);
    expect(JSON.stringify(outline(tree.children))).not.toContain('"b"');
  });

  test('more elements than any page has are read up to there', () => {
    const tree = parseHtml('<br>'.repeat(200_000));
    expect(tree.children).toHaveLength(20_000);
  });
});
