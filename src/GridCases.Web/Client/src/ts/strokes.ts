import SignaturePad, { type PointGroup } from 'signature_pad';

/** How the pen writes, in dots of the paper. */
export const pen = { minWidth: 1, maxWidth: 3.2, penColor: '#14161c' };

/** Where the paper lies on the screen: a point of the paper times scale, moved by x and y. */
export interface View { scale: number; x: number; y: number }

export interface Box { left: number; top: number; right: number; bottom: number }

const margin = 12;
const finest = 2;
const longestSide = 1000;
const mostBytes = 190_000;

/** The box around all that was drawn, pen and margin included; null where nothing was. */
export function boxOf(strokes: PointGroup[]): Box | null {
  const points = strokes.flatMap(stroke => stroke.points);
  if (points.length === 0) return null;
  const edge = edgeOf(strokes);
  return {
    left: Math.min(...points.map(p => p.x)) - edge, top: Math.min(...points.map(p => p.y)) - edge,
    right: Math.max(...points.map(p => p.x)) + edge, bottom: Math.max(...points.map(p => p.y)) + edge,
  };
}

/** What was drawn while the paper lay small on the screen is as much broader on it. */
const edgeOf = (strokes: PointGroup[]) => Math.max(...strokes.map(stroke => stroke.maxWidth)) + margin;

/** Whether it is more than a slip of the finger: the server asks the same of the picture. */
export function isSignature(strokes: PointGroup[]): boolean {
  const box = boxOf(strokes);
  return box !== null && Math.max(box.right - box.left, box.bottom - box.top) - 2 * edgeOf(strokes) >= 12;
}

/** The paper as it lies while all that was drawn is on the screen, else moved, and no larger than it has to be. */
export function viewOn(width: number, height: number, strokes: PointGroup[]): View {
  const box = boxOf(strokes);
  if (!box) return { scale: 1, x: 0, y: 0 };
  // The margin itself may lie outside.
  if (box.left >= -margin && box.top >= -margin && box.right <= width + margin && box.bottom <= height + margin) return { scale: 1, x: 0, y: 0 };
  const scale = Math.min(1, width / (box.right - box.left), height / (box.bottom - box.top));
  return { scale, x: (width - (box.left + box.right) * scale) / 2, y: (height - (box.top + box.bottom) * scale) / 2 };
}

/** A stroke as it was drawn on the screen, on the paper. */
export const onPaper = (stroke: PointGroup, view: View): PointGroup => ({
  ...stroke,
  dotSize: stroke.dotSize / view.scale, minWidth: stroke.minWidth / view.scale, maxWidth: stroke.maxWidth / view.scale,
  points: stroke.points.map(point => ({ ...point, x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale })),
});

/** The picture that is kept: the strokes' own extent with a margin, however the screen is held and however large it is. */
export function pictureOf(strokes: PointGroup[]): string {
  const box = boxOf(strokes);
  if (!box) return '';
  for (let scale = Math.min(finest, longestSide / Math.max(box.right - box.left, box.bottom - box.top)); ; scale *= 0.8) {
    const url = inked(strokes, box, scale).toDataURL('image/png');
    if (url.length * 0.75 < mostBytes || scale < 0.1) return url;
  }
}

function inked(strokes: PointGroup[], box: Box, scale: number): HTMLCanvasElement {
  // A curve goes beyond its points where the hand was fast; by less than the way between two of them.
  const around = Math.max(0, ...strokes.flatMap(stroke => stroke.points.slice(1).map((point, i) => Math.hypot(point.x - (stroke.points[i]?.x ?? 0), point.y - (stroke.points[i]?.y ?? 0)))));
  const whole = document.createElement('canvas');
  whole.width = Math.ceil((box.right - box.left + 2 * around) * scale);
  whole.height = Math.ceil((box.bottom - box.top + 2 * around) * scale);
  const pad = new SignaturePad(whole, pen);
  const context = whole.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, (around - box.left) * scale, (around - box.top) * scale);
  pad.fromData(strokes, { clear: false });
  pad.off();
  return trimmed(whole, Math.round(margin * scale));
}

/** The picture without what is empty around it, but for a margin. */
function trimmed(whole: HTMLCanvasElement, edge: number): HTMLCanvasElement {
  const { width, height } = whole;
  const dots = whole.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!dots[(y * width + x) * 4 + 3]) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  const cut = document.createElement('canvas');
  cut.width = right - left + 1 + 2 * edge;
  cut.height = bottom - top + 1 + 2 * edge;
  cut.getContext('2d')?.drawImage(whole, edge - left, edge - top);
  return cut;
}
