import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What somebody typed into one form and has not sent yet. */
export interface Content {
  /** Where the form is, to come back to. */
  link: string;
  title: string;
  /** How it begins, to tell it from another one. */
  words: string;
  /** The form's idempotency key: what was sent and perhaps done before the connection broke is not done a second time. */
  key: string;
  /** What was changed: values by name, in the order of the page; of boxes and choices those that are ticked. */
  fields: Record<string, string[]>;
  /** Numbers of the rows that repeat, by the list that holds them. */
  rows: Record<string, number[]>;
  /** Photos, whose bytes lie beside it. */
  files?: Photo[];
  /** What is sent, once somebody has pressed a button: where, and every field in the order of the form. */
  post?: Post;
  /** Why the server did not take it. */
  problem?: Problem;
  /** That the server has it. */
  receipt?: Receipt;
}

export interface Photo { id: string; input: string; name: string; type: string; modified: number }
export interface Post { address: string; fields: [string, string][] }
export interface Problem { title: string; errors: Record<string, string[]> }
export interface Receipt { number: string; link: string; alike: number; photosRefused?: boolean }

/** A draft is being written; what is out waits to be sent and is written by nobody; what was sent tells its number until somebody has seen it. */
export type Stage = 'draft' | 'out' | 'sent';

export interface Draft extends Content {
  id: string;
  /** Which form of which page. */
  form: string;
  /** When it was last written. */
  at: number;
  /** Changes with every write: a page that wrote a draft sees that another page has written it since. */
  mark: string;
  stage: Stage;
  /** Whether it was ever on its way to the server, which may have taken it without an answer getting through. */
  tried: boolean;
}

/** What opens without a network, as the server gave it. */
export interface Kept {
  /** When, by the server's clock. */
  at: number;
  /** How far this device's clock was ahead of the server's. */
  ahead: number;
  /** For which version of the program, in which language. */
  version: string;
  /** How pages look for this user: large type. */
  look: string;
  /** The registration form; null for whoever may not register. */
  form: string | null;
  /** When that was given. */
  formAt: number;
  work: { number: string; title: string; state: string; dueAt: string | null }[];
  /** Whether the list goes on. */
  more: boolean;
}

interface Cipher { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }
interface Sealed extends Cipher { id: string; user: string; form: string; at: number; mark: string; stage?: Stage; tried?: boolean; seen?: number }
interface SealedFile extends Cipher { id: string; user: string; draft: string }
interface Tables extends DBSchema {
  keys: { key: string; value: CryptoKey };
  drafts: { key: string; value: Sealed; indexes: { user: string } };
  files: { key: string; value: SealedFile; indexes: { user: string; draft: string } };
  kept: { key: string; value: Cipher };
  /** Nothing of anybody: who uses the device, in which language. */
  facts: { key: 'user' | 'language'; value: string };
}

/** The outbox by name: of its lock, of what is said about it, of the browser's own sync. */
export const news = 'gridcases.outbox';
const keptFor = 30 * 24 * 3600 * 1000;
let opened: Promise<IDBPDatabase<Tables>> | null = null;

/** Whether this browser can keep anything: WebCrypto is for HTTPS and localhost only. */
export const canKeep = (): boolean => globalThis.isSecureContext && 'indexedDB' in globalThis && 'subtle' in crypto;

/** Of several drafts of a form the one that was chosen is the one that comes back; with the word "new" none does. */
export const wanted = 'gridcases.draft';

export const newId = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * All that a user has on this device, the newest first. What was written with a key that is gone, goes, and so does a draft that is too old: by the server's clock, where it is known, since a device's may be wrong.
 * What waits to be sent stays.
 */
export async function listKept(user: string, serverNow: number | null): Promise<Draft[]> {
  const db = await open();
  const key = await db.get('keys', user);
  const drafts: Draft[] = [];
  for (const sealed of await db.getAllFromIndex('drafts', 'user', user)) {
    const stage = sealed.stage ?? 'draft';
    const isOld = stage !== 'out' && serverNow !== null && sealed.seen !== undefined && serverNow - sealed.seen > keptFor;
    const content = key && !isOld ? await read(key, sealed) : null;
    if (!content) {
      await removeDraft(user, sealed.id);
      continue;
    }
    drafts.push({ ...content, id: sealed.id, form: sealed.form, at: sealed.at, mark: sealed.mark, stage, tried: sealed.tried ?? false });
    if (serverNow !== null && sealed.seen === undefined) await change(user, sealed.id, row => ({ ...row, seen: serverNow }));
  }
  return drafts.sort((a, b) => b.at - a.at);
}

export const listDrafts = async (user: string, serverNow: number | null = null): Promise<Draft[]> => (await listKept(user, serverNow)).filter(draft => draft.stage === 'draft');

