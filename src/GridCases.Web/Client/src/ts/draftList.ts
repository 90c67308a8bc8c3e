import { all, fill, when } from './dom';
import { fact, listKept, removeDraft, takeBack, tell, wanted, type Draft } from './draftStore';
import { askForSync, lastOutcome, sendNow } from './sending';

type Says = Record<string, string | undefined>;

/** What is said of something that waits: that it is kept, or why it does not go on. */
function stateOf(draft: Draft, says: Says): string {
  if (draft.receipt) {
    const left = draft.files?.length ?? 0;
    return [fill(says['sent'], { number: draft.receipt.number }), draft.receipt.alike > 0 ? fill(says['alike'], { n: draft.receipt.alike }) : '',
      left > 0 ? fill(says[draft.receipt.photosRefused ? 'photosRefused' : 'photosLeft'], { n: left }) : ''].filter(Boolean).join(' ');
  }
  if (draft.problem) return fill(says['problem'], { title: draft.problem.title });
  const outcome = navigator.onLine ? lastOutcome() : null;
  return [says['queued'], outcome === 'signed-out' ? says['sessionOver'] : outcome === 'later' ? says['later'] : ''].filter(Boolean).join(' ');
}

const signInLink = () => `/sign-in?ReturnUrl=${encodeURIComponent('/work')}`;

/** <section data-drafts hidden> and <section data-outbox-list hidden>: what lies on this device and was not sent, and what is on its way. */
export async function showLists(user: string, says: Says, serverNow: number | null): Promise<void> {
  const kept = await listKept(user, serverNow).catch((): Draft[] => []);
  show('[data-drafts]', kept.filter(draft => draft.stage === 'draft'), draft => rowOf(draft, link(draft.title, draft.link, draft.id), '', [
    button(says['remove'], draft.title, async () => { if (window.confirm(fill(says['removing'], { title: draft.title }))) await removeDraft(user, draft.id); }),
  ]), draft => draft.problem ? stateOf(draft, says) : '');
  show('[data-outbox-list]', kept.filter(draft => draft.stage !== 'draft').reverse(), draft => {
    const title = draft.receipt ? link(draft.words || draft.title, draft.receipt.link) : text('b', draft.words || draft.title);
    const isOver = draft.receipt && ((draft.files?.length ?? 0) === 0 || draft.receipt.photosRefused);
    return rowOf(draft, title, draft.receipt ? 'is-good' : '', isOver ? [button(says['seen'], draft.title, () => removeDraft(user, draft.id))]
      : lastOutcome() === 'signed-out' && navigator.onLine ? [button(says['signIn'], '', async () => { location.assign(signInLink()); })]
        : [...(navigator.onLine ? [button(says['sendNow'], draft.title, async () => sendNow())] : []),
          ...(draft.tried || draft.receipt ? [] : [button(says['takeBack'], draft.title, async () => { if (await takeBack(user, draft.id)) open(draft); })])]);
  }, draft => stateOf(draft, says));

  function open(draft: Draft): void {
    sessionStorage.setItem(wanted, draft.id);
    location.assign(draft.link);
  }

  function show(selector: string, drafts: Draft[], row: (draft: Draft) => HTMLElement, said: (draft: Draft) => string): void {
    const part = document.querySelector<HTMLElement>(selector);
    const list = part?.querySelector('ul');
    if (!part || !list) return;
    list.replaceChildren(...drafts.map(draft => {
      const made = row(draft);
      if (said(draft)) made.firstElementChild?.append(text('p', said(draft)));
      return made;
    }));
    part.hidden = drafts.length === 0;
  }

  function button(label: string | undefined, about: string, act: () => Promise<void>): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'btn btn-quiet';
    made.textContent = label ?? '';
    if (about) made.setAttribute('aria-label', `${label ?? ''}: ${about}`);
    made.addEventListener('click', () => void act().then(() => showLists(user, says, serverNow)));
    return made;
  }
}

function rowOf(draft: Draft, title: HTMLElement, css: string, buttons: HTMLElement[]): HTMLElement {
  const row = document.createElement('li');
  row.className = css;
  const about = document.createElement('div');
  about.append(title, text('small', [when(draft.at), title.textContent === draft.words ? '' : draft.words].filter(Boolean).join(' · ')));
  const end = document.createElement('div');
  end.className = 'end';
  end.append(...buttons);
  row.append(about, end);
  return row;
}

function text(tag: string, words: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

function link(words: string, href: string, draft?: string): HTMLAnchorElement {
  const made = document.createElement('a');
  made.href = href;
  made.textContent = words;
  if (draft) made.addEventListener('click', () => sessionStorage.setItem(wanted, draft));
  return made;
}

/** In the form's place stands what becomes of it. */
export function showOut(form: HTMLFormElement, id: string, user: string, says: Says): void {
  tell();
  void askForSync();
  const panel = document.createElement('section');
  panel.className = 'panel outbox-done';
  panel.tabIndex = -1;
  panel.setAttribute('role', 'status');
  const [state, links] = [document.createElement('p'), document.createElement('div')];
  links.className = 'form-actions';
  panel.append(state, links);
  form.before(panel);
  form.hidden = true;
  for (const note of all('.draft-note')) note.remove();
  document.body.classList.remove('has-submit-bar');
  const link = (words: string | undefined, href: string, main = false, before?: () => void) => {
    const made = document.createElement('a');
    made.className = main ? 'btn btn-primary' : 'btn';
    made.href = href;
    made.textContent = words ?? '';
    if (before) made.addEventListener('click', before);
    return made;
  };
  const update = async () => {
    const draft = (await listKept(user, null)).find(one => one.id === id);
    if (!draft) {
      // Whoever found that out, this page or the worker, has wiped it.
      if (await fact('user') !== user) {
        state.textContent = says['gone'] ?? '';
        links.replaceChildren();
      }
      return;
    }
    state.textContent = stateOf(draft, says);
    panel.classList.toggle('is-good', draft.receipt !== undefined);
    const another = link(says['another'], '/cases/new', false, () => sessionStorage.setItem(wanted, 'new'));
    links.replaceChildren(...draft.receipt ? [link(says['open'], draft.receipt.link, true), another]
      : draft.problem ? [link(says['amend'], draft.link, true, () => sessionStorage.setItem(wanted, id))]
        : lastOutcome() === 'signed-out' && navigator.onLine ? [link(says['signIn'], signInLink(), true), another] : [another, link(says['toWork'], '/work')]);
  };
  document.addEventListener('outbox', () => void update());
  void update().then(() => panel.focus());
  sendNow();
}
