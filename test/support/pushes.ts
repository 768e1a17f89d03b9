import {
  NOT_TRIED,
  type HubIntent,
  type HubSubscription,
  type UpstreamHub,
  type WebhookDelivery,
} from '../../src/model/push.ts';

const NOON = '2026-11-24T12:00:00Z';

const SUBSCRIBER = {
  mark: 'mark',
  topic: 'https://news.example.org/feeds/world.atom',
  path: 'feeds/world.atom',
  callback: 'https://reader.example/callback',
  host: 'reader.example',
  secret: null,
  dueAt: NOON,
  ...NOT_TRIED,
};

export function anIntent(given: Partial<HubIntent> = {}): HubIntent {
  return { ...SUBSCRIBER, mode: 'subscribe', leaseSeconds: 864_000, reason: null, ...given };
}

export function aSubscription(given: Partial<HubSubscription> = {}): HubSubscription {
  return { ...SUBSCRIBER, leaseEndsAt: '2026-12-04T12:00:00Z', delivered: 'digest', ...given };
}

export function anUpstreamHub(given: Partial<UpstreamHub> = {}): UpstreamHub {
  return {
    sourceId: 'harbour',
    hub: 'https://hub.example/',
    topic: 'https://harbour.example/feed.xml',
    token: 'token',
    secret: 'a secret',
    status: 'offered',
    leaseEndsAt: null,
    dueAt: NOON,
    pushes: 0,
    lastPushAt: null,
    forged: 0,
    ...NOT_TRIED,
    ...given,
  };
}

export function aWebhookDelivery(given: Partial<WebhookDelivery> = {}): Omit<WebhookDelivery, 'number'> {
  return {
    id: 'delivery',
    topicId: 'world',
    url: 'https://site.example/hook',
    host: 'site.example',
    body: '{}',
    createdAt: NOON,
    dueAt: NOON,
    ...NOT_TRIED,
    ...given,
  };
}
