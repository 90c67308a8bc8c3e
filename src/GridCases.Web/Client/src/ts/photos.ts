import { fill } from './dom';
import { isBareJpeg, pointOf, type Point } from './exif';

const longestSide = 2000;
const largestPng = 1024 * 1024;
const quality = 0.85;

/** Files that may go as they are: small enough, and telling nothing beside the picture. */
const ready = new WeakSet<File>();
const points = new WeakMap<File, Point>();
/** Pictures that this browser cannot draw: they go as they came. */
const strange = new WeakSet<File>();
const held = new WeakMap<HTMLInputElement, File[]>();
const work = new Map<HTMLInputElement, Promise<void>>();

/** Whether everything that was chosen may go as it is. */
export const isReady = (input: HTMLInputElement): boolean => filesOf(input).every(file => ready.has(file));

const filesOf = (input: HTMLInputElement): File[] => [...input.files ?? []];

/** Whoever sends a form while its photos are made smaller waits for them. */
document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement;
  const busy = [...work].filter(([input]) => input.form === form).map(([, done]) => done);
  if (busy.length === 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void Promise.all(busy).then(() => form.requestSubmit(event.submitter?.isConnected ? event.submitter : null));
}, true);

/**
 * Makes what was chosen small, on the device: at most 2,000 dots a side, upright, without what the camera wrote beside the picture. Choosing again adds to what was chosen before. The field then holds the small files, and says so
 * by a change of its own.
 */
export function take(input: HTMLInputElement): void {
  const chosen = filesOf(input);
  const run = (work.get(input) ?? Promise.resolve()).then(async () => {
    say(input, input.dataset['working'] ?? '');
    const all = [...(held.get(input) ?? []).filter(file => !chosen.includes(file)), ...chosen];
    const small: File[] = [];
    for (const file of all) small.push(ready.has(file) ? file : await made(file));
    put(input, small);
  }).finally(() => { if (work.get(input) === run) work.delete(input); });
  work.set(input, run);
}

/** Shows what the field holds: somebody else may have changed it. */
export function show(input: HTMLInputElement): void {
  const files = filesOf(input);
  held.set(input, files);
  const list = listOf(input);
  if (!list) return;
  for (const image of list.querySelectorAll('img')) URL.revokeObjectURL(image.src);
  list.replaceChildren(...files.map(file => row(input, file)));
  const unread = files.filter(file => strange.has(file)).length;
  say(input, files.length === 0 ? '' : fill(input.dataset['chosen'], { n: files.length }) + (unread > 0 ? ` ${fill(input.dataset['unread'], { n: unread })}` : ''));
  offerPlace(input, files);
}

/** The row of a file, for whoever tells how far it is on its way. */
export const rowOf = (input: HTMLInputElement, index: number): HTMLElement | null => listOf(input)?.children[index] as HTMLElement | null ?? null;

const listOf = (input: HTMLInputElement): HTMLElement | null => input.closest('.field')?.querySelector('[data-photos-list]') ?? null;

function put(input: HTMLInputElement, files: File[]): void {
  const holder = new DataTransfer();
  for (const file of files) holder.items.add(file);
  input.files = holder.files;
  // The field's own files may be others than those that were put in.
  filesOf(input).forEach((file, i) => {
    const [was, point] = [files[i], files[i] && points.get(files[i])];
    ready.add(file);
    if (point) points.set(file, point);
    if (was && strange.has(was)) strange.add(file);
  });
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

function row(input: HTMLInputElement, file: File): HTMLElement {
  const item = document.createElement('li');
  if (file.type.startsWith('image/') && !strange.has(file)) {
    const image = document.createElement('img');
    image.src = URL.createObjectURL(file);
    image.alt = '';
    item.append(image);
  }
  const text = document.createElement('div');
  const name = document.createElement('b');
  name.textContent = file.name;
  const size = document.createElement('small');
  size.dataset['state'] = '';
  size.textContent = file.size < 1024 * 1024 ? `${Math.max(1, Math.round(file.size / 1024))} KB` : `${(file.size / 1024 / 1024).toFixed(1)} MB`;
  text.append(name, size);
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'btn btn-quiet';
  remove.textContent = input.dataset['remove'] ?? '';
  remove.setAttribute('aria-label', `${input.dataset['remove'] ?? ''} ${file.name}`);
  remove.addEventListener('click', () => put(input, filesOf(input).filter(other => other !== file)));
  item.append(text, remove);
  return item;
}

function say(input: HTMLInputElement, text: string): void {
  const state = input.closest('.field')?.querySelector<HTMLElement>('[data-photos-state]');
  if (state) state.textContent = text;
}

/** A photo's place is not kept in the photo; where the form asks for one, it may become the dispute's. */
function offerPlace(input: HTMLInputElement, files: File[]): void {
  const offer = input.closest('.field')?.querySelector<HTMLElement>('[data-photos-place]');
  const point = files.map(file => points.get(file)).find(Boolean);
  const [latitude, longitude] = [input.dataset['latitude'], input.dataset['longitude']].map(selector => selector ? document.querySelector<HTMLInputElement>(selector) : null);
  const button = offer?.querySelector('button');
  if (!offer || !button || !latitude || !longitude) return;
  offer.hidden = !point || (latitude.value === point.latitude.toFixed(6) && longitude.value === point.longitude.toFixed(6));
  button.onclick = () => {
    if (!point) return;
    latitude.value = point.latitude.toFixed(6);
    longitude.value = point.longitude.toFixed(6);
    offer.hidden = true;
    for (const field of [latitude, longitude]) field.dispatchEvent(new Event('change', { bubbles: true }));
  };
}

async function made(file: File): Promise<File> {
  if (!file.type.startsWith('image/')) return file;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    strange.add(file);
    return file;
  }
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const asPng = file.type === 'image/png' && scale === 1 && file.size <= largestPng;
  const small = scale === 1 && isBareJpeg(bytes) ? file : await redrawn(picture, scale, asPng ? 'image/png' : 'image/jpeg', file);
  picture.close();
  const point = pointOf(bytes);
  if (point) points.set(small, point);
  return small;
}

async function redrawn(picture: ImageBitmap, scale: number, type: string, of: File): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return of;
  context.imageSmoothingQuality = 'high';
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, type, quality));
  if (!blob) return of;
  return new File([blob], of.name.replace(/\.[^.]*$/, '') + (type === 'image/png' ? '.png' : '.jpg'), { type, lastModified: of.lastModified });
}
