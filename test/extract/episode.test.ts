import { describe, expect, test } from '@jest/globals';
import { episodeOf, filesOf } from '../../src/extract/episode.ts';
import type { Enclosure } from '../../src/model/feed.ts';
import { anEntry } from '../support/an-entry.ts';

const BASE = 'https://harbour.example/';
const file = (given: Partial<Enclosure> = {}): Enclosure => ({
  url: 'https://harbour.example/7.mp3',
  type: 'audio/mpeg',
  lengthBytes: 81_000,
  title: null,
  durationSeconds: null,
  ...given,
});

describe('an episode', () => {
  test('is told with its season, number, kind, picture and whom it is for', () => {
    const entry = anEntry({
      enclosures: [file()],
      season: 2,
      episode: 7,
      episodeKind: 'trailer',
      explicit: false,
      episodeImage: 'https://harbour.example/7.jpg',
    });
    expect(episodeOf(entry, BASE)).toEqual({
      season: 2,
      number: 7,
      kind: 'trailer',
      explicit: false,
      imageUrl: 'https://harbour.example/7.jpg',
    });
  });

  test('is one as soon as its length is told', () => {
    const none = { season: null, number: null, kind: null, explicit: null, imageUrl: null };
    expect(episodeOf(anEntry({ enclosures: [file()], duration: '12' }), BASE)).toEqual(none);
  });

  test.each([
    ['nothing is said of it', anEntry({ enclosures: [file()] })],
    ['there is nothing to play', anEntry({ enclosures: [file({ type: 'application/pdf' })], season: 2 })],
    ['it has no file at all', anEntry({ season: 2, explicit: true })],
  ])('is none where %s', (_why, entry) => {
    expect(episodeOf(entry, BASE)).toBeNull();
  });

  test('has no picture whose address nobody may follow', () => {
    const entry = anEntry({ enclosures: [file()], season: 1, episodeImage: 'javascript:alert(1)' });
    expect(episodeOf(entry, BASE)?.imageUrl).toBeNull();
  });
});

describe('the files of an entry', () => {
  test.each([
    ['3723', 3723],
    ['62:03', 3723],
    ['1:02:03', 3723],
    [' 01:02:03.5 ', 3723],
    ['0', null],
    ['an hour', null],
    ['1:2:3:4', null],
    [null, null],
  ])('play for the time that %j says', (duration, durationSeconds) => {
    expect(filesOf(anEntry({ enclosures: [file()], duration }), BASE)).toEqual([file({ durationSeconds })]);
  });

  test('keep the time that they say themselves, and pictures have none', () => {
    const picture = file({ url: 'https://harbour.example/7.jpg', type: 'image/jpeg' });
    const long = file({ url: 'https://harbour.example/8.m4a', type: null });
    expect(filesOf(anEntry({ enclosures: [picture, long, file()], duration: '60' }), BASE)).toEqual([
      picture,
      { ...long, durationSeconds: 60 },
      file(),
    ]);
    expect(filesOf(anEntry({ enclosures: [file({ durationSeconds: 5 })], duration: '60' }), BASE)).toEqual([
      file({ durationSeconds: 5 }),
    ]);
  });
});
