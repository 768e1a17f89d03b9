import { isIP } from 'node:net';

import { LOG_LEVELS, type LogLevel } from '../support/log.ts';
import type { Instant } from '../support/instant.ts';

/** The settings in force: read once, frozen, handed on. sources.json is not among them: see sources-file.ts. */
export type Config = {
  readonly sources: string;
  readonly output: string;
  readonly data: string;
  readonly allowNetwork: readonly string[];
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  readonly operatorHost: string;
  /** Null: there is no operator's port. */
  readonly operatorPort: number | null;
  readonly logLevel: LogLevel;
  /** The time taken for now; null: the machine's clock. */
  readonly now: Instant | null;
  readonly atOnce: number;
  readonly hostSpacingMs: number;
  /** The address of an HTTP proxy, which may hold a user name and password; null: there is none. */
  readonly proxy: string | null;
  readonly timeoutSeconds: number;
  readonly maxFeedBytes: number;
  readonly maxPageBytes: number;
  readonly maxImageBytes: number;
  /** So much our copies of pictures may weigh. */
  readonly imagesMegabytes: number;
  /** So long, and so much of, what sources and pages answered is kept; 0: not at all. */
  readonly historyDays: number;
  readonly historyMegabytes: number;
};

type Reading = { readonly value: unknown } | { readonly fault: string };

/** One setting: its names, its default as it would be written, how it is read, and a sentence for the help. */
export type Setting = {
  readonly name: keyof Config;
  readonly flag: string | null;
  readonly argument: string;
  readonly environment: string;
  readonly byDefault: string | null;
  readonly repeatable: boolean;
  readonly secret: boolean;
  readonly says: string;
  readonly read: (text: string) => Reading;
};

const setting = (given: Pick<Setting, 'name' | 'environment' | 'says' | 'read'> & Partial<Setting>): Setting => ({
  flag: null,
  argument: 'VALUE',
  byDefault: null,
  repeatable: false,
  secret: false,
  ...given,
});

