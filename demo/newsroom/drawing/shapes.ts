import type { Point } from './canvas.ts';
import type { Random } from './random.ts';

// The polygons that the scenes are made of. x grows to the right, y downwards.

export function rectangle(x: number, y: number, width: number, height: number): Point[] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

export function rounded(x: number, y: number, width: number, height: number, radius: number): Point[] {
  const corners: [number, number, number][] = [
    [x + width - radius, y + radius, -90],
    [x + width - radius, y + height - radius, 0],
    [x + radius, y + height - radius, 90],
    [x + radius, y + radius, 180],
  ];
  return corners.flatMap(([cx, cy, from]) => arc([cx, cy], radius, from, from + 90));
}

/** Points along an arc, in degrees clockwise from the right. */
export function arc([x, y]: Point, radius: number, from: number, to: number, flatness = 1): Point[] {
  const steps = Math.max(4, Math.ceil((Math.abs(to - from) / 360) * (20 + radius / 3)));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [x + radius * Math.cos(angle), y + radius * flatness * Math.sin(angle)] as const;
  });
}

export function circle(centre: Point, radius: number): Point[] {
  return arc(centre, radius, 0, 360);
}

export function ellipse(centre: Point, radius: number, flatness: number): Point[] {
  return arc(centre, radius, 0, 360, flatness);
}

export function line([x0, y0]: Point, [x1, y1]: Point, width: number): Point[] {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const dx = ((y1 - y0) / length) * (width / 2);
  const dy = ((x1 - x0) / length) * (width / 2);
  return [
    [x0 + dx, y0 - dy],
    [x1 + dx, y1 - dy],
    [x1 - dx, y1 + dy],
    [x0 - dx, y0 + dy],
  ];
}

/** A cloud: flat below, round above. */
export function cloud(x: number, y: number, width: number): Point[] {
  const r = width / 7;
  return [
    ...arc([x + r, y - r], r, 90, 250),
    ...arc([x + 2.6 * r, y - 2.2 * r], 1.4 * r, 190, 300),
    ...arc([x + 4.5 * r, y - 1.9 * r], 1.2 * r, 230, 350),
    ...arc([x + 6 * r, y - r], r, -70, 90),
  ];
}

/** The height of a skyline at x: a few waves of chosen size laid over each other. */
export function ridge(random: Random, base: number, height: number, roughness = 1): (x: number) => number {
  const waves = [1, 2.3, 4.7, 9.1].map((frequency, index) => ({
    frequency: (frequency * random.between(0.8, 1.2) * 2 * Math.PI) / 1500,
    phase: random.between(0, 2 * Math.PI),
    size: height * roughness ** index * 0.5 ** index,
  }));
  return (x) => waves.reduce((y, { frequency, phase, size }) => y - size * Math.sin(frequency * x + phase), base);
}

/** The ground below a ridge, down to `bottom`. */
export function ground(heightAt: (x: number) => number, width: number, bottom: number, step = 8): Point[] {
  const points: Point[] = [];
  for (let x = -step; x <= width + step; x += step) points.push([x, heightAt(x)]);
  points.push([width + step, bottom], [-step, bottom]);
  return points;
}

/** Rough mountains: straight slopes between peaks and saddles. */
export function peaks(random: Random, width: number, base: number, height: number, bottom: number): Point[] {
  const points: Point[] = [[-120, bottom]];
  for (let x = -120; x < width + 240; x += random.between(60, 130)) {
    const high = points.length % 2 === 0;
    points.push([x, base - height * (high ? random.between(0.55, 1) : random.between(0.1, 0.4))]);
  }
  points.push([width + 240, bottom]);
  return points;
}

export function conifer(x: number, foot: number, height: number): Point[] {
  const width = height * 0.42;
  const left: Point[] = [];
  const right: Point[] = [];
  for (let tier = 0; tier < 4; tier += 1) {
    const top = foot - height * (1 - tier * 0.22);
    const low = foot - height * (0.62 - tier * 0.18);
    const reach = (width / 2) * (0.42 + tier * 0.19);
    if (tier === 0) left.push([x, top]);
    left.push([x - reach, low], [x - reach * 0.5, low]);
    right.unshift([x + reach * 0.5, low], [x + reach, low]);
  }
  return [
    ...left,
    [x - width * 0.06, foot - height * 0.08],
    [x - width * 0.06, foot],
    [x + width * 0.06, foot],
    [x + width * 0.06, foot - height * 0.08],
    ...right,
  ];
}
