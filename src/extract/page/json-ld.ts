// JSON-LD as pages write it: often not JSON. What can be read is read; nothing is thrown.

export type JsonObject = { readonly [key: string]: unknown };

const MOST_SCRIPTS = 30;
const LONGEST_SCRIPT = 500_000;
const MOST_NODES = 3000;

/** Every object with a type, at any depth of the scripts, in order. */
export function parseJsonLd(scripts: readonly string[]): JsonObject[] {
  const found: JsonObject[] = [];
  let seen = 0;
  for (const script of scripts.slice(0, MOST_SCRIPTS)) {
    if (script.length > LONGEST_SCRIPT) continue;
    const waiting: unknown[] = [tolerantJson(script)];
    while (waiting.length > 0 && seen < MOST_NODES) {
      const value = waiting.shift();
      if (Array.isArray(value)) waiting.push(...value.slice(0, 500));
      else if (isObject(value)) {
        seen++;
        if (value['@type'] !== undefined) found.push(value);
        for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) waiting.push(inner);
      }
    }
  }
  return found;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON, else JSON after the usual mends: comments, raw line breaks in strings, trailing commas. Null if neither. */
function tolerantJson(script: string): unknown {
  const plain = script
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\s*\]\]>|\]\]>)\s*;?\s*$/g, '')
    .trim()
    .replace(/;$/, '');
  return parsed(plain) ?? parsed(mended(plain));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** One walk through the text: escapes raw control characters within strings, drops commas before a closing bracket. */
function mended(text: string): string {
  const out: string[] = [];
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (inString) {
      if (character === '\\') {
        const next = text[index + 1] ?? '';
        out.push(/["\\/bfnrtu]/.test(next) ? character + next : `\\\\${next}`);
        index++;
      } else if (character === '"') {
        // A quotation mark in the middle of a string is followed by neither comma, colon nor bracket.
        const rest = /^\s*([,:}\]]|$)/.exec(text.slice(index + 1, index + 40));
        if (rest === null) out.push('\\"');
        else {
          inString = false;
          out.push(character);
        }
      } else if (character < ' ') out.push(character === '\n' ? '\\n' : ' ');
      else out.push(character);
    } else if (character === '"') {
      inString = true;
      out.push(character);
    } else if (character === ',' && /^\s*[}\]]/.test(text.slice(index + 1, index + 200))) {
      continue;
    } else out.push(character);
  }
  return out.join('');
}

const ARTICLE_TYPE =
  /(?:Article|BlogPosting|Blog ?Post|SocialMediaPosting|Report|Review|Recipe|HowTo|TechArticle|AnalysisNewsArticle|OpinionNewsArticle|LiveBlogPosting|CreativeWork|Newsletter|VideoObject|PodcastEpisode)$/;

function typesOf(node: JsonObject): string[] {
  const type = node['@type'];
  return (Array.isArray(type) ? type : [type])
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/^.*[/#:]/, ''));
}

/** The objects that are the article or something like it; the likest kinds first. */
export function articleNodes(nodes: readonly JsonObject[]): JsonObject[] {
  const rank = (node: JsonObject): number => {
    const types = typesOf(node);
    if (types.some((type) => /Article$|BlogPosting$|LiveBlogPosting$/.test(type))) return 3;
    if (types.some((type) => ARTICLE_TYPE.test(type) && !/Object$|CreativeWork$|Review$/.test(type))) return 2;
    return types.some((type) => ARTICLE_TYPE.test(type)) ? 1 : 0;
  };
  return nodes
    .map((node) => ({ node, rank: rank(node) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ node }) => node);
}

/** Objects of a type, whatever else they are. */
export function nodesOfType(nodes: readonly JsonObject[], type: RegExp): JsonObject[] {
  return nodes.filter((node) => typesOf(node).some((name) => type.test(name)));
}

/** The first string of a value: itself, an item of its list, its `@value`, `name` or `@id`. */
export function textOf(value: unknown): string | null {
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (typeof item === 'string' && item.trim() !== '') return item.trim();
    if (typeof item === 'number') return String(item);
    if (isObject(item)) {
      const inner = item['@value'] ?? item['name'] ?? item['headline'];
      if (typeof inner === 'string' && inner.trim() !== '') return inner.trim();
    }
  }
  return null;
}

/** Addresses with names: of strings that are addresses, of objects their url or @id. */
export function linked(value: unknown): { url: string; name: string | null }[] {
  const found: { url: string; name: string | null }[] = [];
  for (const item of Array.isArray(value) ? (value as unknown[]).slice(0, 50) : [value]) {
    if (typeof item === 'string' && /^https?:|^\//i.test(item.trim())) found.push({ url: item.trim(), name: null });
    else if (isObject(item)) {
      const url = item['url'] ?? item['@id'] ?? item['contentUrl'];
      if (typeof url === 'string') found.push({ url, name: typeof item['name'] === 'string' ? item['name'] : null });
    }
  }
  return found;
}
