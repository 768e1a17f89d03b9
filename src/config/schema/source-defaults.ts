/** What a source is where neither it nor `defaults` says otherwise, in the words of sources.json. */
export const SOURCE_DEFAULTS = {
  schedule: '*/15 * * * *',
  content: 'auto',
  remove: [],
  follow: false,
  identity: 'guid',
  filters: [],
  probation: 0,
  weight: 1,
  republish: 'full',
  excerptWords: 60,
  headers: {},
  enabled: true,
  topics: [],
} as const;
