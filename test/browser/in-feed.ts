// What runs in the browser, on a document of XML: the function is sent there as text, so it may use nothing from outside itself.

type InFeedElement = {
  readonly textContent: string | null;
  readonly childElementCount: number;
  getClientRects(): { readonly length: number };
  getBoundingClientRect(): { readonly right: number };
};
type Style = { readonly color: string; readonly backgroundColor: string; readonly content: string };
declare const document: {
  readonly documentElement: InFeedElement;
  querySelectorAll(selector: string): Iterable<InFeedElement>;
};
declare function getComputedStyle(element: InFeedElement, part?: string): Style;

/** The texts that are shown, those of them that are too faint (WCAG 2.2 §1.4.3), the line on top, and how far all reaches. */
export function readableTexts(): {
  readonly texts: readonly string[];
  readonly faint: readonly string[];
  readonly notice: string;
  readonly widest: number;
} {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = luminance(getComputedStyle(document.documentElement).backgroundColor);
  const shown = [...document.querySelectorAll('*')].filter((element) => element.getClientRects().length > 0);
  const leaves = shown.filter(({ childElementCount, textContent }) => childElementCount === 0 && textContent !== '');
  const textOf = ({ textContent }: InFeedElement): string => (textContent ?? '').trim();
  const isFaint = (element: InFeedElement): boolean => {
    const ink = luminance(getComputedStyle(element).color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5;
  };
  return {
    texts: leaves.map(textOf),
    faint: leaves.filter(isFaint).map(textOf),
    notice: getComputedStyle(document.documentElement, '::before').content,
    widest: Math.max(...shown.map((element) => element.getBoundingClientRect().right)),
  };
}
