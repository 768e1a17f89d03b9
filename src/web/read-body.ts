import type { Context } from 'hono';
import type { Clock } from '../support/clock.ts';

export type BodyLimits = { readonly maxBytes: number; readonly timeoutMs: number };

/** The body of a request, or why it is not read to its end. */
export type ReadBody = { readonly body: Uint8Array } | { readonly refused: 413 | 408 };

/** Reads a body of no more than so many bytes, within so much time, whatever its headers say. */
export async function readBody(
  context: Context,
  { clock }: { readonly clock: Clock },
  { maxBytes, timeoutMs }: BodyLimits,
): Promise<ReadBody> {
  if (Number(context.req.header('content-length') ?? 0) > maxBytes) return { refused: 413 };
  const stream = context.req.raw.body;
  if (stream === null) return { body: new Uint8Array(0) };
  const reader = stream.getReader();
  const over = new AbortController();
  const late = clock.sleep(timeoutMs, over.signal).then(
    () => 'late' as const,
    () => 'late' as const,
  );
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const step = await Promise.race([reader.read(), late]);
      if (step === 'late') return { refused: 408 };
      if (step.done) return { body: Buffer.concat(chunks) };
      bytes += step.value.byteLength;
      if (bytes > maxBytes) return { refused: 413 };
      chunks.push(step.value);
    }
  } finally {
    over.abort('read');
    reader.cancel().catch(() => undefined);
  }
}
