import { openText, sealText } from './draftStore';
import { fill } from './dom';

interface Asked { address: string; words: string }

const most = 10;
const user = document.body.dataset['user'] ?? '';
const name = `gridcases.recent.${user}`;

/**
 * The last ten searches lie on this device, sealed like drafts: they may hold names. A search for a person's number has no address, so it is never among them.
 * With the key, which goes at signing out, they can be read no more.
 */
export async function startRecent(): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('[data-asked]:not([data-asked=""])');
  const list = document.querySelector<HTMLElement>('[data-recent]');
  if (!form && !list) return;
  const kept = await read();
  if (form) await remember(form, kept);
  else if (list && kept.length > 0) show(list, kept);
}

async function read(): Promise<Asked[]> {
  try {
    const text = await openText(user, name, localStorage.getItem(name));
    return text ? JSON.parse(text) as Asked[] : [];
  } catch {
    return [];
  }
}

async function remember(form: HTMLFormElement, kept: Asked[]): Promise<void> {
  const address = form.dataset['asked'] ?? '';
  const words = wordsOf(form);
  if (!words) return;
  try {
    localStorage.setItem(name, await sealText(user, name, JSON.stringify([{ address, words }, ...kept.filter(asked => asked.address !== address)].slice(0, most))));
    form.dataset['remembered'] = '';
  } catch {
    // Whoever lets nothing be kept goes without.
  }
}

/** What was asked, as it stands in the form: what was typed, and of choices the words. */
function wordsOf(form: HTMLFormElement): string {
  const words: string[] = [];
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement && field.value) words.push(field.selectedOptions[0]?.text.trim() ?? '');
    else if (field instanceof HTMLInputElement && field.type !== 'hidden' && field.value.trim()) {
      const label = field.type === 'search' ? '' : `${field.labels?.[0]?.textContent?.trim() ?? ''} `;
      words.push(label + field.value.trim());
    }
  }
  return words.join(' · ');
}

function show(place: HTMLElement, kept: Asked[]): void {
  const list = place.querySelector('ul');
  for (const asked of kept) {
    const link = document.createElement('a');
    link.className = 'chip';
    link.href = asked.address;
    link.textContent = asked.words;
    const item = document.createElement('li');
    item.append(link);
    list?.append(item);
  }
  const clear = document.createElement('button');
  clear.type = 'button';
  clear.className = 'btn btn-quiet';
  clear.textContent = fill(place.dataset['clear'], {});
  clear.addEventListener('click', () => { localStorage.removeItem(name); place.hidden = true; });
  place.querySelector('h2')?.after(clear);
  place.hidden = false;
}
