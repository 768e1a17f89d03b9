import { escapeXml } from './xml.ts';

/** A source as it is exported: `topics` are ids, `settings` what sources.json says of it besides. */
export type ExportedSource = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly topics: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
};

export type ExportedList = {
  readonly title: string;
  readonly topics: readonly { readonly id: string; readonly title: string }[];
  readonly sources: readonly ExportedSource[];
};

/** The namespace of what only we read (OPML 2.0, "Extending OPML"). */
const NAMESPACE = 'urn:tributary:sources';

/**
 * The list of sources as OPML 2.0 for other readers and for our own import: topics are folders, and a source of several
 * topics stands in each. Ids and settings are in a namespace of ours. Without dates: the same list gives the same text.
 */
export function renderExport({ title, topics, sources }: ExportedList): string {
  const known = new Set(topics.map(({ id }) => id));
  const byTopic = new Map<string, string[]>();
  const loose: string[] = [];
  for (const source of sources) {
    const folders = [...new Set(source.topics)].filter((id) => known.has(id));
    if (folders.length === 0) loose.push(outline(source, '    '));
    for (const id of folders) {
      const lines = byTopic.get(id) ?? [];
      lines.push(outline(source, '      '));
      byTopic.set(id, lines);
    }
  }
  const folders = topics.flatMap(({ id, title: name }) => {
    const lines = byTopic.get(id);
    if (lines === undefined) return [];
    return [`    <outline${attributes({ text: name, title: name, 'tributary:id': id })}>`, ...lines, '    </outline>'];
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<opml version="2.0" xmlns:tributary="${NAMESPACE}">`,
    '  <head>',
    `    <title>${escapeXml(title, 'plain')}</title>`,
    '  </head>',
    '  <body>',
    ...folders,
    ...loose,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function outline({ id, title, url, topics, settings }: ExportedSource, indent: string): string {
  const others = Object.keys(settings).length === 0 ? null : JSON.stringify(settings);
  return `${indent}<outline${attributes({
    type: 'rss',
    text: title,
    title,
    xmlUrl: url,
    category: topics.length === 0 ? null : topics.join(','),
    'tributary:id': id,
    'tributary:settings': others,
  })}/>`;
}

function attributes(values: Readonly<Record<string, string | null>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${escapeXml(value, 'plain')}"`))
    .join('');
}
