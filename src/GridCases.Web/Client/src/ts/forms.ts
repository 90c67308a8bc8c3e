import { all, fill, onContent } from './dom';

/** Double-submit guard, character counters, repeated rows, fields that depend on a choice, filters that send themselves. */
export function startForms(): void {
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    // By attribute: a field may be named "method" and hide the property.
    if (event.defaultPrevented || form.getAttribute('method')?.toLowerCase() !== 'post') return;
    // What is saved to disk leaves the page as it is, ready to be asked again.
    if (form.dataset['download'] !== undefined) return;
    if (form.dataset['sending'] !== undefined) {
      event.preventDefault();
      return;
    }
    form.dataset['sending'] = '';
    form.setAttribute('aria-busy', 'true');
    const button = event.submitter;
    if (button instanceof HTMLButtonElement && button.dataset['busy']) {
      button.dataset['idle'] = button.innerHTML;
      button.textContent = button.dataset['busy'];
    }
  });
  window.addEventListener('pageshow', event => { if (event.persisted) release(); });
  document.addEventListener('htmx:afterRequest', release);

  // <button type="submit" data-repeat="#template" data-repeat-into="#list">: without JS it posts and the server adds the row.
  document.addEventListener('click', event => {
    const target = event.target as Element;
    const add = target.closest<HTMLElement>('[data-repeat]');
    if (add) {
      const template = document.querySelector<HTMLTemplateElement>(add.dataset['repeat'] || 'none');
      const list = document.querySelector<HTMLElement>(add.dataset['repeatInto'] || 'none');
      if (!template || !list) return;
      event.preventDefault();
      const row = addRow(list, template, Number(list.dataset['next'] ?? list.children.length));
      row?.querySelector<HTMLElement>('input:not([type=hidden]),select,textarea')?.focus();
      row?.dispatchEvent(new CustomEvent('rows', { bubbles: true }));
    }
    // <button data-insert="#field" data-text="…">: goes in where the cursor stands, on a line of its own.
    const insert = target.closest<HTMLElement>('[data-insert]');
    const into = insert ? document.querySelector<HTMLTextAreaElement>(insert.dataset['insert'] || 'none') : null;
    if (insert && into) {
      const before = into.value.slice(0, into.selectionStart);
      into.setRangeText((before && !before.endsWith('\n') ? '\n' : '') + (insert.dataset['text'] ?? ''), into.selectionStart, into.selectionEnd, 'end');
      into.dispatchEvent(new Event('input', { bubbles: true }));
      into.focus();
    }
    // <button data-needs="#field">: what the button asks for is shown first, when nothing is in it yet. Without JS the server says so.
    const needs = target.closest<HTMLElement>('[data-needs]')?.dataset['needs'];
    const needed = needs ? document.querySelector<HTMLTextAreaElement>(needs) : null;
    if (needed && needed.value.trim() === '') {
      event.preventDefault();
      const fold = needed.closest('details');
      if (fold) fold.open = true;
      needed.focus();
      needed.scrollIntoView({ block: 'center' });
    }
    const remove = target.closest<HTMLElement>('[data-repeat-remove]');
    if (remove) {
      event.preventDefault();
      const list = remove.closest('[data-repeat-row]')?.parentElement;
      remove.closest('[data-repeat-row]')?.remove();
      list?.dispatchEvent(new CustomEvent('rows', { bubbles: true }));
    }
  });

  document.addEventListener('change', event => {
    const field = event.target as HTMLInputElement;
    if (field.form) dependents(field.form);
  });
  onContent(prepare);
}

/** Adds the row with this number to a list; the next one gets a higher number. */
export function addRow(list: HTMLElement, template: HTMLTemplateElement, index: number): Element | null {
  list.dataset['next'] = String(Math.max(index + 1, Number(list.dataset['next'] ?? 0)));
  const holder = document.createElement('div');
  holder.innerHTML = template.innerHTML.replaceAll('__i__', String(index)).replaceAll('__n__', String(index + 1));
  const row = holder.firstElementChild;
  if (!row) return null;
  list.append(row);
  prepare(row);
  return row;
}

/** Lets forms be sent again. */
export function release(): void {
  for (const form of all<HTMLFormElement>('form[data-sending]')) {
    delete form.dataset['sending'];
    form.removeAttribute('aria-busy');
    for (const button of all<HTMLButtonElement>('button[data-idle]', form)) {
      button.innerHTML = button.dataset['idle'] ?? '';
      delete button.dataset['idle'];
    }
  }
}

function prepare(root: ParentNode): void {
  for (const field of all<HTMLTextAreaElement>('[data-count]', root)) counter(field);
  for (const form of all<HTMLFormElement>('form', root)) dependents(form);
}

/** data-count="还可输入 {n} 字" on a field with maxlength: what is left is shown in the [data-counter] beside it. */
function counter(field: HTMLTextAreaElement | HTMLInputElement): void {
  const shown = field.parentElement?.querySelector<HTMLElement>('[data-counter]');
  if (!shown || field.dataset['counting'] !== undefined) return;
  field.dataset['counting'] = '';
  const update = () => { shown.textContent = fill(field.dataset['count'], { n: field.maxLength - field.value.length, max: field.maxLength }); };
  field.addEventListener('input', update);
  update();
}

/** data-show-when="Form=Written" (or "Form=Written|Oral"): shown, and sent, only while that choice is made. */
function dependents(form: HTMLFormElement): void {
  for (const part of all<HTMLElement>('[data-show-when]', form)) {
    const [name = '', wanted = ''] = (part.dataset['showWhen'] ?? '').split('=');
    const value = new FormData(form).get(name);
    const shown = wanted.split('|').includes(String(value ?? ''));
    part.hidden = !shown;
    for (const field of all<HTMLInputElement>('input,select,textarea', part)) field.disabled = !shown;
  }
}
