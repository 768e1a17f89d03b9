import { source, type Judges } from '../schema/source.ts';

/** Tells of a source, as sources.json would hold it, what would be wrong with it; null for one that is right. */
export function sourceJudge(judges: Judges): (written: unknown) => string | null {
  const schema = source(judges);
  return (written) => {
    const read = schema.safeParse(written);
    if (read.success) return null;
    return read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ');
  };
}