/** The table of settings. The help, the handbook and `check` are printed from it. */
export const SETTINGS: readonly Setting[] = [
  setting({
    name: 'sources',
    flag: 'sources',
    argument: 'FILE',
    environment: 'TRIBUTARY_SOURCES',
    byDefault: 'sources.json',
    says: 'the list of sources and topics',
    read: text,
  }),
  setting({
    name: 'output',
    flag: 'output',
    argument: 'DIR',
    environment: 'TRIBUTARY_OUTPUT',
    byDefault: 'output',
    says: 'where the feeds and pages are published',
    read: text,
  }),
  setting({
    name: 'data',
    flag: 'data',
    argument: 'DIR',
    environment: 'TRIBUTARY_DATA',
    byDefault: 'data',
    says: 'where the database lives',
    read: text,
  }),
  setting({
    name: 'allowNetwork',
    flag: 'allow-network',
    argument: 'CIDR',
    environment: 'TRIBUTARY_ALLOW_NETWORK',
    byDefault: '',
    repeatable: true,
    says: 'private networks that may be reached, e.g. 10.1.0.0/16',
    read: networks,
  }),
  setting({
    name: 'databaseUrl',
    environment: 'DATABASE_URL',
    secret: true,
    says: 'postgres://… to keep everything in PostgreSQL instead of a file in the data folder',
    read: postgresUrl,
  }),
  setting({
    name: 'host',
    flag: 'host',
    argument: 'ADDRESS',
    environment: 'TRIBUTARY_HOST',
    byDefault: '127.0.0.1',
    says: 'the address that the server listens on',
    read: text,
  }),
  setting({
    name: 'port',
    flag: 'port',
    argument: 'PORT',
    environment: 'TRIBUTARY_PORT',
    byDefault: '8080',
    says: 'the port that the server listens on; 0 takes a free one',
    read: wholeNumber(0, 65_535),
  }),
  setting({
    name: 'operatorHost',
    flag: 'operator-host',
    argument: 'ADDRESS',
    environment: 'TRIBUTARY_OPERATOR_HOST',
    byDefault: '127.0.0.1',
    says: 'the address of the operator’s port; whoever reaches it sees how the service does',
    read: text,
  }),
  setting({
    name: 'operatorPort',
    flag: 'operator-port',
    argument: 'PORT',
    environment: 'TRIBUTARY_OPERATOR_PORT',
    byDefault: 'none',
    says: 'the port of /metrics, /healthz, /readyz and /operations.atom, for the operator alone; none: there is none',
    read: (written) => (written.trim() === 'none' ? { value: null } : wholeNumber(0, 65_535)(written)),
  }),
  setting({
    name: 'logLevel',
    flag: 'log-level',
    argument: 'LEVEL',
    environment: 'TRIBUTARY_LOG_LEVEL',
    byDefault: 'error',
    says: `how much is logged to stderr: ${LOG_LEVELS.join(', ')}`,
    read: oneOf(LOG_LEVELS),
  }),
  setting({
    name: 'now',
    environment: 'TRIBUTARY_NOW',
    argument: 'INSTANT',
    says: 'for rehearsals: the time taken for now, e.g. 2026-11-24T06:00:00Z',
    read: instant,
  }),
  setting({
    name: 'atOnce',
    flag: 'at-once',
    argument: 'N',
    environment: 'TRIBUTARY_AT_ONCE',
    byDefault: '8',
    says: 'how many sources are refreshed at once',
    read: wholeNumber(1, 256),
  }),
  setting({
    name: 'hostSpacingMs',
    flag: 'host-spacing-ms',
    argument: 'MS',
    environment: 'TRIBUTARY_HOST_SPACING_MS',
    byDefault: '500',
    says: 'the least time between two requests to one host',
    read: wholeNumber(0, 60_000),
  }),
  setting({
    name: 'proxy',
    environment: 'TRIBUTARY_PROXY',
    argument: 'URL',
    secret: true,
    says: 'http://[user:password@]host:port of an HTTP proxy that everything is asked through; it finds the hosts, so nobody judges their addresses',
    read: proxyUrl,
  }),
  setting({
    name: 'timeoutSeconds',
    flag: 'timeout-seconds',
    argument: 'S',
    environment: 'TRIBUTARY_TIMEOUT_SECONDS',
    byDefault: '30',
    says: 'how long one answer may take',
    read: wholeNumber(1, 600),
  }),
  setting({
    name: 'maxFeedBytes',
    environment: 'TRIBUTARY_MAX_FEED_BYTES',
    byDefault: '10485760',
    says: 'the largest feed that is read, unpacked',
    read: wholeNumber(1_000, 1_000_000_000),
  }),
  setting({
    name: 'maxPageBytes',
    environment: 'TRIBUTARY_MAX_PAGE_BYTES',
    byDefault: '5242880',
    says: 'the largest article page that is read, unpacked',
    read: wholeNumber(1_000, 1_000_000_000),
  }),
  setting({
    name: 'maxImageBytes',
    environment: 'TRIBUTARY_MAX_IMAGE_BYTES',
    byDefault: '8388608',
    says: 'the largest picture that is copied, where sources.json says "images": "cache"; larger ones stay where they are',
    read: wholeNumber(1_000, 1_000_000_000),
  }),
  setting({
    name: 'imagesMegabytes',
    environment: 'TRIBUTARY_IMAGES_MEGABYTES',
    argument: 'MB',
    byDefault: '2048',
    says: 'how much the copies of pictures may weigh in all; from then on new ones stay where they are',
    read: wholeNumber(0, 10_000_000),
  }),
  setting({
    name: 'historyDays',
    environment: 'TRIBUTARY_HISTORY_DAYS',
    argument: 'DAYS',
    byDefault: '14',
    says: 'how many days what sources and pages answered is kept, for plan and reprocess; 0 keeps nothing',
    read: wholeNumber(0, 3_650),
  }),
  setting({
    name: 'historyMegabytes',
    environment: 'TRIBUTARY_HISTORY_MEGABYTES',
    argument: 'MB',
    byDefault: '256',
    says: 'how much of it is kept at the most, compressed; the oldest goes first; 0 keeps nothing',
    read: wholeNumber(0, 1_000_000),
  }),
];

