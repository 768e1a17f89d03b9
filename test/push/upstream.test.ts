import { describe, expect, test } from '@jest/globals';
import { hubSignature } from '../../src/push/signatures.ts';
import {
  afterAsked,
  afterHubFailure,
  afterOffer,
  judgeVerification,
  openPushCheck,
  subscribeForm,
} from '../../src/push/upstream.ts';
import { anUpstreamHub } from '../support/pushes.ts';

const NOON = '2026-11-24T12:00:00Z';
const known = anUpstreamHub();
const asked = anUpstreamHub({ status: 'asked' });
const query = (given: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': asked.topic,
    'hub.challenge': 'xyz',
    'hub.lease_seconds': '1000',
    ...given,
  });

test('the same offer changes nothing; another hub or topic is a new subscription under a new token', () => {
  const given = {
    sourceId: 'harbour',
    now: NOON,
    token: 'new token',
    secret: 'new secret',
    status: 'offered',
  } as const;
  const { hub, topic } = known;
  expect(afterOffer(known, { hub, topic }, given)).toBeNull();
  const moved = afterOffer(known, { hub: 'https://other.example/', topic }, given);
  expect(moved).toMatchObject({ hub: 'https://other.example/', status: 'offered', token: 'new token', dueAt: NOON });
});

test('a hub is asked with callback, topic, secret and lease', () => {
  expect(
    Object.fromEntries(new URLSearchParams(subscribeForm(known, 'https://news.example.org/websub/token'))),
  ).toEqual({
    'hub.mode': 'subscribe',
    'hub.topic': known.topic,
    'hub.callback': 'https://news.example.org/websub/token',
    'hub.secret': 'a secret',
    'hub.lease_seconds': '864000',
  });
});

test('a subscription that runs goes on while it is renewed', () => {
  const running = anUpstreamHub({ status: 'active', leaseEndsAt: '2026-11-25T00:00:00Z' });
  expect(afterAsked(known, NOON)).toMatchObject({ status: 'asked', dueAt: '2026-11-24T18:00:00Z' });
  expect(afterAsked(running, NOON).status).toBe('active');
  const failure = { reason: 'status 500', now: NOON, retryAfterSeconds: null };
  expect(afterHubFailure(running, failure)).toMatchObject({ status: 'active', lastFailure: 'status 500' });
  expect(afterHubFailure(running, { ...failure, now: '2026-11-26T00:00:00Z' }).status).toBe('failing');
});

describe('a hub that asks whether we meant it', () => {
  test('gets its challenge back for what we asked, and is asked again before its lease ends', () => {
    expect(judgeVerification(asked, query(), NOON)).toEqual({
      echo: 'xyz',
      hub: {
        ...asked,
        status: 'active',
        leaseEndsAt: '2026-11-24T12:16:40Z',
        dueAt: '2026-11-24T12:13:20Z',
      },
    });
  });

  test.each([
    ['0', '2026-11-24T12:05:00Z'],
    ['-5', '2026-11-24T12:05:00Z'],
    ['99999999999', '2026-12-24T12:00:00Z'],
    ['forever', '2026-12-04T12:00:00Z'],
  ])('and says a lease of "%s" seconds, is believed within bounds', (lease, leaseEndsAt) => {
    expect(judgeVerification(asked, query({ 'hub.lease_seconds': lease }), NOON)).toMatchObject({
      hub: { leaseEndsAt },
    });
  });

  test.each([
    ['for another topic', query({ 'hub.topic': 'https://evil.example/' }), asked],
    ['for an end that nobody asked for', query({ 'hub.mode': 'unsubscribe' }), asked],
    ['without a challenge', query({ 'hub.challenge': '' }), asked],
    ['with a challenge beyond all measure', query({ 'hub.challenge': 'x'.repeat(1001) }), asked],
    ['before it was asked', query(), known],
    ['after it has refused', query(), anUpstreamHub({ status: 'refused' })],
  ])('%s is told that it was not asked for', (_, given, hub) => {
    expect(judgeVerification(hub, given, NOON)).toEqual({ refused: 'not-ours' });
  });

  test('and denies it, is left alone for a week', () => {
    const denied = judgeVerification(asked, query({ 'hub.mode': 'denied', 'hub.reason': 'closed' }), NOON);
    expect(denied).toMatchObject({
      hub: { status: 'refused', lastFailure: 'refused: closed', dueAt: '2026-12-01T12:00:00Z' },
    });
  });
});

describe('a push', () => {
  const body = Buffer.from('<feed/>');
  const signature = hubSignature(known.secret, body);
  const isGenuinePush = (
    hub: typeof known,
    push: { readonly body: Uint8Array; readonly signature: string | null; readonly links: string | null },
  ): boolean => {
    const check = openPushCheck(hub, push);
    check?.take(push.body);
    return check?.isRight() ?? false;
  };

  test('that is signed with our secret is genuine, whether or not it names its topic', () => {
    expect(isGenuinePush(known, { body, signature, links: null })).toBe(true);
    expect(isGenuinePush(known, { body, signature, links: `<${known.topic}>; rel="self"` })).toBe(true);
  });

  test('without a signature, with a wrong one, or of another topic is not', () => {
    expect(isGenuinePush(known, { body, signature: null, links: null })).toBe(false);
    expect(isGenuinePush(known, { body, signature: hubSignature('guess', body), links: null })).toBe(false);
    expect(isGenuinePush(known, { body, signature, links: '<https://evil.example/>; rel="self"' })).toBe(false);
  });
});
