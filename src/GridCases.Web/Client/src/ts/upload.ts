import { fill } from './dom';
import { release } from './forms';

type Photos = typeof import('./photos');
let photos: Photos | undefined;

/**
 * A form with a file, <form data-upload>: a file that is too large is refused before it is sent, and a bar shows how far it is. With data-many its files go one by one, each with a bar and a way to try again, and the page stays
 * where it is. <input type="file" data-photos>: what is chosen is made small on the device and shown. Without JS they are ordinary forms.
 */
export function startUpload(): void {
  // Before anybody else hears of it: what they see are the small files.
  document.addEventListener('change', event => {
    const input = event.target as HTMLInputElement;
    if (input.dataset['photos'] === undefined) return;
    if (photos?.isReady(input)) {
      photos.show(input);
      return;
    }
    event.stopImmediatePropagation();
    void loaded().then(module => module.take(input));
  }, true);
  document.addEventListener('change', event => {
    const field = event.target as HTMLInputElement;
    if (field.type !== 'file' || !field.dataset['most']) return;
    const most = Number(field.dataset['most']);
    field.setCustomValidity([...field.files ?? []].some(file => file.size > most) ? field.dataset['tooLarge'] ?? '' : '');
    field.reportValidity();
    presetKind(field);
  });
  // After the guard against sending twice: what that has stopped stays stopped.
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.dataset['upload'] === undefined) return;
    event.preventDefault();
    const field = form.querySelector<HTMLInputElement>('input[data-photos]');
    if (field && form.dataset['many'] !== undefined) void sendAll(form, field);
    else send(form);
  });
  for (const field of document.querySelectorAll<HTMLInputElement>('form[data-many] input[data-photos]')) field.multiple = true;
}

const loaded = async (): Promise<Photos> => photos ??= await import('./photos');

/** Pictures are photos, unless somebody has said otherwise. */
function presetKind(field: HTMLInputElement): void {
  const kind = field.form?.querySelector<HTMLSelectElement>('select[name=kind]');
  const preset = field.dataset['kind'];
  if (kind?.value === '' && preset && field.files?.length && [...field.files].every(file => file.type.startsWith('image/'))) kind.value = preset;
}

/** Sends the files one after another; what could not be sent stays chosen. */
async function sendAll(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const module = await loaded();
  const files = [...field.files ?? []];
  const left: File[] = [];
  notice(form, '');
  for (const [i, file] of files.entries()) {
    const row = module.rowOf(field, i);
    const problem = await sendOne(form, file, row);
    row?.querySelector('progress')?.remove();
    row?.querySelector('button')?.remove();
    const state = row?.querySelector<HTMLElement>('[data-state]');
    if (state) state.textContent = problem ?? form.dataset['sent'] ?? '';
    row?.classList.toggle('is-problem', problem !== null);
    if (problem !== null) left.push(file);
    if (problem !== null) notice(form, files.length > 1 ? `${file.name}：${problem}` : problem);
  }
  release();
  if (left.length === 0) {
    await refresh(form, files.length);
    return;
  }
  // The button now sends these again; what was sent is not sent twice.
  const holder = new DataTransfer();
  for (const file of left) holder.items.add(file);
  const problems = new Map(left.map((file, i) => [i, module.rowOf(field, files.indexOf(file))?.querySelector('[data-state]')?.textContent ?? '']));
  field.files = holder.files;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  for (const [i, problem] of problems) {
    const row = module.rowOf(field, i);
    row?.classList.add('is-problem');
    const state = row?.querySelector('[data-state]');
    if (state) state.textContent = problem;
    if (row) row.querySelector('div')?.after(again(form));
  }
}

function again(form: HTMLFormElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn';
  button.textContent = form.dataset['again'] ?? '';
  button.addEventListener('click', () => form.requestSubmit(form.querySelector<HTMLButtonElement>('button.btn-primary')));
  return button;
}

