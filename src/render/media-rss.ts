/**
 * Media RSS 1.5.1 of an entry, in Atom and RSS alike: the lead image with alternative text, caption and credit apart, and its
 * licence.
 * The thumbnail says the same to readers that look no further.
 */
export const MEDIA_IN_ENTRY = `
<media:content url="mark:entry.image.url;" type="mark:entry.image.type;" medium="image" width="mark:entry.image.width;" height="mark:entry.image.height;">
    <media:title type="plain">mark:entry.image.alt;</media:title>
    <media:description type="plain">mark:entry.image.caption;</media:description>
    <media:credit>mark:entry.image.credit;</media:credit>
    <media:license href="mark:entry.image.licence;"/>
</media:content>
<media:thumbnail url="mark:entry.image.url;" width="mark:entry.image.width;" height="mark:entry.image.height;"/>`;

/** Files that play for a known time, for formats whose own enclosures cannot say so. */
export const PLAYED_IN_ENTRY = `
<media:content url="mark:entry.timedEnclosure.url;" fileSize="mark:entry.timedEnclosure.size;" type="mark:entry.timedEnclosure.type;" duration="mark:entry.timedEnclosure.duration;"/>`;
