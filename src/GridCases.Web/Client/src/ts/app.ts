import { startBatch } from './batch';
import { startDrafts } from './drafts';
import { startForms } from './forms';
import { startMenus } from './menus';
import { startPlace } from './place';

document.documentElement.classList.add('js');
startMenus();
startForms();
startDrafts();
startBatch();
startPlace();

// htmx is fetched only by a page that asks for fragments.
if (document.querySelector('[hx-get],[hx-post]')) void import('./fragments');
