import { all } from './dom';

/** <details data-menu>: closes on a click elsewhere, on Escape, and when one of its links or buttons is used. */
export function startMenus(): void {
  const opened = () => all<HTMLDetailsElement>('details[data-menu][open]');
  document.addEventListener('click', event => {
    const target = event.target as Element;
    for (const menu of opened()) {
      const outside = !menu.contains(target);
      const chosen = !outside && target.closest('a[href]') !== null;
      if (outside || chosen) menu.open = false;
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });

  // On a phone the tab that is open may lie outside what is seen of the row.
  for (const tab of all<HTMLElement>('.tabs [aria-current]')) {
    const row = tab.parentElement!;
    row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }

  // A form that unfolds through its #address gets the cursor.
  const focusTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const panel = id ? document.getElementById(id) : null;
    if (panel?.matches('.action-form')) panel.querySelector<HTMLElement>('input:not([type=hidden]),select,textarea,button')?.focus({ preventScroll: true });
  };
  window.addEventListener('hashchange', focusTarget);
  window.addEventListener('load', () => {
    const wrong = document.querySelector<HTMLElement>('.is-invalid, [aria-invalid=true]');
    if (wrong) wrong.focus(); else focusTarget();
  });

  // "/" goes to the search box, as in mail.
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest('input,textarea,select,[contenteditable]')) return;
    const box = document.querySelector<HTMLInputElement>('[data-search-box]');
    if (box && box.offsetParent !== null) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}
