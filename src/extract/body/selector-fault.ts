import { load } from 'cheerio';

/**
 * Null, or what is wrong with an operator's CSS selector, as a sentence's end: where, and what belongs there. What matches
 * takes almost anything for a name (`div..x` for a class called ".x"), so names are looked at here before it is asked.
 */
export function selectorFault(selector: string): string | null {
  const why = openReading(selector).fault() ?? refusal(selector);
  return why === null ? null : `is no CSS selector: ${why}`;
}

/** Selectors of another kind than CSS has, and what else only the one who matches knows. */
function refusal(selector: string): string | null {
  try {
    load('<p></p>').root().find(selector);
    return null;
  } catch (error) {
    const says = String(Error.isError(error) ? error.message : error);
    return says.split('\n')[0]!.slice(0, 120);
  }
}

/** These take selectors; of all others what stands in parentheses is theirs. */
const OF_SELECTORS = /^(?:is|not|has|where|matches)$/i;
/** Whether what they take may begin with `>`: it is said of the element that has it. */
const RELATIVE = /^has$/i;

const BLANK = /(?:[\t\n\f\r ]|\/\*[^]*?\*\/)*/y;
/** Digits may begin a name here, which CSS forbids: pages have ids such as `1204`, and it is clear what is meant. */
const NAME = /(?:[-\w\u00a0-\u{10ffff}]|\\[^\n])+/uy;
const TAG = new RegExp(`\\*|${NAME.source}`, NAME.flags);
const ATTRIBUTE = /\[(?:[^\]"'\\]|\\[^\n]|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*')*\]/y;
const QUOTED = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y;

const NO_SIGN = 'it has no meaning here';

/** A selector is at most a thousand characters long, and pages nest no deeper. */
const DEEPEST = 50;

type Reading = { fault(): string | null };

function openReading(text: string): Reading {
  let at = 0;
  const takes = (what: RegExp): string | null => {
    what.lastIndex = at;
    const found = what.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };
  const is = (what: string): boolean => text.startsWith(what, at);

  /** Everything up to the end, or to the parenthesis that closes. */
  function list(within: { readonly isRelative: boolean; readonly depth: number }): string | null {
    if (within.depth > DEEPEST) return `it has parentheses within parentheses more than ${DEEPEST} times`;
    for (;;) {
      const why = oneOfList(within);
      if (why !== null) return why;
      if (!is(',')) return null;
      at++;
    }
  }

  function oneOfList({ isRelative, depth }: { readonly isRelative: boolean; readonly depth: number }): string | null {
    takes(BLANK);
    let combinator: string | null = isRelative ? takes(/[>+~]/y) : null;
    for (let isFirst = true; ; isFirst = false) {
      takes(BLANK);
      const begun = at;
      const why = compound(depth);
      if (why !== null) return why;
      if (at === begun)
        return wrongHere(
          combinator !== null
            ? `"${combinator}" leads to nothing`
            : isFirst
              ? 'an element belongs here, as in "article .text"'
              : NO_SIGN,
        );
      takes(BLANK);
      const isOver = at === text.length || is(',') || (depth > 0 && is(')'));
      if (isOver) return null;
      combinator = takes(/[>+~]/y);
    }
  }

  /** `p.lead[lang]:not(…)`: what is said of one element. */
  function compound(depth: number): string | null {
    takes(TAG);
    for (;;) {
      const sign = text.charAt(at);
      if (sign === '.' || sign === '#') {
        at++;
        if (takes(NAME) === null) return wrongHere(`a name belongs behind "${sign}", as in "${sign}text"`);
      } else if (sign === '[') {
        if (takes(ATTRIBUTE) === null) return wrongHere('this "[" is never closed by "]"');
      } else if (sign === ':') {
        const why = pseudo(depth);
        if (why !== null) return why;
      } else return null;
    }
  }

  function pseudo(depth: number): string | null {
    at += is('::') ? 2 : 1;
    const name = takes(NAME);
    if (name === null) return wrongHere('a name belongs behind ":", as in ":not(.text)"');
    if (!is('(')) return null;
    const opened = at;
    at++;
    const why = OF_SELECTORS.test(name)
      ? list({ isRelative: RELATIVE.test(name), depth: depth + 1 })
      : skipToParenthesis();
    if (why !== null) return why;
    if (is(')')) {
      at++;
      return null;
    }
    at = opened;
    return wrongHere('this "(" is never closed by ")"');
  }

  function skipToParenthesis(): null {
    for (let open = 0; at < text.length && (open > 0 || !is(')'));) {
      if (takes(QUOTED) !== null) continue;
      if (is('\\')) at++;
      else if (is('(')) open++;
      else if (is(')')) open--;
      at++;
    }
    return null;
  }

  function wrongHere(belongs: string): string {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const here = at >= text.length ? 'its end' : `character ${at + 1}, "${sign}"`;
    const before = text.slice(0, at);
    const behind = before.trim() === '' ? '' : `, behind "${before.length <= 30 ? before : `…${before.slice(-29)}`}"`;
    return `at ${here}${behind}: ${belongs}`;
  }

  return {
    fault() {
      const why = list({ isRelative: false, depth: 0 });
      return why ?? (at < text.length ? wrongHere(NO_SIGN) : null);
    },
  };
}
