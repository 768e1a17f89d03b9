import { mix, type Colour } from './colour.ts';

// Taken out of Math once: under Jest every look at a global is a slow one, and these stand in the innermost loops.
const { abs, ceil, floor, max, min } = Math;

export type Point = readonly [x: number, y: number];

/** From one colour at height `from` to another at height `to`, and from one opacity to another. */
export type Fade = {
  readonly top: Colour;
  readonly bottom: Colour;
  readonly from: number;
  readonly to: number;
  readonly topAlpha?: number;
  readonly bottomAlpha?: number;
};
export type Paint = Colour | Fade;

/** A picture in memory. Edges are smooth: each pixel takes as much of a shape's paint as the shape covers of it. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
  }

  /** Paints the polygon. `alpha` 1 hides what was there. */
  paint(polygon: readonly Point[], colours: Paint, alpha = 1): void {
    const left = floor(min(...polygon.map(([x]) => x)));
    const right = ceil(max(...polygon.map(([x]) => x)));
    const top = max(0, floor(min(...polygon.map(([, y]) => y))));
    const bottom = min(this.height, ceil(max(...polygon.map(([, y]) => y))));
    if (right <= 0 || left >= this.width || top >= bottom) return;
    const stride = right - left + 2;
    const areas = signedAreas(polygon, { left, top, bottom, stride });
    for (let y = top; y < bottom; y += 1) {
      const { colour, opacity } = paintAt(colours, y + 0.5);
      let covered = 0;
      let at = (y - top) * stride;
      for (let x = left; x < right && x < this.width; x += 1, at += 1) {
        covered += areas[at]!;
        const cover = abs(covered);
        const share = (cover > 1 ? 1 : cover) * opacity * alpha;
        if (x >= 0 && share > 0.003) this.#blend((y * this.width + x) * 3, colour, share);
      }
    }
  }

  /** A soft light: strongest in the middle, nothing at `radius`. */
  glow([centreX, centreY]: Point, radius: number, colour: Colour, strength: number): void {
    const top = max(0, floor(centreY - radius));
    const bottom = min(this.height - 1, ceil(centreY + radius));
    const left = max(0, floor(centreX - radius));
    const right = min(this.width - 1, ceil(centreX + radius));
    for (let y = top; y <= bottom; y += 1) {
      for (let x = left; x <= right; x += 1) {
        const fall = 1 - ((x - centreX) ** 2 + (y - centreY) ** 2) / radius ** 2;
        if (fall > 0) this.#blend((y * this.width + x) * 3, colour, strength * fall * fall);
      }
    }
  }

  #blend(at: number, colour: Colour, share: number): void {
    const { pixels } = this;
    pixels[at] = pixels[at]! + (colour[0] - pixels[at]!) * share + 0.5;
    pixels[at + 1] = pixels[at + 1]! + (colour[1] - pixels[at + 1]!) * share + 0.5;
    pixels[at + 2] = pixels[at + 2]! + (colour[2] - pixels[at + 2]!) * share + 0.5;
  }
}

function paintAt(paint: Paint, y: number): { colour: Colour; opacity: number } {
  if (!('top' in paint)) return { colour: paint, opacity: 1 };
  const share = min(1, max(0, (y - paint.from) / (paint.to - paint.from)));
  const { topAlpha = 1, bottomAlpha = 1 } = paint;
  return { colour: mix(paint.top, paint.bottom, share), opacity: topAlpha + (bottomAlpha - topAlpha) * share };
}

type Box = { readonly left: number; readonly top: number; readonly bottom: number; readonly stride: number };

/**
 * What each edge adds to the covered area of the pixels, so that the running sum along a row is how much of each pixel
 * the polygon covers.
 */
function signedAreas(polygon: readonly Point[], box: Box): Float32Array {
  const areas = new Float32Array(box.stride * (box.bottom - box.top));
  let previous = polygon.at(-1)!;
  for (const point of polygon) {
    addEdge(areas, box, previous, point);
    previous = point;
  }
  return areas;
}

function addEdge(areas: Float32Array, box: Box, from: Point, to: Point): void {
  if (from[1] === to[1]) return;
  const direction = from[1] < to[1] ? 1 : -1;
  const [upper, lower] = direction === 1 ? [from, to] : [to, from];
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
  const start = max(upper[1], box.top);
  const end = min(lower[1], box.bottom);
  let x = upper[0] + (start - upper[1]) * slope - box.left;
  for (let row = floor(start); row < end; row += 1) {
    const height = min(row + 1, end) - max(row, start);
    const nextX = x + slope * height;
    addSpan(areas, (row - box.top) * box.stride, min(x, nextX), max(x, nextX), height * direction);
    x = nextX;
  }
}

/** One edge within one row, leaning from `x0` to `x1`: shared out among the pixels under it, all to the right filled. */
function addSpan(areas: Float32Array, rowStart: number, x0: number, x1: number, height: number): void {
  const first = floor(x0);
  if (x1 <= first + 1) {
    const within = (x0 + x1) / 2 - first;
    areas[rowStart + first]! += height * (1 - within);
    areas[rowStart + first + 1]! += height * within;
    return;
  }
  for (let pixel = first; pixel < x1; pixel += 1) {
    // How much of this pixel lies right of the edge, once the edge has been followed to the pixel's end.
    const right = min(pixel + 1, x1);
    const leftEnd = max(pixel, x0);
    const share = (right - leftEnd) / (x1 - x0);
    const within = (leftEnd + right) / 2 - pixel;
    areas[rowStart + pixel]! += height * share * (1 - within);
    areas[rowStart + pixel + 1]! += height * share * within;
  }
}
