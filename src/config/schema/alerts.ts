import { z } from 'zod';
import { DEFAULT_ALERTS } from '../../model/alert.ts';
import { mailAddress } from '../../support/mail-address.ts';
import { note } from './values.ts';
import { webAddress } from './web-addresses.ts';

const mail = (what: string) =>
  z
    .string()
    .refine((value) => mailAddress(value) !== null, { error: 'must be an e-mail address, as "desk@example.org"' })
    .describe(what);

const variable = (what: string) =>
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'must be the name of an environment variable, as "ALERTS_SECRET"' })
    .describe(what);

/** Whom the service tells of what is not as it should be, and from when on. */
export const alerts = z
  .strictObject({
    webhook: z
      .strictObject({
        url: webAddress('Where alerts are posted, as JSON.').meta({ examples: ['https://desk.example.org/alerts'] }),
        secretEnv: variable('The environment variable with the secret that signs them.').meta({
          examples: ['ALERTS_SECRET'],
        }),
        note,
      })
      .optional()
      .describe('A webhook that is told of alerts and of their ends.')
      .meta({ examples: [{ url: 'https://desk.example.org/alerts', secretEnv: 'ALERTS_SECRET' }] }),
    mail: z
      .strictObject({
        from: mail('The sender.').meta({ examples: ['tributary@example.org'] }),
        to: z
          .array(mail('One who is told.'))
          .min(1)
          .max(20)
          .describe('Who is told.')
          .meta({ examples: [['desk@example.org']] }),
        serverEnv: variable(
          'The environment variable with the address of the mail server, as smtps://user:password@mail.example.org.',
        ).default('TRIBUTARY_SMTP_URL'),
        note,
      })
      .optional()
      .describe('Who is told of alerts and of their ends by e-mail.')
      .meta({ examples: [{ from: 'tributary@example.org', to: ['desk@example.org'] }] }),
    silentFactor: z
      .number()
      .min(1)
      .max(100)
      .default(DEFAULT_ALERTS.silentFactor)
      .describe('A source is silent after so many times its longest usual pause.'),
    failingHours: z
      .number()
      .min(0.1)
      .max(8784)
      .default(DEFAULT_ALERTS.failingHours)
      .describe('A source is told of after it has failed for so many hours.'),
    diskPercent: z
      .number()
      .min(1)
      .max(100)
      .default(DEFAULT_ALERTS.diskPercent)
      .describe('A disk is told of when so much of it is used.'),
    mute: z
      .array(z.string().describe('The id of a source.'))
      .max(10_000)
      .default([])
      .describe('Ids of sources of which nothing is told.'),
    note,
  })
  .optional()
  .describe('Alerts: tributary status and the operator’s port always show them; here is who is told besides.')
  .meta({
    examples: [{ mail: { from: 'tributary@example.org', to: ['desk@example.org'] }, failingHours: 12 }],
  });
