import { fetchWeather, type WeatherTools } from '../fetch/weather.ts';
import type { Place, Weather } from '../model/site.ts';
import type { Store } from '../store/store.ts';
import { plusSeconds, type Instant } from '../support/instant.ts';

const WEATHER_FACT = 'weather';
const ASKED_EVERY_S = 3600;

type Told = {
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly askedAt: Instant;
  readonly weather: Weather | null;
};

/** Asks for the weather once an hour. An answer that fails replaces what was told before, so that no old figure stays. */
export async function refreshWeather(
  tools: WeatherTools & { readonly store: Store },
  place: Place | null,
  signal: AbortSignal,
): Promise<void> {
  if (place === null || place.latitude === null || place.longitude === null) return;
  const askedAt = tools.clock.now();
  const before = await toldFor(tools.store, place);
  if (before !== null && askedAt < plusSeconds(before.askedAt, ASKED_EVERY_S)) return;
  const { latitude, longitude } = place;
  const weather = await fetchWeather(tools, { latitude, longitude }, signal);
  const told: Told = { latitude, longitude, askedAt, weather };
  await tools.store.saveFact(WEATHER_FACT, JSON.stringify(told));
}

/** The weather that was told last for a place; null if none was. */
export async function storedWeather(store: Store, place: Place | null): Promise<Weather | null> {
  return place === null ? null : ((await toldFor(store, place))?.weather ?? null);
}

async function toldFor(store: Store, place: Place): Promise<Told | null> {
  const fact = await store.fact(WEATHER_FACT);
  if (fact === null) return null;
  const told = JSON.parse(fact) as Told;
  return told.latitude === place.latitude && told.longitude === place.longitude ? told : null;
}
