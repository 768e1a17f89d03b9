import type { AlertState } from '../model/alert.ts';
import type { Store } from '../store/store.ts';
import { oneLine } from './terminal.ts';

/** What holds at present, and what was to be told of alerts and never was. */
export type AlertStatus = {
  readonly alerts: readonly AlertState[];
  readonly alertsNotDelivered: readonly { readonly channel: string; readonly reason: string }[];
};

export const NO_ALERTS: AlertStatus = { alerts: [], alertsNotDelivered: [] };

export async function gatherAlertStatus({ alerts }: Pick<Store, 'alerts'>): Promise<AlertStatus> {
  return {
    alerts: (await alerts.board()).states.filter(({ raisedAt }) => raisedAt !== null),
    alertsNotDelivered: (await alerts.dead()).map(({ channel, lastFailure }) => ({
      channel,
      reason: lastFailure ?? 'it failed',
    })),
  };
}

/** The same for people; no line where all is well. */
export function alertLines({ alerts, alertsNotDelivered }: AlertStatus): string[] {
  const last = alertsNotDelivered.at(-1);
  const lines = [
    ...alerts.map(({ says, seenFrom }) => `  ${oneLine(says, 300)} (since ${seenFrom})`),
    ...(last === undefined
      ? []
      : [
          `  ${alertsNotDelivered.length} messages were given up, the last by ${last.channel}: ${oneLine(last.reason, 200)}; tributary alerts test tries it`,
        ]),
  ];
  return lines.length === 0 ? [] : ['alerts:', ...lines, ''];
}
