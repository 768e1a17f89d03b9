import { DomHandler, type Document } from 'domhandler';
import { Parser } from 'htmlparser2';

/**
 * Elements nested deeper end the reading: htmlparser2's time grows with the square of the depth, and no page that is
 * meant to be read comes near.
 */
const DEEPEST = 1000;

class TooDeep extends Error {}

class CappedHandler extends DomHandler {
  override onopentag(name: string, attribs: Record<string, string>): void {
    if (this.tagStack.length > DEEPEST) throw new TooDeep();
    super.onopentag(name, attribs);
  }
}

/** HTML as a tree, by htmlparser2. A text that nests beyond all measure is read up to there. */
export function parseHtml(html: string): Document {
  const handler = new CappedHandler();
  const parser = new Parser(handler);
  try {
    parser.end(html);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return handler.root;
}

/** Whether a text opens so many elements more than it closes that it has to be read with care. May be wrong to say yes. */
export function mayBeDeep(html: string): boolean {
  let depth = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const next = html.charCodeAt(at + 1) | 0x20;
    if (html[at + 1] === '/') depth = Math.max(0, depth - 1);
    else if (next >= 0x61 && next <= 0x7a && ++depth > DEEPEST) return true;
  }
  return false;
}
