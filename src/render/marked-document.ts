// What the two XML formats have in common at the head of a document.

/** RFC 5005 §4: by being there it says that the document is closed. */
export const ARCHIVE_MARK = '<fh:archive/>';

/** A browser shows a document with our style sheet: plain CSS, where the feed package would have a transformation. */
export function namesStyleSheet(layout: string): string {
  return layout.replace(
    '<?xml-stylesheet href="mark:stylesheet;" type="text/xsl"?>',
    '\n<?xml-stylesheet type="text/css" href="mark:stylesheet;"?>',
  );
}
