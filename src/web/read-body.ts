import type { Context } from 'hono';
import type { Clock } from '../support/clock.ts';

export type BodyLimits = { readonly maxBytes: number; readonly timeoutMs: number };

/** Why a body is not read to its end: too large, too slow, or too much of others is in hand. */
export type NotRead = { readonly refused: 413 | 408 | 503 };

/** How many bytes of bodies are kept at a time, of all requests together. */
export type BytesInHand = { held: number; readonly most: number };

export function bytesInHand(most: number): BytesInHand {
  return { held: 0, most };
}

/** The whole body of a request of no more than so many bytes, within so much time, whatever its headers say. */
export async function readBody(
  context: Context,
  { clock, inHand }: { readonly clock: Clock; readonly inHand: BytesInHand },
  limits: BodyLimits,
): Promise<{ readonly body: Uint8Array } | NotRead> {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  const keep = (piece: Uint8Array): boolean => {
    if (inHand.held + piece.byteLength > inHand.most) return false;
    inHand.held += piece.byteLength;
    kept += piece.byteLength;
    pieces.push(piece);
    return true;
  };
  try {
    const refused = await takeBody(context, { clock, take: keep }, limits);
    return refused ?? { body: Buffer.concat(pieces) };
  } finally {
    inHand.held -= kept;
  }
}

/**
 * Hands a body on piece by piece, and keeps nothing of it. Null when all of it was taken.
 * @param given.take false: no more is wanted
 */
export async function takeBody(
  context: Context,
  { clock, take }: { readonly clock: Clock; readonly take: (piece: Uint8Array) => boolean },
  { maxBytes, timeoutMs }: BodyLimits,
): Promise<NotRead | null> {
  if (Number(context.req.header('content-length') ?? 0) > maxBytes) return { refused: 413 };
  const stream = context.req.raw.body;
  if (stream === null) return null;
  const reader = stream.getReader();
  const over = new AbortController();
  const late = clock.sleep(timeoutMs, over.signal).then(
    () => 'late' as const,
    () => 'late' as const,
  );
  let bytes = 0;
  try {
    for (;;) {
      const step = await Promise.race([reader.read(), late]);
      if (step === 'late') return { refused: 408 };
      if (step.done) return null;
      bytes += step.value.byteLength;
      if (bytes > maxBytes) return { refused: 413 };
      if (!take(step.value)) return { refused: 503 };
    }
  } finally {
    over.abort('read');
    reader.cancel().catch(() => undefined);
  }
}
