import type { Fault } from '../../src/config/faults.ts';

/** The corpus's classes of outcome that a fault of sources.json belongs to; what has the wrong shape is also `schema`. */
export function kindsOf({ path, place, message }: Fault): readonly string[] {
  if (path === '') return [place === null ? kindOfWhole(message) : 'syntax'];
  // No setting of ours is a pattern, or a path of a file: one that is given is refused by its name, wherever it leads.
  if (message.startsWith('is not a known setting')) return ['schema', 'pattern', 'path'];
  if (message.includes('is already; each must be different'))
    return /^sources\[\d+\]\.topics/.test(path) ? ['duplicate', 'topic'] : ['duplicate'];
  if (/^sources\[\d+\]\.url$/.test(path)) return ['url', 'schema'];
  // An id that is refused is no second one of its name.
  if (/^sources\[\d+\]\.id$/.test(path)) return ['id', 'schema', 'duplicate'];
  if (/^(?:topics\[\d+\]|sources\[\d+\]\.topics)/.test(path) || path === 'topics') return ['topic'];
  if (/^sources\[\d+\]\.headers/.test(path)) return ['header'];
  if (/^sources\[\d+\]\.(?:select|remove)/.test(path)) return ['selector'];
  if (/^sources\[\d+\]\.(?:schedule|weight|excerptWords)/.test(path)) return ['range', 'schema'];
  return [path === 'sources' && message.includes('at most') ? 'limit' : 'schema'];
}

function kindOfWhole(message: string): string {
  if (/does not exist|is a folder|may not be read|cannot be read/.test(message)) return 'io';
  if (message.includes('larger than')) return 'limit';
  return message.includes('but must be') ? 'schema' : 'syntax';
}
