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
}

export interface Draft extends Content {
  id: string;
  /** Which form of which page. */
  form: string;
  /** When it was last written. */
  at: number;
  /** Changes with every write: a page that wrote a draft sees that another page has written it since. */
  mark: string;
}

interface Sealed { id: string; user: string; form: string; at: number; mark: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }
interface Kept extends DBSchema {
  keys: { key: string; value: CryptoKey };
  drafts: { key: string; value: Sealed; indexes: { user: string } };
}

const keptFor = 30 * 24 * 3600 * 1000;
let opened: Promise<IDBPDatabase<Kept>> | null = null;

/** Whether this browser can keep anything: WebCrypto is for HTTPS and localhost only. */
export const canKeep = (): boolean => window.isSecureContext && 'indexedDB' in window && 'subtle' in crypto;

export const newId = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** All drafts of a user on this device, the newest first. What is too old, or was written with a key that is gone, goes. */
export async function listDrafts(user: string): Promise<Draft[]> {
  const db = await open();
  const key = await db.get('keys', user);
  const drafts: Draft[] = [];
  for (const sealed of await db.getAllFromIndex('drafts', 'user', user)) {
    const content = key && Date.now() - sealed.at < keptFor ? await read(key, sealed) : null;
    if (content) drafts.push({ ...content, id: sealed.id, form: sealed.form, at: sealed.at, mark: sealed.mark });
    else await db.delete('drafts', sealed.id);
  }
  return drafts.sort((a, b) => b.at - a.at);
}

/**
 * Writes a draft and tells under which id and mark. Where another page has written the same draft since, neither is overwritten: this one becomes a draft of its own.
 */
export async function saveDraft(user: string, id: string, form: string, content: Content, mark: string | null): Promise<Pick<Draft, 'id' | 'mark'>> {
  const db = await open();
  const key = await keyOf(db, user);
  const free = newId();
  // Sealed for both ids beforehand: a transaction does not outlive waiting for a cipher.
  const [same, other] = [await seal(key, user, id, form, content), await seal(key, user, free, form, content)];
  const transaction = db.transaction('drafts', 'readwrite', { durability: 'strict' });
  const there = await transaction.store.get(id);
  const written = there && there.mark !== mark ? other : same;
  await transaction.store.put(written);
  await transaction.done;
  return { id: written.id, mark: written.mark };
}

/** Only one's own: an id comes from a cookie, too. */
export async function removeDraft(user: string, id: string): Promise<void> {
  const transaction = (await open()).transaction('drafts', 'readwrite');
  if ((await transaction.store.get(id))?.user === user) await transaction.store.delete(id);
  await transaction.done;
}

/** Forgets all drafts of a user with the key to them; those of others stay. */
export async function wipeDrafts(user: string): Promise<void> {
  const transaction = (await open()).transaction(['keys', 'drafts'], 'readwrite');
  await transaction.objectStore('keys').delete(user);
  for (const id of await transaction.objectStore('drafts').index('user').getAllKeys(user)) await transaction.objectStore('drafts').delete(id);
  await transaction.done;
}

function open(): Promise<IDBPDatabase<Kept>> {
  opened ??= openDB<Kept>('gridcases', 1, {
    upgrade(db) {
      db.createObjectStore('keys');
      db.createObjectStore('drafts', { keyPath: 'id' }).createIndex('user', 'user');
    },
    // A later version of the program waits for no page of this one.
    blocking(_current, _blocked, event) { (event.target as IDBDatabase).close(); opened = null; },
    terminated() { opened = null; },
  });
  opened.catch(() => { opened = null; });
  return opened;
}

/** A key that this browser can use and nobody can read, one for each user. Of two pages that make it at a time the first has it. */
async function keyOf(db: IDBPDatabase<Kept>, user: string): Promise<CryptoKey> {
  const known = await db.get('keys', user);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const transaction = db.transaction('keys', 'readwrite');
  const key = await transaction.store.get(user) ?? made;
  await transaction.store.put(key, user);
  await transaction.done;
  return key;
}

const about = (user: string, id: string, form: string) => new TextEncoder().encode(`${user} ${id} ${form}`);

async function seal(key: CryptoKey, user: string, id: string, form: string, content: Content): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: about(user, id, form) }, key, new TextEncoder().encode(JSON.stringify(content)));
  return { id, user, form, at: Date.now(), mark: newId(), iv, data };
}

async function read(key: CryptoKey, sealed: Sealed): Promise<Content | null> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: about(sealed.user, sealed.id, sealed.form) }, key, sealed.data);
    return JSON.parse(new TextDecoder().decode(plain)) as Content;
  } catch {
    return null;
  }
}

/** A short text sealed with the user's key, for what is no draft. */
export async function sealText(user: string, name: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: about(user, name, '') }, await keyOf(await open(), user), new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...iv, ...new Uint8Array(data)));
}

/** What was sealed; null where there is nothing, or the key it was sealed with is gone. */
export async function openText(user: string, name: string, sealedText: string | null): Promise<string | null> {
  const key = sealedText ? await (await open()).get('keys', user) : undefined;
  if (!sealedText || !key) return null;
  const bytes = Uint8Array.from(atob(sealedText), letter => letter.charCodeAt(0));
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12), additionalData: about(user, name, '') }, key, bytes.slice(12)));
}
