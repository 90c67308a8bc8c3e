import { fact, keep, readKept, setFact, wipe, type Kept } from './draftStore';

// Each time it is kept is a list that somebody had, and on record as one.
const freshFor = 5 * 60_000;
const freshOnItsPage = 60_000;
const formFor = 24 * 3600_000;

/** Keeps, for a time without a network, the registration form and the work list of whoever is signed in: encrypted, never in a cache (ADR 26). */
export async function startKeeping(): Promise<void> {
  const user = document.body.dataset['user'] ?? '';
  const now = Number(document.body.dataset['now']);
  if (!user) {
    await forgetWhoIsGone();
    return;
  }
  // Whoever has to change a password first gets nothing else yet.
  if (!now || location.pathname.startsWith('/account/')) return;
  await setFact('language', document.documentElement.lang);
  if (await fact('user') !== user) await setFact('user', user);
  void startWorker();
  void navigator.storage?.persist?.();
  const known = await readKept(user);
  const version = `${document.querySelector<HTMLScriptElement>('script[src^="/dist/app.js"]')?.src ?? ''} ${document.documentElement.lang} ${document.documentElement.className}`;
  const age = Math.abs(now - (known?.at ?? 0));
  if (known?.version === version && age < (location.pathname === '/work' ? freshOnItsPage : freshFor)) return;
  // The form changes with the program and with the units that one serves, not by the minute.
  const old = known?.form && known.version === version && Math.abs(now - known.formAt) < formFor ? known : null;
  const [work, form] = await Promise.all([
    document.querySelector('a[href="/work"]') ? fetch('/work?handler=Kept', { headers: { 'X-Followed': '1' } }) : null,
    old ? old.form : fetchForm(),
  ]);
  const list = work?.ok ? await work.json() as Pick<Kept, 'work' | 'more'> & { user: string } : null;
  // Somebody else is signed in by now, or nobody.
  if ((list && list.user !== user) || document.body.dataset['user'] !== user) return;
  await keep(user, { at: now, ahead: Date.now() - now, version, look: document.documentElement.className, form, formAt: old?.formAt ?? now, work: list?.work ?? [], more: list?.more ?? false });
}

/** Nobody is signed in: where that is because whoever used this device was deactivated, what that user has here goes. */
async function forgetWhoIsGone(): Promise<void> {
  const user = await fact('user');
  if (!user) return;
  const answer = await fetch('/offline?handler=Session', { headers: { 'X-Followed': '1' } });
  if (answer.ok && (await answer.json() as { gone?: string | null }).gone === user) await wipe(user);
}

/** The form as the server gives it, without what belongs to this session or needs the server at once. */
async function fetchForm(): Promise<string | null> {
  if (!document.querySelector('a[href="/cases/new"]')) return null;
  const answer = await fetch('/cases/new', { headers: { 'X-Followed': '1' } });
  const form = answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.form-page') : null;
  for (const part of form?.querySelectorAll('input[name=__RequestVerificationToken],[hx-get],[hx-post]') ?? []) part.remove();
  return form?.outerHTML ?? null;
}

/** A new version waits until somebody takes it, or until no page of the old one is open: nobody's page changes under their hands. */
async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/dist/sw.js', { scope: '/' }).catch(() => null);
  if (!registration) return;
  const offer = () => { if (registration.waiting && navigator.serviceWorker.controller) offerUpdate(registration); };
  offer();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
}

function offerUpdate(registration: ServiceWorkerRegistration): void {
  if (document.querySelector('.is-update')) return;
  const says = document.querySelector<HTMLElement>('[data-draft-says]')?.dataset ?? {};
  const note = document.createElement('div');
  note.className = 'notice is-update';
  note.setAttribute('role', 'status');
  const [text, take] = [document.createElement('div'), document.createElement('button')];
  text.textContent = says['update'] ?? '';
  take.type = 'button';
  take.className = 'btn btn-quiet';
  take.textContent = says['updateDo'] ?? '';
  take.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    // Another one may have come since.
    registration.waiting?.postMessage('take over');
  });
  note.append(text, take);
  document.querySelector('main')?.prepend(note);
}
