import { expect, test } from '@jest/globals';
import { StageError } from '../../src/model/errors.ts';
import { refreshWeather, storedWeather } from '../../src/pipeline/refresh-weather.ts';
import { openMemoryStore } from '../../src/store/open-store.ts';
import { stoppedClock } from '../../src/support/clock.ts';

const place = { name: 'New Delhi', latitude: 28.61, longitude: 77.21 };
const signal = new AbortController().signal;

test('the temperature is asked for once an hour, and an answer that fails leaves none', async () => {
  await using store = await openMemoryStore();
  const asked: string[] = [];
  const ask = async (now: string, answer: string | StageError): Promise<number | null> => {
    const outbound = async ({ url }: { readonly url: string }) => {
      asked.push(url);
      if (answer instanceof StageError) throw answer;
      return { url, status: 200, headers: {}, body: new TextEncoder().encode(answer), redirects: [] };
    };
    await refreshWeather({ outbound, clock: stoppedClock(now), store }, place, signal);
    return (await storedWeather(store, place))?.temperatureCelsius ?? null;
  };
  expect(await ask('2026-11-24T06:00:00Z', '{"current":{"temperature_2m":21.6}}')).toBe(22);
  expect(await ask('2026-11-24T06:59:00Z', '{"current":{"temperature_2m":3}}')).toBe(22);
  expect(asked).toEqual([
    'https://api.open-meteo.com/v1/forecast?latitude=28.61&longitude=77.21&current=temperature_2m',
  ]);
  expect(await ask('2026-11-24T07:00:00Z', new StageError('fetch-timed-out'))).toBeNull();
  expect(await ask('2026-11-24T07:30:00Z', '{"current":{"temperature_2m":3}}')).toBeNull();
  expect(await ask('2026-11-24T08:00:00Z', '{"current":{"temperature_2m":"warm"}}')).toBeNull();
  expect(await ask('2026-11-24T09:00:00Z', 'no JSON')).toBeNull();
  expect(await storedWeather(store, { ...place, latitude: 0 })).toBeNull();
});

test('without coordinates nobody is asked', async () => {
  await using store = await openMemoryStore();
  const outbound = () => Promise.reject(new Error('asked'));
  for (const where of [null, { name: 'Port Meridian', latitude: null, longitude: null }]) {
    await refreshWeather({ outbound, clock: stoppedClock('2026-11-24T06:00:00Z'), store }, where, signal);
    expect(await storedWeather(store, where)).toBeNull();
  }
});
