import { StageError } from '../../src/model/errors.ts';
import type { Outbound, OutboundRequest, OutboundResponse } from '../../src/model/outbound.ts';

export type Answers = Readonly<
  Record<string, string | Partial<OutboundResponse & { readonly text: string }> | StageError>
>;

/** Stands for the network: answers by address, and 404 to all others. */
export function openAnswers(answers: Answers): { readonly outbound: Outbound; readonly asked: OutboundRequest[] } {
  const asked: OutboundRequest[] = [];
  return {
    asked,
    async outbound(request, signal) {
      asked.push(request);
      const { url } = request;
      await request.permit?.(url, signal);
      const answer = answers[url];
      if (answer === undefined) throw new StageError('fetch-not-found', { url });
      if (answer instanceof StageError) throw answer;
      const { text = '', ...given } = typeof answer === 'string' ? { text: answer } : answer;
      return { url, status: 200, headers: {}, body: new TextEncoder().encode(text), redirects: [], ...given };
    },
  };
}
