import { openAddressGuard } from '../../src/fetch/address-guard.ts';
import { judge } from '../adapters/addresses.ts';
import { casesIn, verdictOf, type Verdict } from './verdict.ts';

type Case = {
  readonly id: string;
  readonly url: string;
  /** Null: a matter of policy. */
  readonly allowed: boolean | null;
  readonly why: string;
  readonly whatwgHost: string | null;
  readonly dns?: readonly string[];
  readonly redirectsTo?: string;
  readonly status?: number;
  readonly via?: string;
  readonly allowedWithOverride?: boolean;
};

/** What every name resolves to of which the case says nothing: so a private name must be refused as a name. */
const PUBLIC = ['93.184.216.34'];
const START = 'https://ok.example/start';

/** Whether each address may be asked for, as the corpus says; no request is made. */
export async function* ssrfUrls(): AsyncIterable<Verdict> {
  for (const one of casesIn<Case>('ssrf-urls.jsonl')) {
    const faults = [await verdictFault(one)];
    if (one.via !== undefined && one.whatwgHost !== null) faults.push(await redirectFault(one));
    if (one.allowedWithOverride === true) faults.push(overrideFault(one));
    yield verdictOf(one.id, faults);
  }
}

async function verdictFault(one: Case): Promise<string | null> {
  if (one.allowed === null || one.via?.startsWith('Location') === true) return null;
  const { allowed, reason } = await judge(one.url, {
    resolve: () => one.dns ?? PUBLIC,
    answerOf: (url) => answerOf(one, url),
  });
  if (allowed === one.allowed) return null;
  return `${one.url} (${one.why}) is ${allowed ? 'allowed' : 'refused'}: ${reason}`;
}

function answerOf(
  { url, redirectsTo, status = 302, why }: Case,
  asked: string,
): { status: number; location: string } | null {
  if (redirectsTo === undefined) return null;
  const again = why.includes('loop to itself') && asked === redirectsTo;
  return again || asked === new URL(url).href ? { status, location: redirectsTo } : null;
}

/** An address that came with upstream data may lead there by a redirect as well. */
async function redirectFault({ url, via }: Case): Promise<string | null> {
  const { allowed, reason } = await judge(START, {
    resolve: () => PUBLIC,
    answerOf: (asked) => (asked === START ? { status: 302, location: url } : null),
  });
  return allowed ? `${via}: a redirect to ${url} is followed: ${reason}` : null;
}

/** An operator who allows the network reaches it, by address and by name. */
function overrideFault({ url }: Case): string | null {
  const guard = openAddressGuard(['192.168.1.20/32']);
  const host = new URL(url).hostname;
  const refusal = guard.refusalOfHost(host) ?? guard.refusalOfAnswer(host, ['192.168.1.20']);
  return refusal === null ? null : `with --allow-network 192.168.1.20/32 still refused: ${refusal}`;
}
