import { expect, test } from '@jest/globals';
import { array, assert, constantFrom, property } from 'fast-check';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { QuickTokenizer, type TagCallbacks } from '../../src/extract/page/quick-tokenizer.ts';

type Tokens = { readonly seen: unknown[]; readonly callbacks: TagCallbacks };

/** Writes down what a tokenizer tells. Of a tag that is never ended it may tell less or more: such a tag is none. */
function tokensOf(html: string): Tokens {
  const seen: unknown[] = [];
  let tag: unknown[] = [];
  let [name, value] = ['', ''];
  const tell =
    (kind: string) =>
    (start: number, end: number): void => {
      seen.push([kind, html.slice(start, end)]);
    };
  const endTag = (): void => {
    seen.push(tag);
  };
  const callbacks: TagCallbacks = {
    ontext: tell('text'),
    oncomment: tell('comment'),
    oncdata: tell('data'),
    onclosetag: tell('end tag'),
    ondeclaration: tell('declaration'),
    onprocessinginstruction: tell('instruction'),
    onopentagname: (start, end) => (tag = ['tag', html.slice(start, end)]),
    onattribname: (start, end) => ([name, value] = [html.slice(start, end), '']),
    onattribdata: (start, end) => (value = html.slice(start, end)),
    onattribend: () => tag.push([name, value]),
    onattribute: (nameStart, nameEnd, start, end) => tag.push([html.slice(nameStart, nameEnd), html.slice(start, end)]),
    onopentagend: endTag,
    onselfclosingtag: () => {
      tag.push('/');
      endTag();
    },
    onattribentity: () => {},
    ontextentity: () => {},
    onend: () => {},
  };
  return { seen, callbacks };
}

function tokens(
  html: string,
  made: (callbacks: TagCallbacks & TokenizerCallbacks) => Pick<Tokenizer, 'write' | 'end'>,
) {
  const { seen, callbacks } = tokensOf(html);
  const tokenizer = made(callbacks);
  tokenizer.write(html);
  tokenizer.end();
  return seen;
}

const PIECES = [
  ...'< > / " \' = & ! ? - <! <!-- --> <![CDATA[ ]]> </ <p <a </a <b> </b> </p> </p/> <br/> <svg/>'.split(' '),
  ...'<script> </script> <script <SCRIPT> </ScRipt <style> </style <title> </title> <xmp </xmp> <textarea> </textarea>'.split(
    ' ',
  ),
  ...'<s <sc <t <ti <x href= "c" \'d\' class="e" id=f CLASS= ="g" =\'h\' checked'.split(' '),
  ' ',
  '\n',
  '\t',
  '\f',
  '\v',
  '\0',
  'a',
  'é',
  '\u212a',
  ' b ',
  " i='j' ",
];

test('the short cuts tell what the tokenizer tells that they are taken from', () => {
  assert(
    property(array(constantFrom(...PIECES), { maxLength: 30 }), (pieces) => {
      const html = pieces.join('');
      const quick = tokens(html, (callbacks) => new QuickTokenizer(callbacks));
      expect(quick).toEqual(tokens(html, (callbacks) => new Tokenizer({ decodeEntities: false }, callbacks)));
    }),
    { numRuns: 5000, seed: 1 },
  );
});
