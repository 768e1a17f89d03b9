import { StageError } from '../model/errors.ts';
import type { Outbound } from '../model/outbound.ts';
import type { Weather } from '../model/site.ts';
import type { Clock } from '../support/clock.ts';

export type WeatherTools = { readonly outbound: Outbound; readonly clock: Clock };

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/**
 * The present temperature at a place, from Open-Meteo's forecast API (`current=temperature_2m`, degrees Celsius), rounded
 * to whole degrees. Null when it is not told: the masthead then does without.
 */
export async function fetchWeather(
  { outbound, clock }: WeatherTools,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  signal: AbortSignal,
): Promise<Weather | null> {
  const url = `https://api.open-meteo.com/v1/forecast?latitude=${latitude}&longitude=${longitude}&current=temperature_2m`;
  try {
    const request = { url, headers: { accept: 'application/json' }, maxBodyBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS };
    const { body } = await outbound(request, signal);
    const temperature = temperatureIn(new TextDecoder().decode(body));
    return temperature === null ? null : { temperatureCelsius: Math.round(temperature), observedAt: clock.now() };
  } catch (error) {
    if (signal.aborted || !(error instanceof StageError)) throw error;
    return null;
  }
}

function temperatureIn(text: string): number | null {
  try {
    const answer = JSON.parse(text) as { current?: { temperature_2m?: unknown } } | null;
    const told = answer?.current?.temperature_2m;
    return typeof told === 'number' && told > -100 && told < 70 ? told : null;
  } catch {
    return null;
  }
}