/** Sends one file with what was chosen beside it; what was wrong, or null. */
function sendOne(form: HTMLFormElement, file: File, row: HTMLElement | null): Promise<string | null> {
  const data = new FormData();
  // What is checked before the file stands before it.
  for (const [name, value] of new FormData(form)) if (!(value instanceof File)) data.append(name, value);
  data.append('file', file);
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  row?.append(bar);
  const request = new XMLHttpRequest();
  request.upload.addEventListener('progress', event => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  return new Promise(done => {
    request.addEventListener('load', () => {
      if (request.status < 400) {
        done(null);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, 'text/html');
      const signedOut = request.status === 401 ? page.querySelector('[data-signed-out]') : null;
      if (signedOut && !document.querySelector('[data-signed-out]')) form.before(signedOut);
      done(problemsOf(page) || (signedOut?.textContent?.trim() ?? form.dataset['failed'] ?? ''));
    });
    request.addEventListener('error', () => done(form.dataset['failed'] ?? ''));
    request.open('POST', form.action);
    request.setRequestHeader('X-Followed', 'stay');
    request.send(data);
  });
}

/** Shows the files where they were put, without moving the page. A page that is only the form goes where they are. */
async function refresh(form: HTMLFormElement, count: number): Promise<void> {
  const next = form.dataset['many'] ?? '';
  if (!document.querySelector('#files')) {
    location.assign(next);
    return;
  }
  const page = new DOMParser().parseFromString(await (await fetch(next)).text(), 'text/html');
  for (const part of ['#files', '#journal > .timeline', '#file']) {
    const [was, is] = [document.querySelector(part), page.querySelector(part)];
    if (was && is) was.replaceWith(document.importNode(is, true));
  }
  const told = document.createElement('div');
  told.className = 'notice notice-good';
  told.setAttribute('role', 'status');
  told.textContent = fill(form.dataset['done'], { n: count });
  const panel = document.querySelector('#files');
  panel?.querySelector('.panel-head')?.after(told);
  for (const field of panel?.querySelectorAll<HTMLInputElement>('form[data-many] input[data-photos]') ?? []) field.multiple = true;
  told.scrollIntoView({ block: 'nearest' });
}

function notice(form: HTMLFormElement, sentence: string): void {
  const shown = form.querySelector<HTMLElement>('[data-upload-problem]');
  const text = shown?.querySelector('p');
  if (!shown || !text) return;
  text.textContent = sentence;
  shown.hidden = sentence === '';
  if (sentence) shown.scrollIntoView({ block: 'nearest' });
}

const problemsOf = (page: Document): string =>
  [...page.querySelectorAll('form[data-upload] .invalid-feedback span, form[data-upload] [data-upload-problem]:not([hidden]) p')].map(e => e.textContent?.trim()).filter(Boolean).join(' ');

function send(form: HTMLFormElement): void {
  const bar = form.querySelector('progress');
  const request = new XMLHttpRequest();
  const fail = (sentence: string) => {
    release();
    if (bar) bar.hidden = true;
    notice(form, sentence);
  };
  request.upload.addEventListener('progress', event => {
    if (!bar || !event.lengthComputable) return;
    bar.hidden = false;
    bar.value = 100 * event.loaded / event.total;
  });
  request.addEventListener('load', () => {
    if (request.getResponseHeader('Content-Type')?.startsWith('application/json')) {
      location.assign((JSON.parse(request.responseText) as { next: string }).next);
      return;
    }
    // A refusal is the page that says why, or holds the way to sign in. Anything else is shown as it is.
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const signIn = request.status === 401 ? page.querySelector('[data-signed-out] a')?.getAttribute('href') : null;
    if (signIn) {
      location.assign(signIn);
      return;
    }
    if (request.status >= 400) fail(problemsOf(page) || (form.dataset['failed'] ?? ''));
    else location.assign(request.responseURL);
  });
  request.addEventListener('error', () => fail(form.dataset['failed'] ?? ''));
  request.open('POST', form.action);
  request.setRequestHeader('X-Followed', '1');
  request.send(new FormData(form));
}
