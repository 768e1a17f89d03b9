import type { SourceSign } from '../../model/article.ts';

/** What may be the source. `url` is null where only its name is told. */
export type Candidate = { readonly url: string | null; readonly name: string | null; readonly foundBy: SourceSign };
