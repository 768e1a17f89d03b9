const PLACES = ['feed', 'rss.xml', 'atom.xml', 'feed.xml', 'index.xml', 'feed.json', 'rss', 'index.rdf', '?feed=rss2'];

/** Addresses at which sites have their feeds; below the page's own folder first, where it is not the site's root. */
export function usualPlaces(page: string): string[] {
  const { origin, pathname } = new URL(page);
  const folder = pathname.endsWith('/') || /\.\w+$/.test(pathname) ? new URL('.', page).href : `${origin}${pathname}/`;
  const root = `${origin}/`;
  const near = folder === root ? [] : PLACES.slice(0, 5).map((place) => folder + place);
  return [...new Set([...near, ...PLACES.map((place) => root + place)])];
}
