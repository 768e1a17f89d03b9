import type { Article } from '../model/article.ts';
import type { ComparedText, Founding } from '../model/compared-text.ts';
import { epochMsOf } from '../support/instant.ts';
import { comparedTextOf } from './compared-text-of.ts';
import { openDuplicateIndex, type StoredDocument } from './duplicates/duplicate-index.ts';
import { findDuplicate } from './duplicates/find-duplicate.ts';
import { isPrint } from './duplicates/text-print.ts';
import { documentOf, type Copies } from './place-articles.ts';
import type { Regrouped } from './stories/regroup.ts';
import { isStoryPrint, storyPrintOf, type StoryPrint } from './stories/story-print.ts';
import { openStoryWindow } from './stories/story-window.ts';

/** A story's event, and what it was placed by. */
export type Founded = { readonly eventId: string; readonly founding: Founding | null };

/** The texts of the last days, held in memory: by them copies are found, and which stories report one event. */
export type RecentTexts = Copies & {
  /**
   * Takes back what was stored, in the order in which it was saved, many at a time: that is several times as fast as one by
   * one. A text that is known is replaced where it has changed.
   */
  restore(texts: readonly ComparedText[], redirects?: ReadonlyMap<string, string>): void;
  /** Forgets an article that is in no story any more. */
  forget(articleId: string): void;
  /** Forgets what was published before a time, in milliseconds since 1970. */
  forgetBefore(atMs: number): void;
  /** Finds a new story the event that it reports, by its founder. */
  found(founder: Article): Founded;
  /** Looks again which stories report one event, now that it is known what came after each. */
  regroup(): Regrouped;
  /** How many texts are held. */
  size(): number;
};

export function openRecentTexts(): RecentTexts {
  const duplicates = openDuplicateIndex();
  const stories = openStoryWindow();
  /** The story of each text, and a mark of its words: by it is seen that what was saved is what is known. */
  const known = new Map<string, { readonly storyId: string; readonly mark: number }>();
  /** A text of each story: its copies are listed with it. */
  const textOf = new Map<string, string>();
  /** What stories will be placed by that are new and not found their event yet. */
  const founderPrints = new Map<string, StoryPrint>();

  const partnerIn = (storyId: string, articleId: string): string | null => {
    const partner = textOf.get(storyId);
    if (partner !== undefined && partner !== articleId && known.has(partner)) return partner;
    textOf.set(storyId, articleId);
    return null;
  };
  const note: RecentTexts['note'] = (document, storyId, words) => {
    if (words !== undefined && storyId === document.id && !known.has(storyId))
      founderPrints.set(storyId, storyPrintOf(words));
    else founderPrints.delete(document.id);
    duplicates.add(document, partnerIn(storyId, document.id));
    known.set(document.id, { storyId, mark: markOf(document.print) });
  };

  return {
    copyOf(document) {
      const found = findDuplicate(duplicates, document);
      const storyId = found === null ? undefined : known.get(found.id)?.storyId;
      if (found === null || storyId === undefined) return null;
      const sure = `${Math.floor(found.probability * 100)} % sure`;
      return { articleId: found.id, storyId, reason: [sure, ...found.reasons].join('; ') };
    },
    note,
    restore(texts, redirects) {
      const unknown: StoredDocument[] = [];
      for (const { articleId: id, sourceId, atMs, print, storyId } of texts) {
        const document = { id, sourceId, atMs, print };
        const before = known.get(id);
        if (before !== undefined) {
          if (before.storyId !== storyId || before.mark !== markOf(print)) note(document, storyId);
          continue;
        }
        known.set(id, { storyId, mark: markOf(print) });
        unknown.push({ document, duplicateOf: partnerIn(storyId, id) });
      }
      duplicates.restore(unknown);
      stories.restore(
        texts.flatMap(({ storyId, eventId, atMs, founding }) =>
          founding === null ? [] : [{ id: storyId, atMs, print: founding.storyPrint, storyId: eventId, ...founding }],
        ),
        redirects,
      );
    },
    forget(articleId) {
      const storyId = known.get(articleId)?.storyId;
      if (storyId === undefined) return;
      duplicates.remove(articleId);
      known.delete(articleId);
      founderPrints.delete(articleId);
      if (textOf.get(storyId) === articleId) textOf.delete(storyId);
    },
    forgetBefore(atMs) {
      if (duplicates.forgetBefore(atMs) === 0) return;
      for (const [articleId, { storyId }] of known) {
        if (duplicates.has(articleId)) continue;
        known.delete(articleId);
        founderPrints.delete(articleId);
        if (textOf.get(storyId) === articleId) textOf.delete(storyId);
      }
    },
    found(founder) {
      const storyPrint = founderPrints.get(founder.id) ?? storyPrintOf(comparedTextOf(founder));
      founderPrints.delete(founder.id);
      const placed = stories.place({ id: founder.id, atMs: epochMsOf(founder.published), print: storyPrint });
      return { eventId: placed.storyId, founding: placed.keep === null ? null : { storyPrint, ...placed.keep } };
    },
    regroup: () => stories.regroup(),
    size: () => known.size,
  };
}

function markOf(print: Uint32Array): number {
  let mark = print.length;
  for (let at = 0; at < print.length; at++) mark = Math.imul(mark ^ print[at]!, 0x01000193);
  return mark;
}

/** Whether a stored text was made by this version of the program, and can be compared as it is. */
export function isComparable({ print, founding }: ComparedText): boolean {
  return isPrint(print) && (founding === null || isStoryPrint(founding.storyPrint));
}

/** The same text as this version finds copies of it. What its story was placed by is weighed no more: that was another's. */
export function comparedAnew(text: ComparedText, article: Article): ComparedText {
  return { ...text, print: documentOf(article).print, founding: null };
}
