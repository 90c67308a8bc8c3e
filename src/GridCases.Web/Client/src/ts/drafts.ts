import { all, fill, onContent, when } from './dom';
import { canKeep, listDrafts, listKept, newId, readPhoto, removeDraft, saveDraft, wanted, wipe, type Content, type Draft, type Photo, type Post, type Problem } from './draftStore';
import { addRow } from './forms';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

let user = '';
const says = document.querySelector<HTMLElement>('[data-draft-says]')?.dataset ?? {};
const keepers = new Map<HTMLFormElement, Keeper>();
const delay = 150;
const longestWait = 1500;
let drafts: Promise<Draft[]> = Promise.resolve([]);
let leaving = false;

/**
 * Every form that is posted and has a field to type in keeps what was typed on this device until the server says that it took the form: no page has to ask for it.
 * A draft belongs to a user and to one form of one page. The form carries the draft's id along; the answer to a form that was taken is a cookie with that id, so
 * that only this draft goes, and only then. Of files only photos are kept; passwords and one-time codes never are.
 * <form data-outbox="address">: without a network the form goes out from here later (outbox.ts).
 */
export function startDrafts(): void {
  user = document.body.dataset['user'] ?? '';
  if (!user) return;
  document.addEventListener('submit', onSubmit, true);
  // The worker found no network for a form that was sent (sw.ts).
  const unsent = new URLSearchParams(location.search).get('unsent');
  if (unsent) history.replaceState(null, '', location.pathname);
  drafts = canKeep() ? forgetTaken().then(() => unsent ? putOut(unsent) : undefined).then(() => listDrafts(user, serverNow())) : Promise.reject(new Error('no WebCrypto'));
  onContent(() => { for (const form of document.forms) if (keepsText(form) && !keepers.has(form)) keepers.set(form, new Keeper(form)); });
  if (document.querySelector('[data-drafts],[data-outbox-list]')) {
    const show = () => void drafts.then(() => import('./draftList')).then(list => list.showLists(user, says, serverNow())).catch(() => undefined);
    show();
    document.addEventListener('outbox', show);
  }
  // A file that was asked for by a form leaves the page as it is; another tab may have sent a form.
  for (const event of ['focus', 'pageshow', 'visibilitychange']) window.addEventListener(event, () => { if (canKeep()) void forgetTaken(); });
  document.addEventListener('visibilitychange', () => { if (document.hidden) for (const keeper of keepers.values()) void keeper.flush(); });
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  // Later, even where there was nothing to wait for: a form is not sent anew while it is asked whether it may be sent.
  const again = () => window.setTimeout(() => {
    form.dataset['kept'] = '';
    form.requestSubmit(event.submitter?.isConnected ? event.submitter : null);
  });
  if (form.dataset['kept'] !== undefined) {
    delete form.dataset['kept'];
    return;
  }
  const hold = () => { event.preventDefault(); event.stopImmediatePropagation(); };
  if (form.matches('[data-draft-wipe]')) {
    hold();
    void signOut().then(goes => { if (goes) again(); });
    return;
  }
  const keeper = keepers.get(form);
  if (!keeper) return;
  const goesOut = form.dataset['outbox'] !== undefined && canKeep() && !(event.submitter as HTMLButtonElement | null)?.formNoValidate;
  // A page that came from this device has no token of the server's: what is written there goes out from the outbox, network or not.
  if (goesOut && (document.body.dataset['offline'] !== undefined || !navigator.onLine)) {
    hold();
    void keeper.sendLater(event.submitter);
    return;
  }
  if (goesOut) keeper.noteSending(event.submitter);
  if (!navigator.onLine && keeper.warnOffline()) hold();
  // What was typed last is kept before the page goes; a slow disk holds nobody up for long.
  else if (keeper.waits) {
    hold();
    void Promise.race([keeper.flush(), new Promise(done => window.setTimeout(done, longestWait))]).then(again, again);
  }
}

