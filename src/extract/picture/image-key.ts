/** A mark by which two addresses are known to show the same picture: its file's name without size, or its path. */
export function imageKey(address: string): string {
  const url = URL.parse(address, 'https://none.invalid/');
  if (url === null) return address;
  const inner = nestedAddress(url);
  const path = decoded(inner ?? url.pathname).toLowerCase();
  const file = /([^/]+?)\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)(?:[^a-z0-9].*)?$/.exec(path)?.[1];
  const stem = (file ?? path.replace(/\/+$/, '')).replace(
    /(?:[-_@.](?:\d{2,4}x\d{2,4}|\d{2,4}[wh]|[1-4]x|scaled|thumb(?:nail)?|small|medium|large|full|original|resized?|cropped|e\d{10,}))+$/,
    '',
  );
  // A name that says nothing ("image", "1") is told apart by its folder.
  if (file !== undefined && stem.length < 6)
    return path
      .replace(/\.\w+$/, '')
      .split('/')
      .slice(-3)
      .join('/');
  return stem;
}

/** Image services that hold the picture's address in a parameter or at the end of their path. */
function nestedAddress(url: URL): string | null {
  for (const name of ['url', 'src', 'image', 'u', 'img']) {
    const value = url.searchParams.get(name);
    if (value !== null && /\.(?:jpe?g|png|gif|webp|avif)\b/i.test(value)) return value.replace(/[?#].*$/, '');
  }
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
