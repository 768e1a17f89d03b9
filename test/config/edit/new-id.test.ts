import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { makesId, openIds, plainId } from '../../../src/config/edit/new-id.ts';
import { isId } from '../../../src/config/schema/values.ts';

describe('an id of a title', () => {
  test.each([
    ['Harbour News & Co', 'harbour-news-co'],
    ["L’Équipe d'été", 'lequipe-dete'],
    ['Straße & Ørsted in Łódź', 'strasse-orsted-in-lodz'],
    ['Новости', 'novosti'],
    ['Российский объект', 'rossiyskiy-obekt'],
    ['Българи', 'balgari'],
    ['Ειδήσεις, Πολιτισμού', 'eidiseis-politismou'],
    ['ΟΥΡΑΝΟΣ', 'ouranos'],
    ['Новости CNN 24', 'novosti-cnn-24'],
  ])('%s is written in Latin letters', (title, id) => {
    expect(plainId(title)).toBe(id);
  });

  test('letters with their accents apart give the same as those in one', () => {
    for (const title of ['Российский', 'Ειδήσεις', 'Été'])
      expect(plainId(title.normalize('NFD'))).toBe(plainId(title.normalize('NFC')));
  });

  test.each(['経済', 'أخبار', '뉴스', '2024', 'X'])('%s makes none, and the next name is taken', (title) => {
    expect(makesId(title)).toBe(false);
    const newId = openIds(['source'], 'source');
    expect([newId(title, 'news.example'), newId(title, '')]).toEqual(['news-example', 'source-2']);
  });

  test('may be given, and is given once, whatever the titles are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 20 }), (titles) => {
        const newId = openIds([], 'source');
        const ids = titles.map((title) => newId(title));
        expect(ids.filter((id) => !isId(id))).toEqual([]);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
