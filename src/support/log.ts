import { pino, type DestinationStream } from 'pino';

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A fixed sentence and fields. The sentence is never built from data; bodies and secrets are never fields. */
export type Log = {
  error(sentence: string, fields?: LogFields): void;
  warn(sentence: string, fields?: LogFields): void;
  info(sentence: string, fields?: LogFields): void;
  debug(sentence: string, fields?: LogFields): void;
};

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON line a message. Credentials in the address of a field named `url` are blotted out. */
export function jsonLog(level: LogLevel, destination: DestinationStream): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'says',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const at =
    (severity: Exclude<LogLevel, 'silent'>) =>
    (sentence: string, fields: LogFields = {}) =>
      logger[severity](withoutCredentials(fields), sentence);
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

export const silentLog: Log = { error: nothing, warn: nothing, info: nothing, debug: nothing };

function nothing(): void {}

function withoutCredentials(fields: LogFields): LogFields {
  const { url } = fields;
  if (typeof url !== 'string' || !url.includes('@')) return fields;
  return { ...fields, url: url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1***@') };
}
