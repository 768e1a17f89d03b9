// What runs in the browser, on pictures: the functions are sent there as text, so they may use nothing from outside themselves.

type InPageImage = {
  readonly naturalWidth: number;
  readonly naturalHeight: number;
  src: string;
  addEventListener(event: 'load' | 'error', listener: () => void): void;
};
type InPageCanvas = {
  width: number;
  height: number;
  getContext(kind: '2d'): { fillStyle: string; fillRect(x: number, y: number, width: number, height: number): void };
  toDataURL(type: string, quality: number): string;
};
declare const document: { createElement(name: 'canvas'): InPageCanvas; createElement(name: 'img'): InPageImage };

/** A small drawing in the browser's own encoding, as a data: address. */
export function encodedCanvas(options: {
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly quality: number;
}): string {
  const canvas = document.createElement('canvas');
  canvas.width = options.width;
  canvas.height = options.height;
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, options.width, options.height);
  pen.fillStyle = 'teal';
  pen.fillRect(0, 0, options.width / 2, options.height / 3);
  return canvas.toDataURL(options.type, options.quality);
}

/** The size as the browser shows it, "640×480"; "none" for what it cannot show. */
export function naturalSize(address: string): Promise<string> {
  return new Promise((resolve) => {
    const image = document.createElement('img');
    image.addEventListener('load', () => resolve(`${image.naturalWidth}×${image.naturalHeight}`));
    image.addEventListener('error', () => resolve('none'));
    image.src = address;
  });
}
