/**
 * The same plain data in strings of their own. A piece of a page's text is a view into the whole of it for V8: as long
 * as a title is kept, half a megabyte of page would be kept for it.
 */
export function ownCopy<Data>(data: Data): Data {
  return JSON.parse(JSON.stringify(data)) as Data;
}