/** What waits to be sent, the oldest first; photos of what was sent, too. */
export const listOut = async (user: string): Promise<Draft[]> =>
  (await listKept(user, null)).filter(draft => draft.stage === 'out' || (draft.stage === 'sent' && (draft.files?.length ?? 0) > 0 && !draft.receipt?.photosRefused)).reverse();

/**
 * Writes a draft, or puts it out to be sent, and tells under which id and mark. Where another page has written the same draft since, neither is overwritten: this one becomes a draft of its own.
 * Photos that are new come along; those that the draft no longer names go.
 */
export async function saveDraft(user: string, id: string, form: string, content: Content, mark: string | null, added: ReadonlyMap<string, ArrayBuffer> = new Map(), stage: Stage = 'draft'): Promise<Pick<Draft, 'id' | 'mark'> & { files: Photo[] }> {
  const db = await open();
  const key = await keyOf(db, user);
  const free = newId();
  const files = content.files ?? [];
  const copies = files.map(file => ({ ...file, id: newId() }));
  // Sealed for both ids beforehand: a transaction does not outlive waiting for a cipher.
  const same = await seal(key, user, id, form, content, stage);
  const other = await seal(key, user, free, form, { ...content, files: copies }, stage);
  const bytes = new Map<string, Cipher>();
  for (const [file, plain] of added) bytes.set(file, await encrypt(key, plain, aboutFile(user)));
  const transaction = db.transaction(['drafts', 'files'], 'readwrite', { durability: 'strict' });
  const [drafts, photos] = [transaction.objectStore('drafts'), transaction.objectStore('files')];
  const there = await drafts.get(id);
  const isOther = there !== undefined && there.mark !== mark;
  const written = isOther ? other : same;
  for (const [i, file] of files.entries()) {
    const cipher = bytes.get(file.id) ?? (isOther ? await photos.get(file.id) : undefined);
    if (cipher) await photos.put({ iv: cipher.iv, data: cipher.data, id: isOther ? copies[i]!.id : file.id, user, draft: written.id });
  }
  if (!isOther) for (const file of await photos.index('draft').getAllKeys(id)) if (!files.some(one => one.id === file)) await photos.delete(file);
  await drafts.put(written);
  await transaction.done;
  return { id: written.id, mark: written.mark, files: isOther ? copies : files };
}

/** It is on its way: from now on nobody takes it back until the server has answered. */
export const markTried = (user: string, id: string): Promise<boolean> => change(user, id, row => row.stage === 'out' ? { ...row, tried: true } : null);

/** The server has answered what was sent: it was taken, or comes back as a draft with the reason. */
export async function settle(user: string, draft: Draft, content: Content, stage: Stage): Promise<void> {
  const db = await open();
  const sealed = await seal(await keyOf(db, user), user, draft.id, draft.form, content, stage);
  await change(user, draft.id, row => row.stage === 'draft' ? null : { ...sealed, at: row.at });
  if (stage === 'sent') for (const file of await db.getAllKeysFromIndex('files', 'draft', draft.id)) if (!content.files?.some(one => one.id === file)) await db.delete('files', file);
}

/** What was not on its way yet is a draft again. */
export const takeBack = (user: string, id: string): Promise<boolean> => change(user, id, row => row.stage === 'out' && !row.tried ? { ...row, stage: 'draft', mark: newId() } : null);

/** A photo's bytes; null when they are gone. */
export async function readPhoto(user: string, id: string): Promise<ArrayBuffer | null> {
  const db = await open();
  const [key, sealed] = [await db.get('keys', user), await db.get('files', id)];
  return key && sealed?.user === user ? decrypt(key, sealed, aboutFile(user)) : null;
}

/** Only one's own: an id comes from a cookie, too. */
export async function removeDraft(user: string, id: string): Promise<void> {
  const transaction = (await open()).transaction(['drafts', 'files'], 'readwrite');
  if ((await transaction.objectStore('drafts').get(id))?.user === user) {
    await transaction.objectStore('drafts').delete(id);
    for (const file of await transaction.objectStore('files').index('draft').getAllKeys(id)) await transaction.objectStore('files').delete(file);
  }
  await transaction.done;
}

/** Forgets all that a user has on this device, with the key to it; what others have stays. */
export async function wipe(user: string): Promise<void> {
  const transaction = (await open()).transaction(['keys', 'drafts', 'files', 'kept', 'facts'], 'readwrite');
  await transaction.objectStore('keys').delete(user);
  await transaction.objectStore('kept').delete(user);
  for (const id of await transaction.objectStore('drafts').index('user').getAllKeys(user)) await transaction.objectStore('drafts').delete(id);
  for (const id of await transaction.objectStore('files').index('user').getAllKeys(user)) await transaction.objectStore('files').delete(id);
  if (await transaction.objectStore('facts').get('user') === user) await transaction.objectStore('facts').delete('user');
  await transaction.done;
}

