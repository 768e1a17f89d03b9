import type { Canvas, Point } from './canvas.ts';
import { lighter, mix, type Colour, type Palette } from './colour.ts';
import type { Random } from './random.ts';
import { arc, circle, cloud, ellipse, line, rectangle } from './shapes.ts';

export const WIDTH = 1200;
export const HEIGHT = 675;

/** What every scene draws with. */
export type Studio = { readonly canvas: Canvas; readonly random: Random; readonly palette: Palette };

/** Sky down to the horizon, with a sun or moon and some clouds. Returns where the sun stands. */
export function sky({ canvas, random, palette }: Studio, horizon: number): Point {
  const { skyTop, skyLow, sun, cloud: cloudColour } = palette;
  canvas.paint(rectangle(0, 0, WIDTH, HEIGHT), { top: skyTop, bottom: skyLow, from: 0, to: horizon });
  const centre: Point = [random.between(180, WIDTH - 180), random.between(90, horizon * 0.72)];
  const radius = random.between(38, 66);
  canvas.glow(centre, radius * 6, sun, 0.35);
  canvas.glow(centre, radius * 2.2, sun, 0.5);
  canvas.paint(circle(centre, radius), lighter(sun, 0.25));
  for (let count = random.whole(2, 5); count > 0; count -= 1) {
    const width = random.between(120, 300);
    const shape = cloud(random.between(-80, WIDTH - 60), random.between(70, horizon * 0.75), width);
    canvas.paint(shape, { top: cloudColour, bottom: skyLow, from: shape[0]![1] - width * 0.4, to: shape[0]![1] }, 0.9);
  }
  return centre;
}

/** Still water from the horizon down, with the sun's broken reflection. */
export function water({ canvas, random, palette }: Studio, horizon: number, sunX: number): void {
  const deep = mix(palette.water, palette.dark, 0.45);
  const shine = mix(palette.water, palette.skyLow, 0.45);
  canvas.paint(rectangle(0, horizon, WIDTH, HEIGHT), { top: shine, bottom: deep, from: horizon, to: HEIGHT });
  for (let y = horizon + 6; y < HEIGHT; y += 7 + (y - horizon) * 0.05) {
    const reach = 30 + (y - horizon) * 0.28;
    const width = reach * random.between(0.5, 1.5);
    ripple(canvas, sunX + random.between(-0.3, 0.3) * reach, y, width, lighter(palette.sun, 0.2), 0.6);
  }
  for (let count = 70; count > 0; count -= 1) {
    const y = horizon + (HEIGHT - horizon) * random.fraction() ** 0.8;
    ripple(canvas, random.between(-50, WIDTH + 50), y, 20 + (y - horizon) * random.between(0.1, 0.35), shine, 0.35);
  }
}

function ripple(canvas: Canvas, x: number, y: number, width: number, colour: Colour, alpha: number): void {
  canvas.paint(ellipse([x, y], width / 2, 3 / width + 0.015), colour, alpha);
}

export function birds({ canvas, random, palette }: Studio, count: number, highest: number): void {
  const [x, y] = [random.between(200, WIDTH - 300), highest];
  for (let bird = 0; bird < count; bird += 1) {
    const at: Point = [x + random.between(-110, 110), y + random.between(-35, 35)];
    const wing = random.between(7, 13);
    canvas.paint(line(at, [at[0] - wing, at[1] - wing * 0.6], 2.4), palette.dark, 0.75);
    canvas.paint(line(at, [at[0] + wing, at[1] - wing * 0.5], 2.4), palette.dark, 0.75);
  }
}

/** A leafy tree: trunk and three balls of leaves, lit from above. */
export function tree({ canvas }: Studio, x: number, foot: number, height: number, leaves: Colour, trunk: Colour): void {
  const r = height * 0.26;
  canvas.paint(line([x, foot], [x, foot - height * 0.6], height * 0.07), trunk);
  for (const [dx, dy, size] of [
    [-0.7, 0.5, 0.8],
    [0.75, 0.55, 0.75],
    [0, 0.95, 1],
  ] as const) {
    const centre: Point = [x + dx * r, foot - height * 0.32 - dy * r];
    canvas.paint(circle(centre, r * size), {
      top: lighter(leaves, 0.16),
      bottom: leaves,
      from: centre[1] - r,
      to: centre[1] + r,
    });
  }
}

/** Someone seen from behind or afar: head, shoulders, body down to `foot`. */
export function person(
  { canvas }: Studio,
  x: number,
  foot: number,
  height: number,
  clothes: Colour,
  skin: Colour,
): void {
  const r = height * 0.13;
  canvas.paint(
    [...arc([x, foot - height * 0.55], r * 1.7, 180, 360), [x + r * 1.5, foot], [x - r * 1.5, foot]],
    clothes,
  );
  canvas.paint(circle([x, foot - height + r], r), skin);
}
