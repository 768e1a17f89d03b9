/** Language, script, region and variants of RFC 5646 §2.1; extensions and private parts may follow. */
const TAG =
  /^([a-z]{2,3}(?:-[a-z]{3}){0,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)(?:-[a-z0-9]-[a-z0-9-]{2,200})?$/i;

/** A language tag in its usual spelling (BCP 47), without extensions; null for what is none ("english", "xx_YY"). */
export function languageTag(told: string | null): string | null {
  const [, language, script, region, variants = ''] = TAG.exec(told ?? '') ?? [];
  if (language === undefined) return null;
  const written = script === undefined ? '' : `-${script.charAt(0).toUpperCase()}${script.slice(1).toLowerCase()}`;
  return `${language.toLowerCase()}${written}${region === undefined ? '' : `-${region.toUpperCase()}`}${variants.toLowerCase()}`;
}
