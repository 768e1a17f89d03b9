import { describe, expect, test } from '@jest/globals';
import { datesOf } from '../../../src/render/page/dates.ts';

describe('dates on pages', () => {
  test.each([
    ['en', 'UTC', '11:55 AM UTC'],
    ['en', 'Europe/Lisbon', '11:55 AM UTC'],
    ['fr', 'Africa/Abidjan', '11:55 UTC'],
    ['ar', 'Africa/Abidjan', 'UTC'],
    ['en-GB', 'Europe/London', '11:55 GMT'],
    ['en', 'Asia/Kolkata', '5:25 PM GMT+5:30'],
    ['en', 'Atlantic/Azores', '10:55 AM GMT-1'],
    ['en', 'Pacific/Kiritimati', '1:55 AM GMT+14'],
    ['en', 'Pacific/Honolulu', '1:55 AM HST'],
  ])('in %s and %s name the zone as people do', (language, timeZone, end) => {
    const dates = datesOf({ language, timeZone });
    const written = dates.moment('2026-11-24T11:55:12Z').replace(/\s/g, ' ');
    expect(written.slice(-end.length)).toBe(end);
  });

  test('have one order and the month as a word, with the day of the week, the time, or neither', () => {
    const instant = '2026-11-24T23:55:12Z';
    for (const [language, date] of [
      ['en', 'November 25, 2026'],
      ['en-GB', '25 November 2026'],
      ['de', '25. November 2026'],
      ['ja', '2026年11月25日'],
      ['pt-BR', '25 de novembro de 2026'],
    ] as const) {
      const dates = datesOf({ language, timeZone: 'Asia/Kolkata' });
      expect(dates.date(instant)).toBe(date);
      expect(dates.day(instant)).toContain(date);
      expect(dates.moment(instant)).toContain(date);
    }
  });
});
