import { describe, expect, test } from '@jest/globals';
import { openDuplicateIndex, type PrintedDocument } from '../../../src/curate/duplicates/duplicate-index.ts';
import { findDuplicate, TRAINED, weighCandidates } from '../../../src/curate/duplicates/find-duplicate.ts';
import { FEATURES } from '../../../src/curate/duplicates/pair-features.ts';
import { printOf } from '../../../src/curate/duplicates/text-print.ts';
import { openChance } from '../../../tools/duplicates/chance.ts';
import { madeArticle, nextEdition, reworded, type MadeArticle } from '../../../tools/duplicates/made-article.ts';
import { madeMatter, printed } from '../../../tools/duplicates/made-language.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON_MS = Date.parse('2026-11-20T12:00:00Z');

type Given = { readonly title: string; readonly text: string; readonly atMs?: number; readonly sourceId?: string };

function aDocument(id: string, { title, text, atMs = NOON_MS, sourceId = `source of ${id}` }: Given): PrintedDocument {
  return { id, sourceId, atMs, print: printOf({ title, text }) };
}

function textOf(article: MadeArticle): Given {
  const text = article.paragraphs.map((sentences) => sentences.map(printed).join(' ')).join('\n\n');
  return { title: printed(article.title).slice(0, -1), text };
}

/** An article of eight paragraphs. */
function anArticle(seed: number, numberShare = 0.03): MadeArticle {
  const chance = openChance(seed);
  const matter = madeMatter(chance, numberShare);
  const paragraphs = Array.from({ length: 8 }, () => madeArticle(chance, matter).paragraphs[0]!);
  return { ...madeArticle(chance, matter), paragraphs };
}

const FORM = anArticle(11, 0.1);
const ORIGINAL = textOf(anArticle(12));
const words = ORIGINAL.text.split(/\s+/);

function indexOfOriginal(): ReturnType<typeof openDuplicateIndex> {
  const index = openDuplicateIndex();
  for (let seed = 20; seed < 40; seed++) index.add(aDocument(`other ${seed}`, textOf(anArticle(seed))));
  index.add(aDocument('original', ORIGINAL));
  return index;
}

describe('a duplicate is found', () => {
  test.each<[string, Given]>([
    ['the same text at another outlet', { ...ORIGINAL, title: `${ORIGINAL.title} - The Harbour News` }],
    ['an excerpt', { ...ORIGINAL, text: `${words.slice(0, 55).join(' ')} […] Read more` }],
    ['a part from the middle', { ...ORIGINAL, text: `… ${words.slice(90, 140).join(' ')} …` }],
    ['under another headline', { title: 'Quite another headline for it', text: ORIGINAL.text }],
    ['with a dateline before it', { ...ORIGINAL, text: `MARLIN, Nov 20 (Wire) - ${ORIGINAL.text}` }],
    ['in other words here and there', textOf(reworded(openChance(5), anArticle(12), 0.12))],
    ['the title alone', { title: ORIGINAL.title, text: '' }],
    [
      'with another day in its dateline',
      { ...ORIGINAL, text: `MARLIN, Nov 23 (Wire) - ${ORIGINAL.text}`, atMs: NOON_MS + 3 * DAY_MS },
    ],
    ['after three days', { ...ORIGINAL, atMs: NOON_MS + 3 * DAY_MS }],
  ])('%s', (_, given) => {
    const found = findDuplicate(indexOfOriginal(), aDocument('copy', { atMs: NOON_MS + HOUR_MS, ...given }));
    expect(found).toMatchObject({ id: 'original' });
    expect(found!.probability).toBeGreaterThanOrEqual(TRAINED.threshold);
    expect(found!.reasons.length).toBeGreaterThan(0);
  });

  test('in a script without spaces', () => {
    const text =
      '市は月曜日、三年にわたる工事の末に新しい港の橋を開通させた。建設費は当初の見込みを上回ったが、交通量は予想より多い。';
    const index = openDuplicateIndex();
    index.add(aDocument('original', { title: '新しい港の橋が開通', text }));
    const copy = aDocument('copy', {
      title: '港の橋、三年の工事を経て開通',
      text: `【港通信】${text}`,
      atMs: NOON_MS + HOUR_MS,
    });
    expect(findDuplicate(index, copy)).toMatchObject({ id: 'original' });
  });

  test('the reasons are said in words', () => {
    const found = findDuplicate(indexOfOriginal(), aDocument('copy', ORIGINAL));
    expect(found!.reasons).toEqual([
      '100 % of the shorter text stands in the other',
      'the titles are the same',
      'they begin alike',
    ]);
  });

  test('the twentieth copy of one text is found as the first is', () => {
    const index = indexOfOriginal();
    for (let number = 0; number < 20; number++) {
      const copy = aDocument(`copy ${number}`, { ...ORIGINAL, atMs: NOON_MS + number * HOUR_MS });
      const found = findDuplicate(index, copy);
      expect(found).not.toBeNull();
      index.add(copy, found!.id);
    }
  });
});

