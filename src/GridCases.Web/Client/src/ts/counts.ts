import { all, fill } from './dom';

const every = 60_000;
const most = 99;
let tag = '';
let last = Date.now();
let timer = 0;
let asking = false;

/**
 * The numbers of the navigation stay true on a page that is left open. It is asked for them once a minute while somebody can see it, and at once when it is looked at again;
 * while they are the same nothing comes back. A list that shows what has grown offers to show the new, and changes nothing by itself.
 */
export function startCounts(): void {
  if (!document.querySelector('[data-counted]')) return;
  const next = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask().then(goes => { if (goes) next(); }), every);
  };
  next();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - last > every) void ask().then(goes => { if (goes) next(); });
  });
}

/** Asks; tells whether it is to go on. */
async function ask(): Promise<boolean> {
  if (document.hidden || !navigator.onLine || asking) return true;
  asking = true;
  try {
    const answer = await fetch('/notifications?handler=Counts', { headers: { 'HX-Request': 'true', 'HX-Current-URL': location.href, ...(tag ? { 'If-None-Match': tag } : {}) } });
    last = Date.now();
    if (answer.status === 401) {
      tellSignedOut(await answer.text());
      return false;
    }
    if (answer.status === 200) {
      tag = answer.headers.get('ETag') ?? '';
      show(await answer.json() as Record<string, number>);
    }
    return true;
  } catch {
    return true; // no network: the next time
  } finally {
    asking = false;
  }
}

function show(counts: Record<string, number>): void {
  let grown = false;
  for (const [address, count] of Object.entries(counts)) {
    for (const link of all<HTMLAnchorElement>(`a[data-counted][href="${address}"]`)) {
      const badge = link.querySelector<HTMLElement>('.count');
      const before = badge ? Number.parseInt(badge.textContent ?? '0', 10) : 0;
      const text = count > most ? `${most}+` : `${count}`;
      if (count > before && location.pathname === address && before < most) grown = true;
      if (count === 0) badge?.remove();
      else if (badge) badge.textContent = text;
      else {
        const made = document.createElement('span');
        made.className = 'count';
        made.textContent = text;
        link.append(made);
      }
      const shown = link.querySelector('.count');
      if (shown && !shown.hasAttribute('aria-hidden')) shown.setAttribute('aria-label', fill(document.body.dataset['countSays'], { n: count }));
    }
  }
  if (grown) offerFresh();
}

function offerFresh(): void {
  if (document.querySelector('[data-fresh]')) return;
  const notice = document.createElement('div');
  notice.className = 'notice';
  notice.dataset['fresh'] = '';
  notice.setAttribute('role', 'status');
  const [text, link] = [document.createElement('div'), document.createElement('a')];
  link.href = location.pathname + location.search;
  link.textContent = document.body.dataset['freshLink'] ?? '';
  text.append(`${document.body.dataset['freshSays'] ?? ''} `, link);
  notice.append(text);
  document.querySelector('main')?.prepend(notice);
}

function tellSignedOut(html: string): void {
  const notice = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-signed-out]');
  if (notice && !document.querySelector('[data-signed-out]')) document.querySelector('main')?.prepend(notice);
}
