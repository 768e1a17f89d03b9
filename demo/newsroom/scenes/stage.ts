import { HEIGHT, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { BLACK, darker, lighter, mix, WHITE } from '../drawing/colour.ts';
import { arc, circle, ellipse, line, rectangle, rounded } from '../drawing/shapes.ts';

export function stage(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const deep = mix(palette.dark, palette.accent, 0.18);
  canvas.paint(rectangle(0, 0, WIDTH, HEIGHT), {
    top: darker(deep, 0.4),
    bottom: lighter(deep, 0.1),
    from: 0,
    to: 520,
  });
  canvas.glow([600, 420], 480, palette.accent, 0.4);
  const floor = 500;
  canvas.paint(
    [
      [0, floor],
      [WIDTH, floor],
      [WIDTH, 590],
      [0, 590],
    ],
    {
      top: mix(palette.wall, palette.accent, 0.3),
      bottom: mix(palette.dark, palette.accent, 0.35),
      from: floor,
      to: 590,
    },
  );
  const beams = random.whole(4, 6);
  for (let beam = 0; beam < beams; beam += 1) {
    const from = 170 + (beam * 860) / (beams - 1);
    const to = random.between(240, 960);
    const colour = [palette.lamp, palette.second, palette.accent, WHITE][beam % 4]!;
    canvas.paint(
      [
        [from - 12, 40],
        [from + 12, 40],
        [to + 120, floor + 40],
        [to - 120, floor + 40],
      ],
      { top: colour, bottom: colour, from: 40, to: floor + 60, topAlpha: 0.5, bottomAlpha: 0.06 },
    );
    canvas.paint(ellipse([to, floor + 44], 120, 0.2), colour, 0.22);
    canvas.paint(rounded(from - 20, 14, 40, 36, 8), BLACK);
    canvas.paint(ellipse([from, 48], 15, 0.4), lighter(colour, 0.6));
  }
  canvas.paint(rectangle(0, 8, WIDTH, 8), BLACK, 0.7);
  const kind = random.whole(0, 2);
  const places = [360, 480, 600, 720, 840].map((x) => x + random.between(-24, 24));
  for (const [index, x] of places.entries())
    performer(studio, x, floor + 36, random.between(190, 230), kind === 0 ? index : kind === 1 ? 9 : index % 2);
  for (const side of [-1, 1]) curtain(studio, side);
  for (let row = 0; row < 3; row += 1) {
    const y = 610 + row * 34;
    for (let x = -20 + (row % 2) * 34; x < WIDTH + 30; x += random.whole(54, 78)) {
      const r = 18 + row * 5;
      const shade = mix(BLACK, deep, 0.75 - row * 0.25);
      canvas.paint(circle([x, y], r), shade);
      canvas.paint(arc([x, y + r * 2.3], r * 1.9, 180, 360), shade);
      if (random.chance(0.12)) canvas.paint(line([x + r, y + r], [x + r * 1.9, y - r * 2], r * 0.5), shade);
    }
  }
}

function performer({ canvas, random, palette }: Studio, x: number, foot: number, height: number, part: number): void {
  const suit = mix(palette.dark, BLACK, 0.45);
  const skin = mix([232, 186, 150], [122, 78, 56], random.between(0, 0.9));
  const h = height;
  canvas.paint(ellipse([x, foot], h * 0.26, 0.16), BLACK, 0.4);
  const dress = part % 2 === 1 && part !== 9;
  canvas.paint(
    dress
      ? [
          [x, foot - h * 0.6],
          [x + h * 0.2, foot],
          [x - h * 0.2, foot],
        ]
      : [
          [x - h * 0.11, foot - h * 0.48],
          [x + h * 0.11, foot - h * 0.48],
          [x + h * 0.13, foot],
          [x + h * 0.03, foot],
          [x, foot - h * 0.34],
          [x - h * 0.03, foot],
          [x - h * 0.13, foot],
        ],
    dress ? palette.accent : suit,
  );
  canvas.paint(rounded(x - h * 0.13, foot - h * 0.82, h * 0.26, h * 0.38, h * 0.06), dress ? palette.accent : suit);
  canvas.paint(circle([x, foot - h * 0.92], h * 0.085), skin);
  canvas.paint(arc([x, foot - h * 0.925], h * 0.092, 195, 345), palette.dark);
  const raised = part === 9 || random.chance(0.3);
  for (const side of [-1, 1]) {
    const hand: Point = raised
      ? [x + side * h * 0.3, foot - h * random.between(0.9, 1.08)]
      : [x + side * h * 0.2, foot - h * 0.5];
    canvas.paint(line([x + side * h * 0.12, foot - h * 0.77], hand, h * 0.055), dress ? palette.accent : suit);
    canvas.paint(circle(hand, h * 0.035), skin);
  }
  if (part === 0 || part === 3) {
    // A cello or a guitar before the body.
    const wood = mix(palette.lamp, [150, 80, 30], 0.6);
    canvas.paint(line([x - h * 0.18, foot - h * 0.3], [x + h * 0.26, foot - h * 0.82], h * 0.03), darker(wood, 0.5));
    canvas.paint(circle([x - h * 0.12, foot - h * 0.36], h * 0.12), wood);
    canvas.paint(circle([x - h * 0.03, foot - h * 0.48], h * 0.09), wood);
    canvas.paint(circle([x - h * 0.07, foot - h * 0.42], h * 0.035), palette.dark);
  }
  if (part === 2) {
    canvas.paint(line([x + h * 0.24, foot], [x + h * 0.16, foot - h * 0.8], h * 0.018), palette.wall);
    canvas.paint(circle([x + h * 0.15, foot - h * 0.82], h * 0.035), palette.wall);
  }
}

function curtain({ canvas, palette }: Studio, side: number): void {
  const cloth = darker(palette.accent, 0.35);
  const at = (x: number) => (side === -1 ? x : WIDTH - x);
  for (let fold = 0; fold < 6; fold += 1) {
    const [left, right] = [fold * 38 - 10, fold * 38 + 30];
    const hem = 560 - fold * 6;
    canvas.paint(
      [
        [at(left), 0],
        [at(right), 0],
        [at(right - fold * 12), hem],
        [at(left - fold * 12), hem + 8],
      ],
      { top: lighter(cloth, fold % 2 === 0 ? 0.12 : 0), bottom: darker(cloth, 0.45), from: 0, to: hem },
    );
  }
  for (let fold = 0; fold < 4; fold += 1)
    canvas.paint(arc([at(fold * 160 + 70), 0], 100, 0, 180, 0.62), {
      top: darker(cloth, 0.3),
      bottom: lighter(cloth, 0.1),
      from: 0,
      to: 66,
    });
}
