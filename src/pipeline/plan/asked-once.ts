import type { Outbound, OutboundResponse } from '../../model/outbound.ts';
import { historyQuestion } from '../keep-history.ts';

/**
 * An outbound that asks each address once, however often it is asked: two lists are rehearsed one after the other, and what
 * one of them found out need not be asked of a server again a moment later. Failures are remembered too.
 */
export function askedOnce(outbound: Outbound): Outbound {
  const answers = new Map<string, Promise<OutboundResponse>>();
  return (request, signal) => {
    // Feeds and pages are asked for in other words.
    const { url, askedAs } = historyQuestion('page', request);
    const key = JSON.stringify([url, askedAs, request.headers?.['accept'] ?? null]);
    const answer = answers.get(key) ?? outbound(request, signal);
    answers.set(key, answer);
    return answer;
  };
}
