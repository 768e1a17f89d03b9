import { StageError } from '../model/errors.ts';
import {
  archiveChains,
  closePage,
  fateOf,
  leaveOut,
  renameTopic,
  reopenChain,
  startChain,
  tombstones,
} from './archive-chains.ts';
import { changeMark } from './change-mark.ts';
import {
  allStories,
  newestChange,
  newestStories,
  outputs,
  publishedPaths,
  publishedStories,
  saveOutputs,
} from './compose.ts';
import {
  awaitingArticles,
  awaitingSteps,
  saveCuration,
  storiesOfArticles,
  storiesSince,
  reportsWithKeys,
} from './curate.ts';
import { comparedTexts, moveStories } from './compared-texts.ts';
import { entryCounts, fact, missedPageCounts, saveFact, standings, trailOf } from './explain.ts';
import {
  apartArticles,
  entryPasts,
  heldEntries,
  letThroughCount,
  letThroughEntries,
  publishedInTopic,
  publishedOfSources,
} from './judge.ts';
import { eventEntries } from './event-entries.ts';
import { entriesAbout, missedPages, storiesOfEvent, storiesOfEvents } from './find-entries.ts';
import { entriesSince, lastTurn, lastTurnOf } from './entry-turns.ts';
import { alertStore } from './alerts.ts';
import { historyStore } from './history.ts';
import { imageStore } from './images.ts';
import { migrationsOf } from './migrate.ts';
import { privateTokens, savePrivateToken, settlePrivateTopics, wronglyMarked } from './private-topics.ts';
import { pushStore } from './pushes.ts';
import { articles, knownEntries, pagesToAskAgain, saveRefresh, saveSourceState, sourceStates } from './refresh.ts';
import {
  archivedEntries,
  archivedIn,
  noteStoryChanges,
  openEntries,
  publishedAs,
  publishedOf,
  savePlaced,
  storyChanges,
} from './published-entries.ts';
import { redirectTarget, saveRedirectTarget } from './redirects.ts';
import type { Database, Session } from './session.ts';
import type { Store } from './store.ts';
import { storiesById } from './told-stories.ts';
import { upkeepStore } from './upkeep.ts';
import { saveSteps, saveVerdicts, verdicts } from './verdicts.ts';
import { drifts, sourceWatch } from './watches.ts';
import { emptyLog } from './wipe-retracted.ts';

type Work<Result> = (session: Session) => Promise<Result>;

/** So often a transaction that stood in another's way is tried again. */
const MOST_TRIES = 5;

