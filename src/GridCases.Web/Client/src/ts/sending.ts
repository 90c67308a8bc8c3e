import { canKeep, listOut, news } from './draftStore';
import type { Outcome } from './outbox';

const again = 30_000;
let who = '';
let timer = 0;
let outcome: Outcome | null = null;

/** How the last try ended; null while none has. */
export const lastOutcome = (): Outcome | null => outcome;

/** Sends what waits: now, when the network comes back, when somebody looks at the page again, and now and then while it does not get through. */
export function startSending(user: string): void {
  if (!user || !canKeep() || !('locks' in navigator)) return;
  who = user;
  window.addEventListener('online', sendNow);
  window.addEventListener('offline', changed);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) sendNow(); });
  new BroadcastChannel(news).addEventListener('message', changed);
  sendNow();
}

export function sendNow(): void {
  window.clearTimeout(timer);
  if (!who || !navigator.onLine) return;
  void send().catch((): Outcome => 'later').then(ended => {
    outcome = ended;
    changed();
    if (ended === 'later' || ended === 'offline') timer = window.setTimeout(sendNow, again);
  });
}

/** What sends is fetched only where something waits. */
async function send(): Promise<Outcome> {
  if ((await listOut(who)).length === 0) return 'done';
  return (await import('./outbox')).sendOutbox(who);
}

/** Has the browser send it by itself, where it can, even when no page is open. */
export async function askForSync(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration() as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register(news).catch(() => undefined);
}

function changed(): void { document.dispatchEvent(new Event('outbox')); }
