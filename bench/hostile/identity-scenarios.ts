import { openNewsroom, type Newsroom } from './newsroom.ts';
import { entriesOf } from './published-entry.ts';
import { SCENARIO_EXPECTATIONS, type Step } from './scenario-expectations.ts';
import { casesIn, notBuiltYet, verdictOf, type Verdict } from './verdict.ts';

type Repeat = { readonly prefix: string; readonly unit: string; readonly count: number; readonly suffix: string };
type ScenarioStep = {
  readonly source: string;
  readonly body?: string;
  readonly generator?: Repeat;
  readonly articles?: Readonly<Record<string, string>>;
};
type Scenario = { readonly id: string; readonly title: string; readonly steps: readonly ScenarioStep[] };

/** Each scenario's answers polled in order, sorted and published; its expectation is held against what stands then. */
export async function* identityScenarios(): AsyncIterable<Verdict> {
  for (const scenario of casesIn<Scenario>('identity-scenarios.jsonl')) {
    const expectation = SCENARIO_EXPECTATIONS[scenario.title];
    if (expectation === undefined) {
      yield notBuiltYet(scenario.id, `no expectation is coded for "${scenario.title}"`);
      continue;
    }
    await using newsroom = await openNewsroom({ sourceIds: [...new Set(scenario.steps.map(({ source }) => source))] });
    const steps: Step[] = [];
    const faults: (string | null)[] = [];
    for (const step of scenario.steps) {
      const { step: seen, refused } = await played(newsroom, step);
      steps.push(seen);
      faults.push(refused);
    }
    const found = expectation({ steps, last: steps.at(-1)!, logged: newsroom.logged.join('\n') });
    yield verdictOf(
      scenario.id,
      [...faults, found].map((fault) => (fault === null ? null : `${scenario.title}: ${fault}`)),
    );
  }
}

async function played(
  newsroom: Newsroom,
  { source, body, generator, articles = {} }: ScenarioStep,
): Promise<{ readonly step: Step; readonly refused: string | null }> {
  const { refresh, published } = await newsroom.poll({
    sourceId: source,
    body: new TextEncoder().encode(body ?? repeated(generator!)),
    contentType: null,
    pages: articles,
  });
  const counts = await newsroom.store.entryCounts();
  const step = {
    entries: entriesOf(newsroom.files.get('feeds/news.json')),
    report: refresh,
    state: await newsroom.stateOf(source),
    stored: counts.reduce((sum, { count }) => sum + count, 0),
  };
  return { step, refused: published.refused[0]?.reason ?? null };
}

function repeated({ prefix, unit, count, suffix }: Repeat): string {
  return prefix + Array.from({ length: count }, (_, at) => unit.replaceAll('{i}', String(at))).join('') + suffix;
}
