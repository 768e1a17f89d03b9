import { openAsking } from '../app/open-asking.ts';
import { DEFAULT_ALERTS, type AlertDelivery, type AlertEvent } from '../model/alert.ts';
import { StageError } from '../model/errors.ts';
import { alertMail, alertPayload } from '../pipeline/alerts/alert-texts.ts';
import { systemClock } from '../support/clock.ts';
import type { Command } from './command.ts';
import { errorLine } from './error-line.ts';
import { orderOrTell } from './read-order.ts';

export const testAlerts: Command = {
  name: 'alerts test',
  says: 'send a test alert to all who are told of alerts, and say how that went',
  group: 'look',
  options: [],
  positionals: 0,
  about: ['Nothing is raised by it: the operator’s port, `status` and the feed of operations do not show it.'],
  examples: [{ line: 'tributary alerts test', says: 'After the alerts of sources.json were changed.' }],
  exits: { 1: 'failed, or nobody is told of alerts' },
  async run(context) {
    const { config, terminal, json, secretOf, signal } = context;
    const order = await orderOrTell(context);
    if (order === null) return 1;
    const { alerts = DEFAULT_ALERTS, site } = order;
    const now = systemClock().now();
    const event: AlertEvent = {
      key: 'test',
      kind: 'test',
      subject: null,
      says: 'This is a test: nothing is wrong.',
      happened: 'raised',
      at: now,
      since: now,
    };
    const mail = alertMail(site, [event]);
    const deliveries: Pick<AlertDelivery, 'channel' | 'body'>[] = [
      ...(alerts.webhook === null ? [] : [{ channel: 'webhook' as const, body: alertPayload(site, [event]) }]),
      ...(alerts.mail === null ? [] : [{ channel: 'mail' as const, body: JSON.stringify(mail) }]),
    ];
    if (deliveries.length === 0) {
      terminal.tell('Nobody is told of alerts: give sources.json "alerts" with a "webhook" or a "mail"');
      return 1;
    }
    await using asking = openAsking(config, site, secretOf);
    const outcomes: { readonly channel: string; readonly failure: string | null }[] = [];
    for (const delivery of deliveries) {
      try {
        outcomes.push({ channel: delivery.channel, failure: await asking.tell(delivery, order, signal) });
      } catch (error) {
        if (!(error instanceof StageError)) throw error;
        outcomes.push({ channel: delivery.channel, failure: errorLine(error) });
      }
    }
    if (json) terminal.print(JSON.stringify(outcomes, null, 2));
    else
      for (const { channel, failure } of outcomes)
        terminal.print(failure === null ? `${channel}: it was taken` : `${channel}: ${failure}`);
    return outcomes.every(({ failure }) => failure === null) ? 0 : 1;
  },
};
