import type { JudgedTopics } from '../../model/judgement.ts';
import type { Quota } from '../../model/rule.ts';
import type { Source } from '../../model/source.ts';
import type { TopicReason } from '../../model/story.ts';
import type { Topic } from '../../model/topic.ts';
import { epochMsOf, type Instant } from '../../support/instant.ts';

/** Dates of what is published already, by the id of the topic or source; in any order, and of none that has no quota. */
export type PublishedDates = {
  readonly topics: ReadonlyMap<string, readonly Instant[]>;
  /** Of a source: the stories that one of its articles leads. */
  readonly sources: ReadonlyMap<string, readonly Instant[]>;
};

/** Lets stories into topics as long as quotas allow. */
export type Quotas = {
  /**
   * Which of its topics a story may come into. To be asked once for each story, in the order in which they are sorted. A
   * topic that it is in already keeps it, whatever the quotas say now; what the operator has approved comes in always.
   */
  admit(asked: {
    readonly topics: readonly TopicReason[];
    /** The topics that it is in before. */
    readonly before: readonly TopicReason[];
    readonly leadSourceId: string;
    readonly published: Instant;
    readonly approved: boolean;
  }): JudgedTopics;
};

/**
 * A quota counts by the dates of what is published and not by when we came to it: so what a source has gathered in a week,
 * or brings at its first poll, counts day by day, and neither a late answer nor a restart makes a difference.
 */
export function openQuotas(given: {
  readonly sources: ReadonlyMap<string, Pick<Source, 'quota'>>;
  readonly topics: readonly Pick<Topic, 'id' | 'title' | 'quota'>[];
  readonly published: PublishedDates;
}): Quotas {
  const topics = new Map(
    given.topics.flatMap(({ id, title, quota }) =>
      quota === null ? [] : [[id, openTally(quota, `the topic "${title}"`, given.published.topics.get(id))] as const],
    ),
  );
  const sources = new Map(
    [...given.sources].flatMap(([id, { quota }]) =>
      quota === null ? [] : [[id, openTally(quota, 'its source', given.published.sources.get(id))] as const],
    ),
  );
  return {
    admit({ topics: wanted, before, leadSourceId, published, approved }) {
      const had = new Set(before.map(({ topicId }) => topicId));
      const ofSource = had.size > 0 ? undefined : sources.get(leadSourceId);
      if (!approved && wanted.length > 0 && ofSource?.hasRoomAt(published) === false) {
        return { topics: [], without: wanted.map(({ topicId }) => ({ topicId, reason: ofSource.says })) };
      }
      const taken: TopicReason[] = [];
      const without: TopicReason[] = [];
      for (const one of wanted) {
        const tally = had.has(one.topicId) ? undefined : topics.get(one.topicId);
        if (approved || tally === undefined || tally.hasRoomAt(published)) {
          tally?.add(published);
          taken.push(one);
        } else without.push({ topicId: one.topicId, reason: tally.says });
      }
      if (taken.length > 0) ofSource?.add(published);
      return { topics: taken, without };
    },
  };
}

type Tally = {
  /** Whether one more of that date makes no span of the quota's hours hold more than it may. */
  hasRoomAt(date: Instant): boolean;
  add(date: Instant): void;
  readonly says: string;
};

function openTally({ most, hours }: Quota, of: string, published: readonly Instant[] = []): Tally {
  const spanMs = hours * 3_600_000;
  const dates = published.map(epochMsOf).toSorted((a, b) => a - b);
  return {
    says: `${of} has its ${most} in ${hours === 1 ? 'one hour' : `${hours} hours`} already`,
    hasRoomAt(date) {
      const ms = epochMsOf(date);
      const at = placeOf(dates, ms);
      // With it there would be `most + 1` dates from `first` on: the spans that hold it begin with one of these.
      for (let first = Math.max(0, at - most); first <= at; first++) {
        const beginsMs = first === at ? ms : dates[first]!;
        const last = first + most;
        const endsMs = last === at ? ms : dates[last - 1];
        if (endsMs !== undefined && endsMs - beginsMs < spanMs) return false;
      }
      return true;
    },
    add(date) {
      const ms = epochMsOf(date);
      dates.splice(placeOf(dates, ms), 0, ms);
    },
  };
}

/** Where a number goes among sorted ones: behind its equals. */
function placeOf(sorted: readonly number[], number: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