/** Signing out takes one's drafts along; whoever has some is asked. Without a network nobody is signed out. */
async function signOut(): Promise<boolean> {
  if (!navigator.onLine) return true;
  try {
    await Promise.all([...keepers.values()].map(keeper => keeper.flush()));
    const kept = (await listKept(user, null)).filter(draft => draft.stage !== 'sent' || (draft.files?.length ?? 0) > 0);
    if (kept.length > 0 && !window.confirm(fill(says['leaving'], { n: kept.length }))) return false;
    leaving = true;
    delete document.body.dataset['user'];
    await wipe(user);
  } catch {
    // Nothing could be kept, so nothing is left.
  }
  return true;
}

/** Now by the server's clock, as far as the page is from there. */
function serverNow(): number | null {
  const now = Number(document.body.dataset['now']);
  return now > 0 ? now : null;
}

/** What was on its way when the network was lost waits for it. */
async function putOut(id: string): Promise<void> {
  const draft = (await listDrafts(user)).find(one => one.id === id && one.post);
  const form = document.querySelector<HTMLFormElement>('form[data-outbox]');
  if (!draft || !form) return;
  const { id: _id, form: name, mark, at: _at, stage: _stage, tried: _tried, ...content } = draft;
  const { id: out } = await saveDraft(user, id, name, content, mark, new Map(), 'out');
  goOut(form, out);
}

/** What is out is shown by what also shows the lists. */
const goOut = (form: HTMLFormElement, id: string) => void import('./draftList').then(list => list.showOut(form, id, user, says));

/** Drafts whose forms the server took. */
async function forgetTaken(): Promise<void> {
  for (const [, cookie = '', id = ''] of document.cookie.matchAll(/(gridcases\.taken\.([0-9a-f]{32}))=/g)) {
    await removeDraft(user, id);
    document.cookie = `${cookie}=; path=/; max-age=0`;
    for (const keeper of keepers.values()) keeper.forget(id);
  }
}

function keepsText(form: HTMLFormElement): boolean {
  // What is searched for may be a phone or an ID number: it is posted so that it stands nowhere, on the device neither.
  return form.getAttribute('method')?.toLowerCase() === 'post' && form.getAttribute('role') !== 'search' && fieldsOf(form).some(isText);
}

const isText = (field: Field) => field instanceof HTMLTextAreaElement
  || (field instanceof HTMLInputElement && ['text', 'search', 'tel', 'url', 'email', 'number', 'date', 'time', 'datetime-local', 'month'].includes(field.type));
/** Whether it is not as the server gave it. What was left so may be otherwise on record when the draft comes back. */
const isChanged = (field: Field) => field instanceof HTMLSelectElement ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(option => option.defaultSelected))
  : isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue || field.dataset['draftKeep'] !== undefined;
const isTicked = (field: Field): field is HTMLInputElement => field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox');

function fieldsOf(form: HTMLFormElement): Field[] {
  return ([...form.elements] as Field[]).filter(field => field.matches('input[name],select[name],textarea[name]')
    && (field.dataset['draftKeep'] !== undefined || !['hidden', 'password', 'file', 'submit', 'image', 'reset', 'button'].includes(field.type)) && field.autocomplete !== 'one-time-code');
}

const keyOf = (form: HTMLFormElement) => ([...form.elements] as HTMLInputElement[]).find(field => field.type === 'hidden' && /(^|\.)(Idempotency)?Key$/i.test(field.name));

/** Where the form is sent, or the page's own address: the page is opened there again, with the form unfolded. */
function addressOf(form: HTMLFormElement): URL {
  const address = new URL(form.getAttribute('action') || location.href, location.href);
  address.searchParams.delete('handler');
  return address;
}

/** An address that says the same says it in the same words. */
function nameOf(form: HTMLFormElement): string {
  if (form.dataset['form']) return `${location.pathname}#${form.dataset['form']}`;
  const action = form.getAttribute('action');
  const address = action ? new URL(action, location.href) : addressOf(form);
  for (const [name, value] of [...address.searchParams]) if (value === '') address.searchParams.delete(name);
  address.searchParams.sort();
  return address.pathname + address.search;
}

const photoFields = (form: HTMLFormElement) => all<HTMLInputElement>('input[type=file][data-photos][name]', form);
const nameOfFile = (field: HTMLInputElement, file: File) => [field.name, file.name, file.size, file.lastModified].join('|');

