// What runs in the browser, not here: each function is sent there as text, so it may use nothing from outside itself.
// The few names of the DOM that it needs are declared for this file alone.

type Box = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};
type InPageNode = { readonly nodeValue: string | null; readonly parentElement: InPageElement | null };
type InPageElement = InPageNode & {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly href?: string;
  getBoundingClientRect(): Box;
};
declare const document: {
  readonly body: InPageElement;
  readonly documentElement: { readonly clientWidth: number };
  querySelectorAll(selector: string): Iterable<InPageElement>;
  createTreeWalker(root: InPageElement, show: number): { nextNode(): InPageNode | null };
};
declare function getComputedStyle(element: InPageElement): {
  readonly color: string;
  readonly backgroundColor: string;
  readonly fontSize: string;
  readonly fontWeight: string;
};

/** Texts whose contrast with what is behind them is below WCAG 2.2 AA (§1.4.3): 4.5, or 3 for large letters. */
export function faintTexts(): string[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red = 0, green = 0, blue = 0]: readonly number[]): number => {
    const linear = (value: number): number =>
      value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const behind = (element: InPageElement | null): number[] => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if ((color[3] ?? 1) > 0) return color;
    }
    return [255, 255, 255];
  };
  const faint: string[] = [];
  const walker = document.createTreeWalker(document.body, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.nodeValue ?? '').trim() === '') continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(channels(style.color)), luminance(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5))
      faint.push(`${contrast.toFixed(2)}: ${(node.nodeValue ?? '').trim().slice(0, 60)}`);
  }
  return faint;
}

/** How many texts the page shows: so that a check over none of them does not pass. */
export function countTexts(): number {
  const walker = document.createTreeWalker(document.body, 4);
  let count = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if ((node.nodeValue ?? '').trim() !== '') count++;
  return count;
}

/** Elements that reach out of the window at its sides, those apart that scroll by themselves or are hidden on purpose. */
export function tooWide(): string[] {
  const width = document.documentElement.clientWidth;
  const out: string[] = [];
  for (const element of document.querySelectorAll('body *:not(table *, pre *, .visually-hidden, .skip-link)')) {
    const { left, right, height } = element.getBoundingClientRect();
    if (height > 0 && (right > width + 1 || left < -1))
      out.push(`${element.tagName} ${Math.round(left)} to ${Math.round(right)}`);
  }
  return out;
}

/** Where every text of the page stands. */
export function places(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('h1, h2, h3, h4, p, figcaption, li, footer')) {
    const { left, top, width } = element.getBoundingClientRect();
    found.push(`${element.tagName} ${Math.round(left)} ${Math.round(top)} ${Math.round(width)}`);
  }
  return found;
}

/** Addresses of all links, as the browser reads them. */
export function linkedAddresses(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('a[href], link[rel="stylesheet"], link[rel~="icon"]'))
    found.push(element.href ?? '');
  return found;
}