/** The one Store: the same queries for every database. Its schema must be up to date. */
export function kyselyStore(database: Database): Store {
  const { db, flavour } = database;
  /** A question of one statement. */
  const ask = <Result>(work: Work<Result>): Promise<Result> => telling(database, () => work(database));
  /** A question of several statements, which all see the same state. */
  const askAtOnce = <Result>(work: Work<Result>): Promise<Result> => telling(database, () => atOnce(database, work));
  const change = (work: Work<void>): Promise<void> =>
    telling(database, () =>
      again(database, () => db.transaction().execute((transaction) => work({ db: transaction, flavour }))),
    );

  return {
    sourceStates: () => ask(sourceStates),

    knownEntries: (sourceId, aliases) => ask((session) => knownEntries(session, sourceId, aliases)),
    articles: (ids) => ask((session) => articles(session, ids)),
    pagesToAskAgain: (sourceId, now, limit) => ask((session) => pagesToAskAgain(session, { sourceId, now, limit })),
    sourceWatch: (sourceId) => ask((session) => sourceWatch(session, sourceId)),
    saveRefresh: (refresh) => change((session) => saveRefresh(session, refresh)),
    saveSourceState: (state) => change((session) => saveSourceState(session, state)),

    redirectTarget: (url) => ask((session) => redirectTarget(session, url)),
    saveRedirectTarget: (redirect) => change((session) => saveRedirectTarget(session, redirect)),

    awaitingArticles: () => ask(awaitingArticles),
    awaitingSteps: () => ask(awaitingSteps),
    reportsWithKeys: (keys) => ask((session) => reportsWithKeys(session, keys)),
    storiesOfArticles: (articleIds) => ask((session) => storiesOfArticles(session, articleIds)),
    stories: (ids) => askAtOnce((session) => storiesById(session, ids)),
    storiesSince: (instant) => askAtOnce((session) => storiesSince(session, instant)),
    async saveCuration(curation) {
      await change((session) => saveCuration(session, curation));
      if (curation.trail.some(({ state }) => state === 'retracted')) await ask(emptyLog);
    },
    comparedTexts: (asked) => ask((session) => comparedTexts(session, asked)),
    moveStories: (moved, facts) => change((session) => moveStories(session, moved, facts)),

    verdicts: (articleIds) => ask((session) => verdicts(session, articleIds)),
    saveVerdicts: (given) => change((session) => saveVerdicts(session, given)),
    letThroughEntries: (sourceId) => ask((session) => letThroughEntries(session, sourceId)),
    heldEntries: (sourceId) => ask((session) => heldEntries(session, sourceId)),
    entryPasts: (articleIds) => ask((session) => entryPasts(session, articleIds)),
    letThroughCount: (sourceId, most) => ask((session) => letThroughCount(session, sourceId, most)),
    publishedInTopic: (topicId, since) => ask((session) => publishedInTopic(session, topicId, since)),
    publishedOfSources: (asked) => askAtOnce((session) => publishedOfSources(session, asked)),
    apartArticles: (after, entries) => askAtOnce((session) => apartArticles(session, after, entries)),
    saveSteps: (steps) => change((session) => saveSteps(session, steps)),

    newestStories: (topicId, limit) => askAtOnce((session) => newestStories(session, topicId, limit)),
    publishedStories: (topicId, afterId, limit) =>
      askAtOnce((session) => publishedStories(session, topicId, { afterId, limit })),
    publishedPaths: (topicId) => ask((session) => publishedPaths(session, topicId)),
    allStories: (afterId, limit) => askAtOnce((session) => allStories(session, afterId, limit)),
    changeMark: () => ask(changeMark),
    newestChange: (topicId) => ask((session) => newestChange(session, topicId)),
    outputs: () => ask(outputs),
    saveOutputs: (changed) => change((session) => saveOutputs(session, changed)),

    storyChanges: (limit) => ask((session) => storyChanges(session, limit)),
    publishedOf: (storyIds) => ask((session) => publishedOf(session, storyIds)),
    publishedAs: (topicId, subjectIds) => ask((session) => publishedAs(session, topicId, subjectIds)),
    savePlaced: (placed) => change((session) => savePlaced(session, placed)),
    openEntries: (topicId, limit) => ask((session) => openEntries(session, topicId, limit)),
    archivedIn: (topicId, page) => ask((session) => archivedIn(session, topicId, page)),
    archivedEntries: (after, limit) => ask((session) => archivedEntries(session, after, limit)),
    archiveChains: () => ask(archiveChains),
    startChain: (chain) => change((session) => startChain(session, chain)),
    closePage: (closed) => change((session) => closePage(session, closed)),
    leaveOut: (places) => change((session) => leaveOut(session, places)),
    renameTopic: (from, to) => change((session) => renameTopic(session, from, to)),
    reopenChain: (topicId) => change((session) => reopenChain(session, topicId)),
    tombstones: (topicId, limit) => ask((session) => tombstones(session, topicId, limit)),
    entriesSince: (topicId, turns, limit) => ask((session) => entriesSince(session, { topicId, ...turns }, limit)),
    lastTurnOf: (topicId, upTo) => ask((session) => lastTurnOf(session, topicId, upTo)),
    lastTurn: () => ask(lastTurn),
    lookAgain: (storyIds) => change((session) => noteStoryChanges(session, storyIds)),
    fateOf: (path) => ask((session) => fateOf(session, path)),

    entryCounts: () => ask(entryCounts),
    missedPageCounts: () => ask(missedPageCounts),
    drifts: () => ask(drifts),
    standings: (since) => ask((session) => standings(session, since)),
    trailOf: (articleId) => ask((session) => trailOf(session, articleId)),
    entriesAbout: (signs, limit) => askAtOnce((session) => entriesAbout(session, signs, limit)),
    storiesOfEvent: (eventId, limit) => askAtOnce((session) => storiesOfEvent(session, eventId, limit)),
    storiesOfEvents: (topicId, eventIds, limit) =>
      askAtOnce((session) => storiesOfEvents(session, { topicId, eventIds, limit })),
    eventEntries: (by) => askAtOnce((session) => eventEntries(session, by)),
    missedPages: (articleIds) => ask((session) => missedPages(session, articleIds)),

    push: pushStore({ ask, askAtOnce, change }),
    history: historyStore({ ask, askAtOnce, change }),
    alerts: alertStore({ ask, askAtOnce, change }),
    images: imageStore({ ask, askAtOnce, change }),
    upkeep: upkeepStore({ ask, askAtOnce, change }),

    privateTokens: () => ask(privateTokens),
    savePrivateToken: (token, { inPlaceOfOlder }) =>
      change((session) => savePrivateToken(session, token, inPlaceOfOlder)),
    async settlePrivateTopics(topicIds) {
      const wrong = await ask((session) => wronglyMarked(session, topicIds));
      if (wrong.length > 0) await change((session) => settlePrivateTopics(session, topicIds));
    },

    fact: (name) => ask((session) => fact(session, name)),
    saveFact: (name, value) => change((session) => saveFact(session, name, value)),
    schemaVersion: () => ask(async (session) => (await migrationsOf(session)).at(-1)!),

    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

/** Troubles of the database become StageErrors; a fault of ours stays what it is. */
async function telling<Result>({ where, troubleOf }: Database, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    throw new StageError('store-unusable', { url: where, detail: `${where}: ${trouble}`, cause: error });
  }
}

function atOnce<Result>({ db, flavour }: Database, work: Work<Result>): Promise<Result> {
  const reading = db.transaction().setAccessMode('read only');
  const frozen = flavour.name === 'postgres' ? reading.setIsolationLevel('repeatable read') : reading;
  return frozen.execute((transaction) => work({ db: transaction, flavour }));
}

async function again(database: Database, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!database.isPassing(error) || tries === MOST_TRIES) throw error;
    }
  }
}