/** What a browser would send, but for the session's token and the files. */
function postOf(form: HTMLFormElement, submitter: HTMLElement | null): Post {
  const fields = [...new FormData(form, submitter)].filter((field): field is [string, string] => typeof field[1] === 'string' && !['__RequestVerificationToken', '__draft'].includes(field[0]));
  return { address: form.dataset['outbox'] ?? '', fields };
}

function titleOf(form: HTMLFormElement): string {
  const part = form.closest('.action-form')?.querySelector('h2') ?? form.closest('details:not(.part)')?.querySelector('summary') ?? form.closest('section')?.querySelector('h2');
  const words = [document.querySelector('h1')?.textContent, part ? [...part.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())?.textContent : null];
  return words.map(text => text?.trim()).filter(Boolean).join(' · ');
}

/** Keeps one form. */
class Keeper {
  private readonly name: string;
  private readonly restored: Promise<void>;
  private readonly touched = new Set<Field>();
  private readonly given: (() => void)[] = [];
  private filling = false;
  private gone = false;
  private id: string | null = null;
  private mark: string | null = null;
  private posted = false;
  private post: Post | null = null;
  /** Photos that are on the device already, by what tells a file apart. */
  private photos = new Map<string, Photo>();
  private dirty = false;
  private warned = false;
  private timer = 0;
  private saving: Promise<void> | null = null;
  private note: HTMLElement | null = null;
  private state: HTMLElement | null = null;

  constructor(private readonly form: HTMLFormElement) {
    this.name = nameOf(form);
    this.restored = this.restore();
    for (const kind of ['input', 'change', 'rows']) form.addEventListener(kind, event => this.changed(event));
    // Fields that stand elsewhere and belong to the form by its id.
    for (const field of fieldsOf(form)) if (!form.contains(field)) field.addEventListener('change', event => this.changed(event));
  }

  get waits(): boolean { return this.dirty || this.saving !== null; }

  forget(id: string): void {
    if (id !== this.id) return;
    [this.id, this.mark, this.posted, this.post] = [null, null, false, null];
    this.photos.clear();
    this.hidden()?.remove();
    this.state?.remove();
  }

  /** What is sent is kept with the draft: should there be no network, it can go out as it was pressed. */
  noteSending(submitter: HTMLElement | null): void {
    this.post = postOf(this.form, submitter);
    this.dirty = true;
  }

  /** Puts the form out, to be sent when there is a network. */
  async sendLater(submitter: HTMLElement | null): Promise<void> {
    if (this.gone) return;
    await this.restored;
    await this.flush();
    const missing = ([...this.form.elements] as Field[]).filter(field => field.required && !field.disabled && field.value.trim() === '');
    this.showErrors(Object.fromEntries(missing.map(field => [field.name, [says['missing'] ?? '']])));
    if (missing.length > 0) {
      this.say('missing', { n: missing.length });
      missing[0]?.focus();
      return;
    }
    if (this.gone) return;
    this.gone = true; // pressed twice, it goes once
    try {
      const { files, added } = await this.filesNow();
      const { id } = await saveDraft(user, this.id ?? newId(), this.name, { ...this.content(), files, post: postOf(this.form, submitter) }, this.mark, added, 'out');
      goOut(this.form, id);
    } catch (problem) {
      this.gone = false;
      this.sayProblem(problem);
    }
  }

  /** Tells once that there is no network; whoever sends again gets the browser's own word on it. */
  warnOffline(): boolean {
    const first = !this.warned;
    this.warned = true;
    void this.flush().then(() => this.say(this.id ? 'offline' : 'unsent'));
    return first;
  }

  flush(): Promise<void> {
    window.clearTimeout(this.timer);
    return this.saving ?? (this.dirty ? this.save() : Promise.resolve());
  }

