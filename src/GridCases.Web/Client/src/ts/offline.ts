import { all, fill } from './dom';
import { fact, readKept, type Kept } from './draftStore';

const tooFar = 5 * 60_000;

/**
 * The page that the worker shows when there is no network: the same for everybody. What is somebody's own comes from this device: the registration form and the work list, as they were last.
 * It runs before everything else, so that the form is kept and sent like any other.
 */
export async function showOffline(): Promise<void> {
  const page = document.body.dataset;
  const user = await fact('user').catch(() => undefined);
  const kept = user ? await readKept(user).catch(() => null) : null;
  const isForm = location.pathname === '/cases/new';
  for (const link of all<HTMLAnchorElement>('nav a')) if (link.pathname === (isForm ? '/cases/new' : '/work')) link.setAttribute('aria-current', 'page');
  if (!user || !kept) {
    show('[data-nobody]');
  } else {
    page['user'] = user;
    if (isForm && kept.form) showForm(kept.form, dayOf(Date.now() - kept.ahead)); else showWork(kept);
    if (isForm && !kept.form) show('[data-elsewhere]');
  }
  if (!['/', '/work', '/bench', '/cases/new', '/offline'].includes(location.pathname)) show('[data-elsewhere]');
  if (kept) {
    document.documentElement.className = kept.look;
    for (const said of all('[data-as-of]')) said.textContent = fill(said.textContent ?? '', { at: moment(kept.at, Date.now() - kept.ahead) });
    // Slower than when it last met the server, or far off it even then.
    if (Math.abs(kept.ahead) > tooFar || Date.now() < kept.at + kept.ahead - tooFar) show('[data-clock]');
  }
  const network = () => {
    document.querySelector<HTMLElement>('[data-no-network]')!.hidden = navigator.onLine;
    document.querySelector<HTMLElement>('[data-network]')!.hidden = !navigator.onLine;
  };
  network();
  window.addEventListener('online', network);
  window.addEventListener('offline', network);
}

function showForm(html: string, today: string): void {
  document.querySelector('[data-form]')!.innerHTML = html;
  document.body.classList.add('has-submit-bar');
  const key = document.querySelector<HTMLInputElement>('[name="Input.IdempotencyKey"]');
  if (key) key.value = crypto.randomUUID();
  const day = document.querySelector<HTMLInputElement>('[name="Input.OccurredOn"]');
  // As the server fills it in: today, by its clock.
  if (day) [day.max, day.defaultValue] = [today, today];
  show('[data-form]');
  for (const part of all('[data-work-heading],[data-lists]')) part.remove();
}

function showWork(kept: Kept): void {
  const list = document.querySelector<HTMLElement>('[data-work] ul')!;
  const texts = list.dataset;
  list.append(...kept.work.map(one => {
    const row = document.createElement('li');
    row.className = 'row-item light';
    const isOver = one.dueAt !== null && Date.parse(one.dueAt) < Date.now() - kept.ahead;
    row.dataset['light'] = one.dueAt === null ? 'none' : isOver ? 'red' : 'green';
    row.append(part('row-title', one.title), part('row-sub', one.number), part('row-holder', one.state),
      part('row-due', one.dueAt === null ? '' : fill(texts[isOver ? 'over' : 'due'], { on: day(one.dueAt) })));
    return row;
  }));
  show('[data-work]');
  if (kept.work.length === 0) show('[data-empty]');
  if (kept.more) show('[data-more]');
}

function part(css: string, words: string): HTMLElement {
  const made = document.createElement('div');
  made.className = css;
  made.textContent = words;
  return made;
}

const show = (selector: string) => { for (const element of all<HTMLElement>(selector)) element.hidden = false; };
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'Asia/Shanghai', ...options });
const dayOf = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(at));
const day = (at: string) => format({ month: 'short', day: 'numeric' }).format(new Date(at));

/** The time; of another day with the day. */
const moment = (at: number, now: number) => format({ ...(dayOf(at) !== dayOf(now) && { month: 'short', day: 'numeric' }), hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at));
