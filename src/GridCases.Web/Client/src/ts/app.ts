import { startAsking } from './ask';
import { startBatch } from './batch';
import { startCounts } from './counts';
import { startDrafts } from './drafts';
import { canKeep } from './draftStore';
import { startForms } from './forms';
import { startHints } from './hints';
import { startMenus } from './menus';
import { startPlace } from './place';
import { startSending } from './sending';
import { startTyping } from './typing';
import { startUpload } from './upload';

document.documentElement.classList.add('js');
// What the page without a network shows lies on the device, and has to be there before anything begins.
if (document.body.dataset['offline'] !== undefined && canKeep()) await (await import('./offline')).showOffline();
startMenus();
startAsking();
startForms();
startHints();
startTyping();
startDrafts();
startBatch();
startPlace();
startUpload();
startCounts();
startSending(document.body.dataset['user'] ?? '');

// The pad to sign on is fetched only where somebody signs.
if (document.querySelector('[data-pad]')) void import('./signature').then(module => module.startSignatures());

/** Runs something once, when somebody begins to do anything; it is told afterwards which fields have changed since. */
function afterFirstTouch(run: (changed: () => Set<EventTarget>) => void): void {
  const changed = new Set<EventTarget>();
  const note = (event: Event): void => { if (event.target) changed.add(event.target); };
  const begin = (): void => {
    for (const kind of ['focusin', 'pointerdown', 'change']) document.removeEventListener(kind, begin);
    run(() => { document.removeEventListener('change', note); return changed; });
  };
  document.addEventListener('change', note);
  for (const kind of ['focusin', 'pointerdown', 'change']) document.addEventListener(kind, begin);
}

const afterLoad = (run: () => void) => { if (document.readyState === 'complete') run(); else window.addEventListener('load', run); };

// htmx is fetched only by a page that asks for fragments, and once the page is complete: arriving between DOMContentLoaded and load it would wait for ever.
// Where a network is poor, on the form that logs a dispute, it comes with the first thing that is done there; what changed meanwhile is told again.
const asking = [...document.querySelectorAll('[hx-get],[hx-post]')];
if (asking.length > 0 && asking.every(element => element.closest('form[data-outbox]'))) afterFirstTouch(changed => void import('./fragments').then(() => {
  for (const field of changed()) field.dispatchEvent(new Event('change', { bubbles: true }));
}));
else if (asking.length > 0) afterLoad(() => void import('./fragments'));

if (document.querySelector('[data-asked],[data-recent]')) void import('./recent').then(module => module.startRecent());

// What opens without a network is kept when the page itself is there.
if (document.body.dataset['offline'] === undefined && canKeep()) afterLoad(() => window.setTimeout(() => void import('./keeping').then(module => module.startKeeping()).catch(() => undefined), 500));
