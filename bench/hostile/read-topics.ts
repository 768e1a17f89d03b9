import { readSourcesFile } from '../../src/config/sources-file.ts';
import { selectorFault } from '../../src/extract/body/selector-fault.ts';
import { scheduleFault } from '../../src/pipeline/schedule.ts';

export type Reading = ReturnType<typeof readSourcesFile>;
export const SITE = { title: 'Hostile', url: 'https://news.example.org/' };

/** The bytes of a sources.json as the product reads them. */
export function readBytes(bytes: Uint8Array): Reading {
  return readSourcesFile(bytes, { scheduleFault, selectorFault });
}

/** A sources.json that has these topics and no source. */
export function readTopics(topics: readonly { readonly id: string; readonly title: string }[]): Reading {
  return readBytes(new TextEncoder().encode(JSON.stringify({ site: SITE, topics, sources: [] })));
}
