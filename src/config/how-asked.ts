import type { AdaptiveBounds, SourceAuth, SourceLimits } from '../model/source.ts';
import { secondsOf } from './schema/duration.ts';
import type { SourcesFile } from './sources-schema.ts';

// When, how and by which way a source is asked, as it is written and as it is meant.

type Written = SourcesFile['sources'][number];
type Defaults = SourcesFile['defaults'];

/** Schedule and adaptive stand for each other: whichever of them a source has itself holds, whatever the defaults have. */
export function adaptiveOf(written: Written, defaults: Defaults): AdaptiveBounds | null {
  const meant = written.adaptive ?? (written.schedule === undefined ? defaults.adaptive : undefined);
  return meant === undefined ? null : { minSeconds: secondsOf(meant.min), maxSeconds: secondsOf(meant.max) };
}

export function authOf(written: Written['auth']): SourceAuth | null {
  if (written === undefined) return null;
  const { userEnv, passwordEnv, tokenEnv, headersEnv = {} } = written;
  const headerEnvs = Object.fromEntries(Object.entries(headersEnv).map(([name, env]) => [name.toLowerCase(), env]));
  if (tokenEnv !== undefined) return { scheme: { kind: 'bearer', tokenEnv }, headerEnvs };
  if (userEnv === undefined || passwordEnv === undefined) return { scheme: null, headerEnvs };
  return { scheme: { kind: 'basic', userEnv, passwordEnv }, headerEnvs };
}

export function limitsOf(written: Written['limits'] = {}): SourceLimits {
  const { maxFeedBytes = null, maxPageBytes = null, timeoutSeconds = null, entriesPerRefresh = null } = written;
  return { maxFeedBytes, maxPageBytes, timeoutSeconds, entriesPerRefresh };
}
