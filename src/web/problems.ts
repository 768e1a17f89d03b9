import type { Context } from 'hono';
import { headFor } from './answer-head.ts';

// Why the API does not answer, for machines (RFC 9457). What was asked is never echoed.

const PROBLEMS = {
  'no-such-call': { status: 404, title: 'Nothing is answered here', detail: 'See api/openapi.json for what is.' },
  'no-such-topic': { status: 404, title: 'No such topic', detail: 'No topic has this id.' },
  'bad-limit': { status: 400, title: 'The limit is none', detail: '“limit” is a whole number from 1 to 100.' },
  'no-cursor': {
    status: 400,
    title: 'The cursor is none',
    detail:
      '“since” is no cursor that was given for this topic. Send “next” of an answer as it came, or nothing to begin.',
  },
  'cursor-ended': {
    status: 410,
    title: 'The cursor is of another publication',
    detail: 'This topic has been begun anew since the cursor was given. Drop what you have, and begin without “since”.',
  },
  closed: { status: 410, title: 'The topic is closed', detail: 'This topic is closed for good.' },
  'no-such-coding': { status: 406, title: 'Not acceptable', detail: 'There is no encoding left to answer in.' },
  failed: { status: 500, title: 'The server failed to answer', detail: 'Try again in a while.' },
  'not-published-yet': { status: 503, title: 'Nothing is published yet', detail: 'Ask again in a minute.' },
} as const satisfies Record<string, { readonly status: number; readonly title: string; readonly detail: string }>;

export type Problem = keyof typeof PROBLEMS;

/** Answers with a problem. */
export function problem(context: Context, which: Problem): Response {
  const { status, title, detail } = PROBLEMS[which];
  const body = `${JSON.stringify({ type: 'about:blank', status, title, detail, code: which })}\n`;
  const head = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': '60' } : {}),
    ...headFor('everybody'),
  };
  return context.req.method === 'HEAD' ? context.body(null, status, head) : context.body(body, status, head);
}
