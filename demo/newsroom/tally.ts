const LINES_KEPT = 500;

/** One request as it was answered. `number` counts through all publishers, so that their lines can be put in order. */
export type RequestLine = {
  readonly number: number;
  readonly line: string;
  readonly status: number;
  readonly bytes: number;
  readonly conditional: boolean;
  readonly userAgent: string | null;
};

export type PublisherTally = {
  requests: number;
  readonly byStatus: Record<string, number>;
  /** Of the bodies, as sent. */
  bytes: number;
  /** The newest 500, oldest first. */
  readonly lines: RequestLine[];
};

/** Counts what the newsroom is asked. */
export class Tally {
  readonly #publishers = new Map<string, PublisherTally>();
  #requests = 0;

  constructor(publisherIds: readonly string[]) {
    for (const id of publisherIds) this.#publishers.set(id, { requests: 0, byStatus: {}, bytes: 0, lines: [] });
  }

  note(publisherId: string, request: Omit<RequestLine, 'number'>): void {
    const tally = this.#publishers.get(publisherId)!;
    this.#requests += 1;
    tally.requests += 1;
    tally.bytes += request.bytes;
    tally.byStatus[request.status] = (tally.byStatus[request.status] ?? 0) + 1;
    tally.lines.push({ number: this.#requests, ...request });
    if (tally.lines.length > LINES_KEPT) tally.lines.shift();
  }

  report(): { requests: number; publishers: Record<string, PublisherTally> } {
    return { requests: this.#requests, publishers: Object.fromEntries(this.#publishers) };
  }

  reset(): void {
    this.#requests = 0;
    for (const id of this.#publishers.keys()) {
      this.#publishers.set(id, { requests: 0, byStatus: {}, bytes: 0, lines: [] });
    }
  }
}
