import { startAsking } from './ask';
import { startBatch } from './batch';
import { startCounts } from './counts';
import { startDrafts } from './drafts';
import { startForms } from './forms';
import { startHints } from './hints';
import { startMenus } from './menus';
import { startPlace } from './place';
import { startTyping } from './typing';
import { startUpload } from './upload';

document.documentElement.classList.add('js');
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

// The pad to sign on is fetched only where somebody signs.
if (document.querySelector('[data-pad]')) void import('./signature').then(module => module.startSignatures());

// htmx is fetched only by a page that asks for fragments, and once the page is complete: arriving between DOMContentLoaded and load it would wait for ever.
if (document.querySelector('[hx-get],[hx-post]')) {
  const fetchFragments = () => void import('./fragments');
  if (document.readyState === 'complete') fetchFragments(); else window.addEventListener('load', fetchFragments);
}

if (document.querySelector('[data-asked],[data-recent]')) void import('./recent').then(module => module.startRecent());
