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

const afterLoad = (run: () => void) => { if (document.readyState === 'complete') run(); else window.addEventListener('load', run); };

// htmx is fetched only by a page that asks for fragments, and once the page is complete: arriving between DOMContentLoaded and load it would wait for ever.
if (document.querySelector('[hx-get],[hx-post]')) afterLoad(() => void import('./fragments'));

if (document.querySelector('[data-asked],[data-recent]')) void import('./recent').then(module => module.startRecent());

// What opens without a network is kept when the page itself is there.
if (document.body.dataset['offline'] === undefined && canKeep()) afterLoad(() => window.setTimeout(() => void import('./keeping').then(module => module.startKeeping()).catch(() => undefined), 500));
