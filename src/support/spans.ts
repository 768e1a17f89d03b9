/** What is told of a piece of work besides its name: ids and counts, no texts of articles and no secrets. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/**
 * Who wants to know how long pieces of work take, and what they are part of: metrics, traces, nobody. The names are few and
 * fixed (`refresh`, `fetch`, …); what differs from one to the next is in the facts.
 */
export type Spans = {
  /** Does a piece of work, which may do parts of it within the spans that it is given. What it throws is passed on. */
  within<T>(name: string, facts: SpanFacts, work: (inside: Spans) => Promise<T>): Promise<T>;
};

export const noSpans: Spans = { within: (_name, _facts, work) => work(noSpans) };

/** Both are told of everything. */
export function bothSpans(one: Spans, other: Spans): Spans {
  return {
    within: (name, facts, work) =>
      one.within(name, facts, (inOne) => other.within(name, facts, (inOther) => work(bothSpans(inOne, inOther)))),
  };
}