  private changed(event: Event): void {
    if (this.filling) return;
    this.touched.add(event.target as Field);
    this.dirty = true;
    // What is not kept yet is not said to be; the line stays as high as it is.
    if (this.state?.isConnected) this.state.textContent = '\u00A0';
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), delay);
  }

  private save(): Promise<void> {
    this.saving = (async () => {
      // Nothing is written over what has not been shown yet.
      await this.restored;
      while (this.dirty) {
        this.dirty = false;
        await this.write();
      }
    })().finally(() => { this.saving = null; });
    return this.saving;
  }

  private async write(): Promise<void> {
    if (leaving || this.gone) return;
    try {
      if (!canKeep()) throw new Error('no WebCrypto');
      const { files, added } = await this.filesNow();
      if (!this.posted && files.length === 0 && !fieldsOf(this.form).some(field => isText(field) && isChanged(field))) {
        if (this.id) await removeDraft(user, this.id);
        if (this.id) this.forget(this.id);
        return;
      }
      const kept = await saveDraft(user, this.id ?? newId(), this.name, { ...this.content(), ...(files.length > 0 && { files }), ...(this.post && { post: this.post }) }, this.mark, added);
      this.carry(kept.id, kept.mark);
      this.rememberPhotos(files, kept.files);
      this.say('saved');
    } catch (problem) {
      this.sayProblem(problem);
    }
  }

  private sayProblem(problem: unknown): void {
    const { name } = problem as DOMException;
    this.say(!canKeep() ? 'insecure' : name === 'QuotaExceededError' ? 'full' : name === 'VersionError' ? 'newer' : 'refused');
  }

  /** The photos of the form, and the bytes of those that are not on the device yet. A page without a field for them leaves them as they are. */
  private async filesNow(): Promise<{ files: Photo[]; added: Map<string, ArrayBuffer> }> {
    const [fields, files, added] = [photoFields(this.form), [] as Photo[], new Map<string, ArrayBuffer>()];
    if (fields.length === 0) return { files: [...this.photos.values()], added };
    for (const field of fields) for (const file of field.files ?? []) {
      const photo = this.photos.get(nameOfFile(field, file)) ?? { id: newId(), input: field.name, name: file.name, type: file.type, modified: file.lastModified };
      if (!this.photos.has(nameOfFile(field, file))) added.set(photo.id, await file.arrayBuffer());
      files.push(photo);
    }
    return { files, added };
  }

  /** Written once, a photo is not written again; in a draft that became another one it has another id. */
  private rememberPhotos(files: Photo[], kept: Photo[]): void {
    const all = photoFields(this.form).flatMap(field => [...field.files ?? []].map(file => nameOfFile(field, file)));
    if (photoFields(this.form).length > 0 && all.length === files.length) this.photos = new Map(all.map((name, i) => [name, kept[i]!]));
  }

  private async fillPhotos(draft: Draft): Promise<boolean> {
    const photos = draft.files ?? [];
    const fields = photoFields(this.form);
    if (fields.length === 0) this.photos = new Map(photos.map(photo => [photo.id, photo]));
    let isFilled = false;
    for (const field of fields.filter(one => (one.files?.length ?? 0) === 0)) {
      const chosen = new DataTransfer();
      for (const photo of photos.filter(one => one.input === field.name)) {
        const bytes = await readPhoto(user, photo.id);
        if (!bytes) continue;
        const file = new File([bytes], photo.name, { type: photo.type, lastModified: photo.modified });
        chosen.items.add(file);
        this.photos.set(nameOfFile(field, file), photo);
      }
      if (chosen.files.length === 0) continue;
      this.filling = true;
      field.files = chosen.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
      this.filling = false;
      isFilled = true;
    }
    return isFilled;
  }

  /** Says at each field what is wrong with it, as the server's own page does. */
  private showErrors(errors: Record<string, string[]>): void {
    for (const old of all('[data-said]', this.form)) {
      const field = this.form.querySelector(`[aria-describedby="${old.id}"]`);
      field?.classList.remove('is-invalid');
      for (const name of ['aria-invalid', 'aria-describedby']) field?.removeAttribute(name);
      old.remove();
    }
    for (const [name, sentences] of Object.entries(errors)) {
      const field = ([...this.form.elements] as Field[]).find(one => one.name === name && one.type !== 'hidden');
      if (!field) continue;
      field.classList.add('is-invalid');
      field.setAttribute('aria-invalid', 'true');
      const said = document.createElement('div');
      [said.id, said.className, said.dataset['said']] = [`${field.id || field.name}-said`, 'invalid-feedback', ''];
      said.innerHTML = '<svg class="icon" aria-hidden="true"><use href="/dist/icons.svg#info-circle"/></svg><span></span>';
      said.querySelector('span')!.textContent = sentences.join(' ');
      field.setAttribute('aria-describedby', said.id);
      field.after(said);
      for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
    }
  }

  /** Why the server did not take it: on top, and at the fields. */
  private showProblem(problem: Problem): void {
    const note = document.createElement('div');
    note.className = 'notice notice-problem draft-note';
    note.setAttribute('role', 'alert');
    const fields = new Set(([...this.form.elements] as Field[]).filter(field => field.type !== 'hidden').map(field => field.name));
    note.textContent = [fill(says['problem'], { title: problem.title }), ...Object.entries(problem.errors).filter(([name]) => !fields.has(name)).flatMap(([, sentences]) => sentences)].join(' ');
    this.form.before(note);
    this.showErrors(problem.errors);
  }

  /** The form takes the draft's id along; before a file, as fields have to be. */
  private carry(id: string, mark: string): void {
    [this.id, this.mark] = [id, mark];
    let hidden = this.hidden();
    if (!hidden) {
      hidden = document.createElement('input');
      hidden.type = 'hidden';
      hidden.name = '__draft';
      this.form.prepend(hidden);
    }
    hidden.value = id;
  }

  private content(): Content {
    const everything = fieldsOf(this.form);
    const changed = new Set(everything.filter(field => this.posted || isChanged(field)).map(field => field.name));
    const fields: Record<string, string[]> = {};
    for (const field of everything.filter(field => changed.has(field.name))) {
      const values = fields[field.name] ??= [];
      if (!isTicked(field) || field.checked) values.push(field.value);
    }
    const words = everything.find(field => isText(field) && field.value.trim() !== '' && changed.has(field.name))?.value.trim().slice(0, 40) ?? '';
    const rows: Record<string, number[]> = {};
    for (const [list] of this.lists()) rows[`#${list.id}`] = all('[data-repeat-row]', list).map(numberOf);
    return { link: addressOf(this.form).href.slice(location.origin.length), title: titleOf(this.form), words, key: keyOf(this.form)?.value ?? '', fields, rows };
  }

  /** The lists of rows that can be added to, with the rows' template. */
  private lists(): [HTMLElement, HTMLTemplateElement][] {
    return all<HTMLElement>('[data-repeat]', this.form).flatMap(button => {
      const list = document.querySelector<HTMLElement>(button.dataset['repeatInto'] || 'none');
      const template = document.querySelector<HTMLTemplateElement>(button.dataset['repeat'] || 'none');
      return list && template ? [[list, template] as [HTMLElement, HTMLTemplateElement]] : [];
    });
  }

  private async restore(): Promise<void> {
    let kept: Draft[];
    try {
      kept = (await drafts).filter(draft => draft.form === this.name);
    } catch {
      return; // said when something is typed
    }
    // A form that came back from the server holds what was typed, and goes on being the same draft.
    const sent = kept.find(draft => draft.id === document.body.dataset['draftPosted']);
    if (sent) {
      this.carry(sent.id, sent.mark);
      [this.posted, this.dirty] = [true, true];
      // The server gives back what was typed, but no files: those are here.
      if (await this.fillPhotos(sent)) document.querySelector('[data-photos-lost]')?.remove();
      window.setTimeout(() => void this.flush());
      return;
    }
    const choice = sessionStorage.getItem(wanted);
    if (choice === 'new') {
      sessionStorage.removeItem(wanted);
      return;
    }
    const draft = kept.find(one => one.id === choice) ?? kept[0];
    if (!draft) return;
    this.carry(draft.id, draft.mark);
    const isFilled = this.fill(draft);
    if (await this.fillPhotos(draft) || isFilled) this.tell(draft);
    if (draft.problem) this.showProblem(draft.problem);
  }

  /** Whether anything changed. What somebody has begun to type meanwhile stays. */
  private fill(draft: Draft): boolean {
    let changed = false;
    const key = keyOf(this.form);
    for (const field of [key, ...fieldsOf(this.form).filter(one => one.dataset['draftKeep'] !== undefined) as HTMLInputElement[]]) {
      const was = field?.value;
      if (field && was !== undefined) this.given.push(() => { field.value = was; });
    }
    this.filling = true;
    for (const [list, template] of this.lists()) {
      const numbers = draft.rows[`#${list.id}`] ?? [];
      const rows = [...list.children];
      this.given.push(() => list.replaceChildren(...rows));
      for (const row of all('[data-repeat-row]', list)) if (!numbers.includes(numberOf(row))) { row.remove(); changed = true; }
      const there = all('[data-repeat-row]', list).map(numberOf);
      for (const number of numbers) if (!there.includes(number)) { addRow(list, template, number); changed = true; }
    }
    const next: Record<string, number> = {};
    const filled: Field[] = [];
    for (const field of fieldsOf(this.form)) {
      const values = draft.fields[field.name];
      if (!values) continue;
      const at = isTicked(field) ? 0 : next[field.name] ?? 0;
      if (!isTicked(field)) next[field.name] = at + 1;
      if (this.touched.has(field)) continue;
      if (isTicked(field)) {
        const ticked = values.includes(field.value);
        if (field.checked === ticked) continue;
        field.checked = ticked;
      } else {
        const value = values[at];
        if (value === undefined || field.value === value || (field instanceof HTMLSelectElement && ![...field.options].some(option => option.value === value))) continue;
        field.value = value;
      }
      filled.push(field);
    }
    if (key && draft.key) key.value = draft.key;
    for (const field of filled) {
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
      for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
    }
    this.filling = false;
    if (filled.length > 0 && !document.querySelector('.action-form.is-open, .action-form:target')) this.form.closest('.action-form')?.classList.add('is-open');
    return changed || filled.length > 0;
  }

  private tell(draft: Draft): void {
    const note = document.createElement('div');
    note.className = 'notice draft-note';
    note.setAttribute('role', 'status');
    const text = document.createElement('div');
    text.textContent = `${says['restored'] ?? ''} ${when(draft.at)}`;
    const discard = document.createElement('button');
    discard.type = 'button';
    discard.className = 'btn btn-quiet';
    discard.textContent = says['discard'] ?? '';
    discard.addEventListener('click', () => void this.discard());
    note.append(text, discard);
    // Where several are written side by side, another one can be begun.
    if (this.form.dataset['outbox'] !== undefined) {
      const another = document.createElement('a');
      another.className = 'btn btn-quiet';
      another.href = location.pathname;
      another.textContent = says['another'] ?? '';
      another.addEventListener('click', () => sessionStorage.setItem(wanted, 'new'));
      note.append(another);
    }
    this.form.before(note);
    this.note = note;
  }

  /** The form is as the server gave it. */
  private async discard(): Promise<void> {
    await this.flush();
    if (this.id) {
      await removeDraft(user, this.id);
      this.forget(this.id);
    }
    this.note?.remove();
    this.filling = true;
    for (const back of this.given) back();
    this.form.reset();
    for (const field of fieldsOf(this.form)) field.dispatchEvent(new Event('input', { bubbles: true }));
    for (const field of photoFields(this.form)) field.dispatchEvent(new Event('change', { bubbles: true }));
    this.form.querySelector('input,select,textarea')?.dispatchEvent(new Event('change', { bubbles: true }));
    this.filling = false;
    this.touched.clear();
  }

  private say(what: 'saved' | 'offline' | 'unsent' | 'full' | 'refused' | 'insecure' | 'missing' | 'newer', values: Record<string, number> = {}): void {
    if (!this.state?.isConnected) {
      this.state = document.createElement('span');
      this.state.className = 'draft-state';
      this.state.setAttribute('role', 'status');
      this.state.dataset['draftState'] = '';
      const bar = this.form.querySelector('.submit-bar .in') ?? all('.form-actions', this.form).at(-1);
      if (bar) bar.append(this.state); else this.form.after(this.state);
    }
    this.state.classList.toggle('is-problem', what !== 'saved');
    const sentence = fill(what === 'missing' ? says['missingCount'] : says[what], values);
    if (this.state.textContent !== sentence) this.state.textContent = sentence;
  }

  private hidden(): HTMLInputElement | null { return this.form.querySelector<HTMLInputElement>(':scope > input[name=__draft]'); }
}

/** The number in the names of a row's fields: obligations[3].text. */
function numberOf(row: Element): number {
  const name = row.querySelector('[name*="["]')?.getAttribute('name') ?? '';
  return Number(/\[(\d+)\]/.exec(name)?.[1] ?? -1);
}