export async function keep(user: string, kept: Kept): Promise<void> {
  const db = await open();
  await db.put('kept', await encrypt(await keyOf(db, user), new TextEncoder().encode(JSON.stringify(kept)), aboutKept(user)), user);
}

export async function readKept(user: string): Promise<Kept | null> {
  const db = await open();
  const [key, sealed] = [await db.get('keys', user), await db.get('kept', user)];
  const plain = key && sealed ? await decrypt(key, sealed, aboutKept(user)) : null;
  return plain ? JSON.parse(new TextDecoder().decode(plain)) as Kept : null;
}

export const fact = async (name: 'user' | 'language'): Promise<string | undefined> => (await open()).get('facts', name);
export const setFact = async (name: 'user' | 'language', value: string): Promise<void> => { await (await open()).put('facts', value, name); };

/** Pages and workers that show the outbox look again. */
export function tell(): void {
  const channel = new BroadcastChannel(news);
  channel.postMessage('');
  channel.close();
}

function open(): Promise<IDBPDatabase<Tables>> {
  opened ??= openDB<Tables>('gridcases', 2, {
    // Whoever comes with an older version keeps all of it.
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('keys');
        db.createObjectStore('drafts', { keyPath: 'id' }).createIndex('user', 'user');
      }
      const files = db.createObjectStore('files', { keyPath: 'id' });
      files.createIndex('user', 'user');
      files.createIndex('draft', 'draft');
      db.createObjectStore('kept');
      db.createObjectStore('facts');
    },
    // A later version of the program waits for no page of this one.
    blocking(_current, _blocked, event) { (event.target as IDBDatabase).close(); opened = null; },
    terminated() { opened = null; },
  });
  opened.catch(() => { opened = null; });
  return opened;
}

/** Changes one row of a user's in one transaction, or leaves it where there is nothing to change. */
async function change(user: string, id: string, to: (row: Sealed) => Sealed | null): Promise<boolean> {
  const transaction = (await open()).transaction('drafts', 'readwrite', { durability: 'strict' });
  const row = await transaction.store.get(id);
  const next = row?.user === user ? to(row) : null;
  if (next) await transaction.store.put(next);
  await transaction.done;
  return next !== null;
}

/** A key that this browser can use and nobody can read, one for each user. Of two pages that make it at a time the first has it. */
async function keyOf(db: IDBPDatabase<Tables>, user: string): Promise<CryptoKey> {
  const known = await db.get('keys', user);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const transaction = db.transaction('keys', 'readwrite');
  const key = await transaction.store.get(user) ?? made;
  await transaction.store.put(key, user);
  await transaction.done;
  return key;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const about = (user: string, id: string, form: string) => bytesOf(`${user} ${id} ${form}`);
const aboutFile = (user: string) => bytesOf(`${user} file`);
const aboutKept = (user: string) => bytesOf(`${user} kept`);

async function encrypt(key: CryptoKey, plain: BufferSource, additionalData: BufferSource): Promise<Cipher> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain) };
}

async function decrypt(key: CryptoKey, sealed: Cipher, additionalData: BufferSource): Promise<ArrayBuffer | null> {
  try {
    return await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData }, key, sealed.data);
  } catch {
    return null;
  }
}

async function seal(key: CryptoKey, user: string, id: string, form: string, content: Content, stage: Stage): Promise<Sealed> {
  const cipher = await encrypt(key, bytesOf(JSON.stringify(content)), about(user, id, form));
  return { id, user, form, at: Date.now(), mark: newId(), stage, ...cipher };
}

async function read(key: CryptoKey, sealed: Sealed): Promise<Content | null> {
  const plain = await decrypt(key, sealed, about(sealed.user, sealed.id, sealed.form));
  return plain ? JSON.parse(new TextDecoder().decode(plain)) as Content : null;
}

/** A short text sealed with the user's key, for what is no draft. */
export async function sealText(user: string, name: string, text: string): Promise<string> {
  const { iv, data } = await encrypt(await keyOf(await open(), user), bytesOf(text), about(user, name, ''));
  return btoa(String.fromCharCode(...iv, ...new Uint8Array(data)));
}

/** What was sealed; null where there is nothing, or the key it was sealed with is gone. */
export async function openText(user: string, name: string, sealedText: string | null): Promise<string | null> {
  const key = sealedText ? await (await open()).get('keys', user) : undefined;
  if (!sealedText || !key) return null;
  const bytes = Uint8Array.from(atob(sealedText), letter => letter.charCodeAt(0));
  const plain = await decrypt(key, { iv: bytes.slice(0, 12), data: bytes.slice(12).buffer }, about(user, name, ''));
  return plain ? new TextDecoder().decode(plain) : null;
}
