import type { Order } from '../../config/sources-file.ts';
import { picturesToCopy } from '../../curate/own-copies.ts';
import { readySite } from '../../curate/opt-out.ts';
import type { ImagesOfArticle } from '../../model/image-copy.ts';
import type { ToldStory } from '../../model/story.ts';
import type { Store } from '../../store/store.ts';
import type { Instant } from '../../support/instant.ts';

type Given = { readonly order: Pick<Order, 'site' | 'sources'>; readonly now: Instant };

/** Notes which pictures stories show, so that they are asked for. */
export async function noteImages(
  { images }: Pick<Store, 'images'>,
  told: readonly ToldStory[],
  { order, now }: Given,
): Promise<void> {
  const shown = imagesOf(told, order);
  if (shown.length > 0) await images.want(shown, now);
}

/**
 * Notes the pictures of published stories that are not noted: of all, once the list says that they are to be copied; later
 * of stories that were published without anybody asking for their pictures before.
 */
export async function noteMissingImages(
  { images }: Pick<Store, 'images'>,
  told: readonly ToldStory[],
  given: Given,
): Promise<void> {
  if (given.order.site.images !== 'cache') return;
  const missing = await images.notNoted(imagesOf(told, given.order));
  if (missing.length > 0) await images.want(missing, given.now);
}

/** The pictures that stories show in their pages and entries, as far as we may keep copies. */
function imagesOf(
  told: readonly ToldStory[],
  { site, sources }: Pick<Order, 'site' | 'sources'>,
): readonly ImagesOfArticle[] {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const ready = readySite(site);
  return told.flatMap(({ story, articles }) => {
    const lead = articles[0];
    if (lead === undefined || story.topics.length === 0) return [];
    const addresses = picturesToCopy(lead, byId.get(lead.sourceId) ?? null, ready);
    return addresses.length === 0 ? [] : [{ articleId: lead.id, sourceId: lead.sourceId, addresses }];
  });
}
