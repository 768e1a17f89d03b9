import { HEIGHT, type Studio, WIDTH } from '../drawing/backdrop.ts';
import type { Point } from '../drawing/canvas.ts';
import { type Colour, lighter, mix, WHITE } from '../drawing/colour.ts';
import { arc, circle, ellipse, line, rectangle, rounded } from '../drawing/shapes.ts';

export function laboratory(studio: Studio): void {
  const { canvas, random, palette } = studio;
  const wall = mix(palette.skyTop, palette.wall, 0.55);
  canvas.paint(rectangle(0, 0, WIDTH, HEIGHT), {
    top: lighter(wall, 0.1),
    bottom: lighter(wall, 0.35),
    from: 0,
    to: 500,
  });
  const left = random.chance(0.5) ? 70 : 620;
  molecule(studio, [left === 70 ? random.between(760, 1040) : random.between(160, 440), random.between(150, 200)]);
  for (const y of [150, 280]) {
    canvas.paint(rectangle(left, y, 510, 12), mix(palette.wall, palette.dark, 0.45));
    for (let x = left + 14; x < left + 470; x += random.between(44, 74)) bottle(studio, x, y, random.between(50, 84));
  }
  canvas.glow([random.between(300, 900), 380], 420, WHITE, 0.35);
  const bench = 520;
  canvas.paint(rectangle(0, bench, WIDTH, 26), {
    top: lighter(palette.wall, 0.5),
    bottom: palette.wall,
    from: bench,
    to: bench + 26,
  });
  canvas.paint(rectangle(0, bench + 26, WIDTH, 140), {
    top: mix(palette.second, palette.dark, 0.45),
    bottom: palette.dark,
    from: bench,
    to: HEIGHT,
  });
  for (let x = 40; x < WIDTH; x += 230) {
    canvas.paint(rounded(x, bench + 48, 200, 90, 8), mix(palette.second, palette.dark, 0.3));
    canvas.paint(rounded(x + 76, bench + 62, 48, 9, 4), palette.wall);
  }
  const places = [150, 400, 640, 860, 1060].map((x) => x + random.between(-24, 24));
  const microscopeAt = random.whole(0, 4);
  for (const [index, x] of places.entries()) {
    const liquid = random.pick([palette.accent, palette.second, palette.lamp, palette.near]);
    if (index === microscopeAt) microscope(studio, x, bench);
    else if (random.chance(0.4)) testTubes(studio, x, bench);
    else flask(studio, x, bench, random.between(120, 190), liquid);
  }
}

function bottle({ canvas, random, palette }: Studio, x: number, foot: number, height: number): void {
  const glass = random.pick([palette.accent, palette.second, palette.near, palette.lamp]);
  const width = random.between(26, 38);
  canvas.paint(rounded(x, foot - height * 0.72, width, height * 0.72, 4), {
    top: lighter(glass, 0.35),
    bottom: glass,
    from: foot - height,
    to: foot,
  });
  canvas.paint(rectangle(x + width * 0.3, foot - height, width * 0.4, height * 0.32), lighter(glass, 0.3));
  canvas.paint(rectangle(x + width * 0.24, foot - height - 5, width * 0.52, 9), palette.dark);
  canvas.paint(rectangle(x + 4, foot - height * 0.5, width - 8, height * 0.22), WHITE, 0.85);
}

function flask({ canvas, random, palette }: Studio, x: number, foot: number, height: number, liquid: Colour): void {
  const half = height * 0.42;
  const neck = height * 0.09;
  const shoulder = foot - height * 0.62;
  const glass = mix(WHITE, palette.skyTop, 0.25);
  canvas.paint(ellipse([x, foot + 4], half * 1.05, 0.1), palette.dark, 0.2);
  canvas.paint(
    [
      [x - neck, foot - height],
      [x + neck, foot - height],
      [x + neck, shoulder],
      [x + half, foot],
      [x - half, foot],
      [x - neck, shoulder],
    ],
    glass,
    0.65,
  );
  const level = random.between(0.3, 0.7);
  const surface = foot - height * 0.62 * level;
  const reach = half + (neck - half) * level;
  canvas.paint(
    [
      [x - reach, surface],
      [x + reach, surface],
      [x + half - 3, foot - 3],
      [x - half + 3, foot - 3],
    ],
    { top: lighter(liquid, 0.25), bottom: liquid, from: surface, to: foot },
  );
  canvas.paint(ellipse([x, surface], reach, 0.12), lighter(liquid, 0.45));
  canvas.paint(rounded(x - neck - 5, foot - height - 6, neck * 2 + 10, 11, 5), glass);
  canvas.paint(line([x - neck * 0.5, shoulder + 4], [x - half * 0.66, foot - 14], 5), WHITE, 0.55);
  for (let bubble = 0; bubble < 6; bubble += 1)
    canvas.paint(
      circle([x + random.between(-reach, reach) * 0.6, random.between(surface + 8, foot - 10)], random.between(2.5, 6)),
      WHITE,
      0.45,
    );
}

