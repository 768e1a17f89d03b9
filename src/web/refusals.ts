import type { Context } from 'hono';
import { cacheControlFor, headFor, type Audience } from './answer-head.ts';

// Answers that are no document: in plain words, and as a page for browsers. Nothing of the request is ever repeated.

type Refusal = {
  readonly says: string;
  readonly advice: string;
  readonly kept: Parameters<typeof cacheControlFor>[1];
  /** When it is worth asking again. */
  readonly retryAfterSeconds?: number;
};

const REFUSALS = {
  404: {
    says: 'Not found',
    advice: 'There is nothing at this address. It may have been mistyped.',
    kept: 'no-cache',
  },
  406: {
    says: 'Not acceptable',
    advice: 'This document exists, but in none of the encodings that were asked for.',
    kept: 'no-cache',
  },
  410: {
    says: 'Gone',
    advice:
      'What was here is published no more: it was taken back, its topic was closed, or its archive was made anew at another address.',
    kept: 'max-age=3600',
  },
  412: {
    says: 'Precondition failed',
    advice: 'This document is not the version that was asked for.',
    kept: 'no-cache',
  },
  503: {
    says: 'Not at present',
    advice: 'What belongs here cannot be shown as it is now. It will be when it has been mended.',
    kept: 'no-store',
    // The gate looks again when anything has changed: a few refreshes.
    retryAfterSeconds: 1800,
  },
  500: { says: 'The server failed to answer', advice: 'Try again in a while.', kept: 'no-store' },
} as const satisfies Record<number, Refusal>;

const PAGE_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export type Refuse = (
  context: Context,
  status: keyof typeof REFUSALS,
  audience?: Audience,
  also?: Readonly<Record<string, string>>,
) => Response;

/** @param basePath where the site begins, for the links of the pages: `/`, or `/news/` behind a proxy that takes it off */
export function refusals(basePath: string): Refuse {
  return (context, status, audience = 'everybody', also = {}) => {
    const { says, kept, retryAfterSeconds }: Refusal = REFUSALS[status];
    const headers = {
      ...headFor(audience),
      'cache-control': cacheControlFor(audience, kept),
      vary: 'Accept',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...also,
    };
    if (!wantsPage(context.req.header('accept') ?? '')) return context.text(`${says}\n`, status, headers);
    return context.body(page(REFUSALS[status], basePath), status, {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
    });
  };
}

/** Browsers name HTML; whoever takes anything gets the plain words. */
function wantsPage(accept: string): boolean {
  return accept.split(',').some((part) => /^\s*text\/html\s*(?:;(?!.*q=0(?:\.0*)?\s*$).*)?$/i.test(part));
}

function page({ says, advice }: Refusal, basePath: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${says}</title>
<link rel="stylesheet" href="${basePath}assets/site.css">
</head>
<body>
<main>
<h1>${says}</h1>
<p>${advice}</p>
<p><a href="${basePath}">To the front page</a></p>
</main>
</body>
</html>
`;
}
