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
  // A menu that would leave the screen opens to the other side. "toggle" does not bubble.
  document.addEventListener('toggle', event => {
    const menu = event.target as HTMLDetailsElement;
    const pop = menu.matches('[data-menu]') && menu.open ? menu.querySelector<HTMLElement>('.menu-pop') : null;
    if (!pop) return;
    menu.classList.remove('menu-up', 'menu-right');
    const [box, from] = [pop.getBoundingClientRect(), menu.getBoundingClientRect()];
    if (box.bottom > window.innerHeight && from.top > box.height) menu.classList.add('menu-up');
    else if (box.bottom > window.innerHeight) pop.scrollIntoView({ block: 'nearest' });
    if (box.left < 0) menu.classList.add('menu-right');
  }, true);
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

  // A browser that cannot show on a desktop what is folded for phones has it unfolded.
  if (!CSS.supports('selector(::details-content)') && matchMedia('(min-width: 1000px)').matches) for (const part of all<HTMLDetailsElement>('.part')) part.open = true;

  // What the #address names is unfolded; a form that unfolds so gets the cursor.
  const focusTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const panel = id ? document.getElementById(id) : null;
    const part = panel?.closest<HTMLDetailsElement>('.part');
    if (part && !part.open) {
      part.open = true;
      panel?.scrollIntoView();
    }
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