function testTubes({ canvas, random, palette }: Studio, x: number, foot: number): void {
  for (let tube = -2; tube <= 2; tube += 1) {
    const left = x + tube * 30 - 9;
    const liquid = random.pick([palette.accent, palette.second, palette.lamp, palette.near]);
    canvas.paint([[left, foot - 120], [left + 18, foot - 120], ...arc([left + 9, foot - 22], 9, 0, 180)], WHITE, 0.7);
    const level = random.between(40, 84);
    canvas.paint(
      [[left + 2, foot - 14 - level], [left + 16, foot - 14 - level], ...arc([left + 9, foot - 22], 7, 0, 180)],
      liquid,
    );
  }
  for (const y of [foot - 92, foot - 40])
    canvas.paint(rectangle(x - 86, y, 172, 12), mix(palette.wall, palette.dark, 0.5));
  for (const side of [-86, 76])
    canvas.paint(rectangle(x + side, foot - 104, 10, 104), mix(palette.wall, palette.dark, 0.62));
}

function microscope({ canvas, palette }: Studio, x: number, foot: number): void {
  const body = lighter(palette.dark, 0.08);
  canvas.paint(ellipse([x, foot + 4], 96, 0.1), palette.dark, 0.2);
  canvas.paint(rounded(x - 84, foot - 22, 168, 22, 9), body);
  canvas.paint([...arc([x + 4, foot - 110], 96, -70, 80), ...arc([x + 4, foot - 110], 70, 80, -70)], body);
  canvas.paint(rectangle(x - 64, foot - 82, 112, 12), lighter(palette.dark, 0.25));
  canvas.paint(line([x + 20, foot - 236], [x - 28, foot - 118], 38), {
    top: lighter(palette.wall, 0.4),
    bottom: palette.wall,
    from: foot - 236,
    to: foot - 118,
  });
  canvas.paint(line([x + 34, foot - 268], [x + 18, foot - 230], 26), body);
  canvas.paint(line([x - 26, foot - 122], [x - 36, foot - 96], 18), palette.accent);
  canvas.paint(circle([x + 66, foot - 86], 18), palette.accent);
  canvas.glow([x - 38, foot - 80], 60, palette.lamp, 0.6);
}

function molecule({ canvas, random, palette }: Studio, [x, y]: Point): void {
  const atoms = Array.from({ length: 6 }, (_, index): Point => [
    x + 62 * Math.cos((index * Math.PI) / 3),
    y + 62 * Math.sin((index * Math.PI) / 3),
  ]);
  const arms = atoms
    .filter(() => random.chance(0.6))
    .map(([ax, ay]): [Point, Point] => [
      [ax, ay],
      [x + (ax - x) * 1.85, y + (ay - y) * 1.85],
    ]);
  const ink = mix(palette.second, palette.wall, 0.35);
  for (const [index, atom] of atoms.entries()) canvas.paint(line(atom, atoms[(index + 1) % 6]!, 6), ink, 0.6);
  for (const [from, to] of arms) canvas.paint(line(from, to, 6), ink, 0.6);
  for (const [index, atom] of [...atoms, ...arms.map(([, end]) => end)].entries())
    canvas.paint(
      circle(atom, index < 6 ? 14 : 18),
      index % 3 === 0 ? palette.accent : index % 3 === 1 ? palette.second : palette.lamp,
      0.85,
    );
}
