/** Whether two pieces of plain data (as JSON has it) are the same, whatever the order of their keys. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && isSameList(one, other);
  return !Array.isArray(other) && isSameObject(one as Fields, other as Fields);
}

type Fields = { readonly [key: string]: unknown };

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (!isSameData(one[index], other[index])) return false;
  return true;
}

function isSameObject(one: Fields, other: Fields): boolean {
  let more = 0;
  for (const key in one) {
    const value = one[key];
    const otherValue = other[key];
    if (value !== otherValue && !isSameData(value, otherValue)) return false;
    if (value === undefined && !Object.hasOwn(other, key)) return false;
    more++;
  }
  for (const _key in other) more--;
  return more === 0;
}
