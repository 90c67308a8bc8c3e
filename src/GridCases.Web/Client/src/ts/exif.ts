/** Where a photo says it was taken, WGS-84. */
export interface Point { latitude: number; longitude: number }

const startOfScan = 0xda;
const isApplication = (marker: number) => marker >= 0xe1 && marker <= 0xef;

/** The segments of a JPEG before its picture: marker, and where the content lies. Nothing where it is no JPEG. */
function* segments(bytes: Uint8Array): Generator<{ marker: number; from: number; to: number }> {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === startOfScan) return;
    const to = at + 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    yield { marker, from: at + 4, to };
    at = to;
  }
}

/** Whether a JPEG tells nothing beside its picture: no Exif, no comments, nothing of any program's own; what says which colours it has may stay. */
export function isBareJpeg(bytes: Uint8Array): boolean {
  const [profile, adobe, comment] = [0xe2, 0xee, 0xfe];
  const found = [...segments(bytes)];
  return found.length > 0 && !found.some(({ marker }) => marker === comment || (isApplication(marker) && marker !== profile && marker !== adobe));
}

/** The place in a photo's Exif; null where there is none that makes sense. */
export function pointOf(bytes: Uint8Array): Point | null {
  for (const { marker, from, to } of segments(bytes)) {
    if (marker !== 0xe1 || String.fromCharCode(...bytes.subarray(from, from + 6)) !== 'Exif\0\0') continue;
    try {
      return pointIn(new DataView(bytes.buffer, bytes.byteOffset + from + 6, Math.min(to, bytes.length) - from - 6));
    } catch {
      return null; // written by something that cannot count
    }
  }
  return null;
}

function pointIn(tiff: DataView): Point | null {
  const [pointer, latitudeSide, latitude, longitudeSide, longitude] = [0x8825, 1, 2, 3, 4];
  const little = tiff.getUint16(0) === 0x4949;
  const entries = (at: number) => new Map(Array.from({ length: tiff.getUint16(at, little) }, (_, i) => at + 2 + 12 * i).map(entry => [tiff.getUint16(entry, little), entry + 8]));
  const place = entries(tiff.getUint32(4, little)).get(pointer);
  if (place === undefined) return null;
  const told = entries(tiff.getUint32(place, little));
  const degrees = (tag: number, side: number, negative: string) => {
    const [value, letter] = [told.get(tag), told.get(side)];
    if (value === undefined || letter === undefined) return NaN;
    const at = tiff.getUint32(value, little);
    const part = (i: number) => tiff.getUint32(at + 8 * i, little) / tiff.getUint32(at + 8 * i + 4, little);
    return (part(0) + part(1) / 60 + part(2) / 3600) * (String.fromCharCode(tiff.getUint8(letter)) === negative ? -1 : 1);
  };
  const point = { latitude: degrees(latitude, latitudeSide, 'S'), longitude: degrees(longitude, longitudeSide, 'W') };
  const isSomewhere = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180 && (point.latitude !== 0 || point.longitude !== 0);
  return isSomewhere ? point : null;
}
