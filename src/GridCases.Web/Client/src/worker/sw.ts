import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { NetworkOnly } from 'workbox-strategies';
import { fact, news } from '../ts/draftStore';
import { sendOutbox } from '../ts/outbox';

/**
 * What this device has without a network: the program, and one page that is the same for everybody. No answer with anything of a case in it is ever put into a cache (ADR 26).
 */
declare const self: ServiceWorkerGlobalScope;
declare const PRECACHED: PrecacheEntry[];
declare const SHELL: Record<string, string>;

// A village's network may let a request hang for minutes; what can be done without an answer is not kept waiting for it.
const patience = 15;
const withForm = ['/cases/new', '/work'];
const pictures = ['/dist/icons.svg', '/dist/chevron.svg'];
const others = /^\/(api|dist|hangfire|healthz|openapi|sign-on|offline)(\/|$)/;

// A page of a newer version, from the server, takes the newer file; without a network this version's own.
registerRoute(({ url }) => url.origin === location.origin && pictures.includes(url.pathname), async ({ request, url }) => fetch(request).catch(async () => await matchPrecache(url.pathname) ?? Response.error()));
precacheAndRoute(PRECACHED);
cleanupOutdatedCaches();
clientsClaim();

const shell = async () => await matchPrecache(SHELL[await fact('language').catch(() => undefined) ?? ''] ?? SHELL['zh-CN']!) ?? Response.error();
const plugins = [{ handlerDidError: shell }];
registerRoute(({ request, url }) => request.mode === 'navigate' && withForm.includes(url.pathname), new NetworkOnly({ plugins, networkTimeoutSeconds: patience }));
registerRoute(({ request, url }) => request.mode === 'navigate' && url.origin === location.origin && !others.test(url.pathname), new NetworkOnly({ plugins }));

// A registration that found no network goes on as one that waits for it: its draft holds all of it.
registerRoute(({ request, url }) => request.mode === 'navigate' && url.pathname === '/cases/new' && url.search === '', async ({ request }) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    const draft = (await copy.formData().catch(() => null))?.get('__draft');
    return typeof draft === 'string' ? Response.redirect(`/cases/new?unsent=${encodeURIComponent(draft)}`, 303) : Response.error();
  }
}, 'POST');

self.addEventListener('sync', event => {
  const sync = event as ExtendableEvent & { tag: string };
  if (sync.tag === news) sync.waitUntil(sendWaiting());
});

/** While it does not get through, the browser tries again; what a person has to do, signing in, no trying brings about. */
async function sendWaiting(): Promise<void> {
  const user = await fact('user');
  const outcome = user ? await sendOutbox(user) : 'done';
  if (outcome === 'offline' || outcome === 'later') throw new Error(outcome);
}

self.addEventListener('message', event => { if (event.data === 'take over') void self.skipWaiting(); });