describe('no duplicate is found', () => {
  test('of a recurring report in its next edition', () => {
    const index = openDuplicateIndex();
    index.add(aDocument('first', { ...textOf(FORM), sourceId: 'harbour' }));
    const chance = openChance(3);
    const next = { ...textOf(nextEdition(chance, FORM)), sourceId: 'harbour', atMs: NOON_MS + 7 * DAY_MS };
    expect(findDuplicate(index, aDocument('next', next))).toBeNull();
  });

  test('of a report that is filled in anew at the same hour of another day', () => {
    const filled = (ships: string, waiting: string): string =>
      `${ships} grain ships were loading and ${waiting} were waiting to load at the elevators of Marlin, trade sources said. ` +
      `Harbour Grain had ${waiting} in line, Northern Mills ${ships}, and Port Allenby 3. The next count comes tomorrow.`;
    const given = (ships: string, waiting: string): Given => ({
      title: 'Grain ships waiting at Marlin',
      text: filled(ships, waiting),
    });
    const index = openDuplicateIndex();
    index.add(aDocument('first', given('ten', '18')));
    const next = { ...given('nine', '16'), atMs: NOON_MS + 6 * DAY_MS + HOUR_MS / 4 };
    expect(findDuplicate(index, aDocument('next', next))).toBeNull();
    // The same words within hours, with nothing changed, are one.
    const again = { ...given('ten', '18'), atMs: NOON_MS + HOUR_MS };
    expect(findDuplicate(index, aDocument('again', again))).toMatchObject({ id: 'first' });
  });

  test('of a running story that is written on: another beginning, new facts, the background in the same words', () => {
    const background =
      'The unions want the council to withdraw rules that would raise the pension age for its workers from 60 to 65. ' +
      'Up to 40,000 people could take part in the walkout planned for the end of March. All sides are anxious to avoid ' +
      'a long dispute in the weeks before the election, people close to the talks said.';
    const before = {
      title: 'Talks aim to avert pension strike',
      text: `Talks that may avert a strike over pensions in Marlin begin on Saturday. Mayor Ada Lindqvist has asked both sides to the town hall, and will chair the meeting herself. ${background}`,
    };
    const after = {
      title: 'Stalemate after long night in Marlin',
      text: `After 9 hours of argument the mayor walked out, and the dockers called their members to the gates for Monday. "Nothing was offered," said Per Okafor, who leads them. Ferries to Norsund are cancelled. ${background}`,
      atMs: NOON_MS + 30 * HOUR_MS,
    };
    const index = openDuplicateIndex();
    index.add(aDocument('before', before));
    expect(weighCandidates(index, aDocument('after', after))).toHaveLength(1);
    expect(findDuplicate(index, aDocument('after', after))).toBeNull();
    // A longer version of the same report is one with it.
    const longer = {
      ...before,
      text: `${before.text} The last strike of this kind was in 1998.`,
      atMs: NOON_MS + HOUR_MS,
    };
    expect(findDuplicate(index, aDocument('longer', longer))).toMatchObject({ id: 'before' });
  });

  test('for a digest of many beginnings', () => {
    const index = indexOfOriginal();
    const leads = Array.from({ length: 6 }, (_, at) => textOf(anArticle(20 + at)).text.split('. ')[0]);
    const digest = aDocument('digest', { title: 'The day in brief', text: leads.join('. '), atMs: NOON_MS + HOUR_MS });
    expect(weighCandidates(index, digest).length).toBeGreaterThan(1);
    expect(findDuplicate(index, digest)).toBeNull();
  });

  test('for an article of which nothing is known', () => {
    expect(findDuplicate(indexOfOriginal(), aDocument('new', textOf(anArticle(99))))).toBeNull();
  });

  test('for a document beside itself', () => {
    expect(findDuplicate(indexOfOriginal(), aDocument('original', ORIGINAL))).toBeNull();
  });
});

test('the trained model has a weight for each feature, and no other', () => {
  expect(Object.keys(TRAINED.weights).toSorted()).toEqual([...FEATURES].toSorted());
});
