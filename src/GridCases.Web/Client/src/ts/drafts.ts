import { all } from './dom';

const prefix = 'gc:draft:';
const keepFor = 3 * 24 * 3600 * 1000;
type Draft = { at: number; values: Record<string, string> };

/**
 * <form data-draft="register" data-draft-user="grid1">: typed text survives a lost network or a closed page on this device.
 * Fields marked data-draft-skip (identity numbers, phones), passwords and hidden fields are never kept. A draft goes when the case
 * was saved (<body data-draft-clear="register">), on signing out (<form data-draft-wipe>), and after three days.
 */
export function startDrafts(): void {
  const cleared = document.body.dataset['draftClear'];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(prefix)) continue;
    const draft = read(key);
    if (!draft || Date.now() - draft.at > keepFor || (cleared && key.startsWith(`${prefix}${cleared}:`))) localStorage.removeItem(key);
  }
  document.addEventListener('submit', event => {
    if ((event.target as Element).matches('[data-draft-wipe]')) wipe();
  });
  for (const form of all<HTMLFormElement>('form[data-draft]')) keep(form);
}

function wipe(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}

function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

function keep(form: HTMLFormElement): void {
  const key = `${prefix}${form.dataset['draft'] ?? ''}:${form.dataset['draftUser'] ?? ''}`;
  const note = document.querySelector<HTMLElement>('[data-draft-note]');
  const state = document.querySelector<HTMLElement>('[data-draft-state]');
  const fields = () => all<HTMLInputElement>('input[name],select[name],textarea[name]', form)
    .filter(field => field.dataset['draftSkip'] === undefined && !['hidden', 'password', 'file', 'submit'].includes(field.type));
  const untouched = JSON.stringify(collect(fields()));

  const draft = read(key);
  // A form that came back with errors already holds what was typed.
  if (draft && !form.querySelector('.is-invalid, [aria-invalid=true]')) {
    let restored = false;
    for (const field of fields()) {
      const value = draft.values[field.name];
      if (value === undefined) continue;
      if (field.type === 'radio' || field.type === 'checkbox') {
        const checked = value.split('\n').includes(field.value);
        restored ||= checked !== field.checked;
        field.checked = checked;
      } else if (field.value !== value) {
        field.value = value;
        restored = true;
        const folded = field.closest('details');
        if (folded) folded.open = true;
      }
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    if (restored) {
      form.dispatchEvent(new Event('change', { bubbles: true }));
      if (note) note.hidden = false;
    }
  }
  document.querySelector('[data-draft-discard]')?.addEventListener('click', event => {
    event.preventDefault();
    localStorage.removeItem(key);
    form.reset();
    if (note) note.hidden = true;
    if (state) state.textContent = '';
  });

  let timer = 0;
  form.addEventListener('input', event => {
    if (!event.isTrusted) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const values = collect(fields());
      if (JSON.stringify(values) === untouched) return;
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), values } satisfies Draft));
        if (state) state.textContent = state.dataset['draftState'] ?? '';
      } catch {
        // storage full or forbidden: the form still works
      }
    }, 400);
  });
}

function collect(fields: HTMLInputElement[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of fields) {
    if ((field.type === 'radio' || field.type === 'checkbox')) {
      values[field.name] ??= '';
      if (field.checked) values[field.name] = [values[field.name], field.value].filter(Boolean).join('\n');
    } else {
      values[field.name] = field.value;
    }
  }
  return values;
}