/** A fault of a setting, in words: which one, what was given, what would be right. */
export type SettingFault = { readonly setting: string; readonly message: string };

/**
 * The settings out of flags (which win) and environment.
 * @param flags by flag name without dashes; a repeatable flag's values in order
 */
export function readConfig(
  flags: Readonly<Record<string, string | readonly string[] | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly config: Config } | { readonly faults: readonly SettingFault[] } {
  const faults: SettingFault[] = [];
  const values: Record<string, unknown> = {};
  for (const each of SETTINGS) {
    const flagged = each.flag === null ? undefined : flags[each.flag];
    const given = flagged === undefined ? environment[each.environment] || undefined : [flagged].flat().join(',');
    const written = given ?? each.byDefault;
    if (written === null) {
      values[each.name] = null;
      continue;
    }
    const reading = each.read(written);
    if ('fault' in reading) {
      const name = flagged === undefined ? each.environment : `--${each.flag}`;
      const shown = each.secret ? 'the value' : JSON.stringify(written);
      faults.push({ setting: name, message: `${name}: ${shown} ${reading.fault}` });
    } else values[each.name] = reading.value;
  }
  return faults.length > 0 ? { faults } : { config: Object.freeze(values) as Config };
}

/** A setting's value as it may be shown: secrets are not. */
export function shownValue(each: Setting, config: Config): string {
  const value = config[each.name];
  if (value === null || (Array.isArray(value) && value.length === 0)) return '(none)';
  return each.secret ? '(set, not shown)' : String(value);
}

function text(written: string): Reading {
  if (written.trim() === '') return { fault: 'is empty' };
  return written.includes('\0') ? { fault: 'holds a NUL character' } : { value: written };
}

function wholeNumber(from: number, to: number): (written: string) => Reading {
  return (written) => {
    const value = /^\d{1,12}$/.test(written.trim()) ? Number(written) : NaN;
    return value >= from && value <= to ? { value } : { fault: `is not a whole number from ${from} to ${to}` };
  };
}

function oneOf(allowed: readonly string[]): (written: string) => Reading {
  return (written) =>
    allowed.includes(written) ? { value: written } : { fault: `is not one of ${allowed.join(', ')}` };
}

function instant(written: string): Reading {
  const right = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(written) && !Number.isNaN(Date.parse(written));
  return right ? { value: written } : { fault: 'is not an instant such as 2026-11-24T06:00:00Z' };
}

function postgresUrl(written: string): Reading {
  return /^postgres(ql)?:\/\//.test(written) ? { value: written } : { fault: 'does not begin with postgres://' };
}

function proxyUrl(written: string): Reading {
  const url = URL.parse(written);
  const isWhole = url !== null && /^https?:$/.test(url.protocol) && `${url.pathname}${url.search}${url.hash}` === '/';
  // A "%" in a password is written %25.
  const isReadable = url !== null && !/%(?![0-9a-f]{2})/i.test(`${url.username}${url.password}`);
  return isWhole && isReadable
    ? { value: written }
    : { fault: 'is no address of an HTTP proxy, as http://proxy.example.org:3128' };
}

function networks(written: string): Reading {
  const list = written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const wrong = list.find((part) => !isCidr(part));
  return wrong === undefined
    ? { value: list }
    : { fault: `holds ${wrong}, which is not a network such as 10.1.0.0/16 or fd00::/8` };
}

function isCidr(written: string): boolean {
  const match = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(written);
  if (match === null) return false;
  const kind = isIP(match[1]!);
  return kind !== 0 && Number(match[2]) <= (kind === 4 ? 32 : 128);
}
