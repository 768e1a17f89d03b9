import rules from './tracking-parameters.json' with { type: 'json' };

// Which parameters of an address mean no document, read from tracking-parameters.json: data, to be kept up by whoever
// meets a new one.

/** Names that mean nothing but tracking, whatever their value. */
export const TRACKING_NAMES: ReadonlySet<string> = new Set(rules.tracking.names);

/** Beginnings of names that mean nothing but tracking. */
export const TRACKING_PREFIX = new RegExp(
  `^(?:${rules.tracking.beginnings.map((text) => RegExp.escape(text)).join('|')})`,
);

/**
 * Names that are tracking when their value is a channel (`rss`, `hp`, `ss_tw`, `newsletter-daily`), and a document's
 * when it is not.
 */
export const CHANNEL_NAMES: ReadonlySet<string> = new Set(rules.channels.names);

/** Words that name a channel. A value that holds one of them, parted by signs, says where the reader came from. */
export const CHANNEL_WORDS: ReadonlySet<string> = new Set(rules.channels.words);

/** Parameters that choose another shape of the same document. The value must match. */
export const SHAPE_PARAMETERS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries(rules.shapes.parameters).map(([name, value]) => [name, new RegExp(value, 'i')]),
);

/** Parameters that hold a visitor's session. */
export const SESSION_NAME = new RegExp(rules.sessions.names);
/** A name that may hold a session, and then a long value without meaning. */
export const MAYBE_SESSION_NAME = new RegExp(rules.sessions.uncertain);
