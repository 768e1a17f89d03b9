import { birds, sky, type Studio, water, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { type Colour, darker, lighter, mix } from '../drawing/colour.ts';
import { arc, ellipse, ground, line, rectangle, ridge } from '../drawing/shapes.ts';

export function harbour(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const horizon = 400;
  const [sunX] = sky(studio, horizon);
  const hazy = mix(palette.far, palette.skyLow, 0.45);
  canvas.paint(ground(ridge(random, horizon - 24, 38), WIDTH, horizon + 6), {
    top: hazy,
    bottom: palette.skyLow,
    from: 310,
    to: horizon + 50,
  });
  water(studio, horizon, sunX);
  birds(studio, random.whole(3, 7), random.between(90, 210));
  const side = random.chance(0.5) ? 1 : -1;
  const at = (x: number) => (side === 1 ? x : WIDTH - x);
  lighthouse(studio, at(random.between(1010, 1110)), horizon + 32);
  const quayEnd = random.between(330, 470);
  for (const x of [70, 225].map((x) => x + random.between(-20, 40)))
    crane(studio, at(x), horizon + 60, side, random.between(230, 290));
  canvas.paint(
    [
      [at(-20), horizon + 58],
      [at(quayEnd), horizon + 58],
      [at(quayEnd + 26), horizon + 104],
      [at(-20), horizon + 104],
    ],
    { top: mix(palette.wall, palette.dark, 0.35), bottom: palette.dark, from: horizon + 58, to: horizon + 110 },
  );
  const boxes: Colour[] = [palette.accent, palette.second, palette.lamp, palette.wall];
  for (let x = 20; x < quayEnd - 60; x += 62)
    for (let row = 0; row < random.whole(0, 3); row += 1)
      container(studio, Math.min(at(x), at(x + 58)), horizon + 58 - 27 * (row + 1), random.pick(boxes));
  cargoShip(studio, at(random.between(640, 760)), horizon + 48, random.between(0.8, 1.05), boxes);
  for (let count = random.whole(1, 3); count > 0; count -= 1)
    sailingBoat(studio, random.between(260, WIDTH - 160), random.between(520, 610), random.between(0.8, 1.3));
}

function crane({ canvas, palette }: Studio, x: number, foot: number, side: number, height: number): void {
  const steel = mix(palette.accent, palette.dark, 0.25);
  const top = foot - height;
  for (const leg of [-26, 26]) canvas.paint(line([x + leg * 1.3, foot], [x + leg * 0.7, top], 7), steel);
  for (let rung = 0; rung < 3; rung += 1) {
    const y = foot - 40 - rung * 66;
    canvas.paint(line([x - 32, y], [x + 30, y - 62], 3.5), steel);
    canvas.paint(line([x - 32, y], [x + 32, y], 4.5), steel);
  }
  canvas.paint(rectangle(Math.min(x - side * 90, x + side * 230), top - 8, 320, 10), steel);
  canvas.paint(line([x, top - 58], [x + side * 215, top - 4], 3.5), steel);
  canvas.paint(line([x, top - 58], [x - side * 85, top - 4], 3.5), steel);
  canvas.paint(line([x, top - 60], [x, top], 7), steel);
  canvas.paint(rectangle(x - 18, top + 2, 36, 24), palette.wall);
  canvas.paint(line([x + side * 160, top], [x + side * 160, top + 90], 2.5), palette.dark);
  canvas.paint(rectangle(x + side * 160 - 22, top + 88, 44, 20), palette.second);
}

function container({ canvas }: Studio, x: number, y: number, colour: Colour): void {
  canvas.paint(rectangle(x, y, 58, 25), {
    top: lighter(colour, 0.1),
    bottom: darker(colour, 0.2),
    from: y,
    to: y + 25,
  });
  for (let rib = 8; rib < 56; rib += 10) canvas.paint(rectangle(x + rib, y + 3, 2, 19), darker(colour, 0.3), 0.6);
}

function cargoShip(studio: Studio, x: number, y: number, size: number, boxes: readonly Colour[]): void {
  const { canvas, random, palette } = studio;
  const at = (dx: number, dy: number): Point => [x + dx * size, y + dy * size];
  canvas.paint(ellipse(at(10, 32), 250 * size, 0.05), palette.dark, 0.35);
  for (let column = 0; column < 5; column += 1) {
    for (let row = 0; row < random.whole(1, 4); row += 1) {
      const colour = random.pick(boxes);
      const [left, top] = at(-92 + column * 56, -26 - row * 22);
      canvas.paint(rectangle(left, top, 53 * size, 20 * size), {
        top: lighter(colour, 0.1),
        bottom: darker(colour, 0.15),
        from: top,
        to: top + 20 * size,
      });
    }
  }
  const [left, top] = at(-188, -120);
  canvas.paint(rectangle(left, top, 78 * size, 120 * size), {
    top: lighter(palette.wall, 0.4),
    bottom: mix(palette.wall, palette.dark, 0.2),
    from: top,
    to: y,
  });
  for (let deck = 0; deck < 4; deck += 1)
    canvas.paint(rectangle(left + 8 * size, top + (12 + deck * 24) * size, 62 * size, 8 * size), palette.dark, 0.8);
  canvas.paint(rectangle(left + 22 * size, top - 34 * size, 30 * size, 34 * size), palette.accent);
  canvas.paint([at(-220, -6), at(240, -6), at(206, 32), at(-200, 32)], {
    top: darker(palette.second, 0.2),
    bottom: darker(palette.second, 0.5),
    from: y - 6,
    to: y + 32 * size,
  });
  canvas.paint([at(-207, 20), at(217, 20), at(206, 32), at(-200, 32)], palette.accent);
}

function sailingBoat({ canvas, palette, random }: Studio, x: number, y: number, size: number): void {
  const at = (dx: number, dy: number): Point => [x + dx * size, y + dy * size];
  canvas.paint(ellipse(at(0, 14), 52 * size, 0.12), palette.dark, 0.3);
  canvas.paint([at(-3, -4), at(-3, -116), at(52, -10)], {
    top: lighter(palette.wall, 0.6),
    bottom: palette.wall,
    from: y - 116 * size,
    to: y,
  });
  canvas.paint([at(-9, -4), at(-9, -98), at(-44, -10)], random.chance(0.5) ? palette.accent : palette.lamp);
  canvas.paint(line(at(-6, 0), at(-6, -120), 3 * size), palette.dark);
  canvas.paint([at(-54, -4), at(58, -4), at(40, 14), at(-40, 14)], palette.dark);
  canvas.paint(rectangle(...at(-50, -4), 104 * size, 4 * size), palette.wall);
}

function lighthouse({ canvas, palette }: Studio, x: number, foot: number): void {
  canvas.paint([...arc([x, foot + 4], 120, 180, 360, 0.24)], palette.dark);
  const half = (share: number) => 25 - 10 * share;
  for (let band = 0; band < 5; band += 1) {
    const [low, high] = [foot - 20 - band * 34, foot - 54 - band * 34];
    const colour = band % 2 === 0 ? lighter(palette.wall, 0.4) : palette.accent;
    canvas.paint(
      [
        [x - half(band / 5), low],
        [x - half((band + 1) / 5), high],
        [x + half((band + 1) / 5), high],
        [x + half(band / 5), low],
      ],
      colour,
    );
  }
  canvas.glow([x, foot - 208], 130, palette.lamp, 0.7);
  canvas.paint(rectangle(x - 20, foot - 196, 40, 7), palette.dark);
  canvas.paint(rectangle(x - 11, foot - 220, 22, 24), palette.lamp);
  canvas.paint(
    [
      [x - 16, foot - 219],
      [x, foot - 240],
      [x + 16, foot - 219],
    ],
    palette.accent,
  );
}
