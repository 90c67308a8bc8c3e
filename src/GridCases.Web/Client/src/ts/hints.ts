import { all, onContent } from './dom';
import { hintOnIdNumber, hintOnPhone, normalIdNumber, normalPhone, readIdNumber } from './numbers';

/**
 * <input data-number="IdNumber"> with <div id="…-hint" data-says="{…}"> behind it: what looks mistyped is said there and never keeps the form from being
 * sent. It is said when somebody has left the field, or has typed as much as such a number has; what is put right while typing goes at once.
 */
export function startHints(): void {
  onContent(root => {
    for (const field of all<HTMLInputElement>('input[data-number]', root)) if (field.value !== '') look(field);
  });
  document.addEventListener('input', event => {
    const field = event.target as HTMLInputElement;
    if (field.dataset?.['number'] === undefined) return;
    if (isWhole(field)) look(field); else saidBehind(field)?.replaceChildren();
  });
  document.addEventListener('change', event => {
    const field = event.target as HTMLInputElement;
    if (field.dataset?.['number'] !== undefined) look(field);
    // Whether it is a person's number hangs on another choice.
    else if (/Kind$/i.test(field.name ?? '') && field.form) for (const number of all<HTMLInputElement>('input[data-number=IdNumber]', field.form)) look(number);
  });
  // The button that would ask the server to fill in what the number says does so here.
  document.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLButtonElement>('.number-hint button');
    const field = button ? document.querySelector<HTMLInputElement>(`[aria-describedby~="${button.closest('.number-hint')?.id ?? ''}"]`) : null;
    if (!field) return;
    event.preventDefault();
    fillIn(field);
  });
}

function isWhole(field: HTMLInputElement): boolean {
  return field.dataset['number'] === 'IdNumber' ? normalIdNumber(field.value).length >= 18 : normalPhone(field.value).length >= 11;
}

function look(field: HTMLInputElement): void {
  const place = saidBehind(field);
  if (!place) return;
  const says = JSON.parse(place.dataset['says'] ?? '{}') as Record<string, string>;
  const isId = field.dataset['number'] === 'IdNumber';
  const isNobodys = isId && other(field, 'Kind') === 'Organisation';
  const hint = isNobodys ? null : isId ? hintOnIdNumber(field.value, today()) : hintOnPhone(field.value);
  const number = isId && !isNobodys && hint === null ? readIdNumber(field.value, today()) : null;
  const offer = number && (other(field, 'Sex') === '' || other(field, 'BirthDate') === '')
    ? (says['NumberSays'] ?? '').replace('{0}', [(says['NumberBorn'] ?? '').replace('{0}', number.bornOn), says[number.sex]].join(says['Comma']))
    : '';
  const said = hint !== null ? says[hint] ?? '' : offer;
  // What stands there already stays: a finger may be on its way to the button, and leaving the field for it is a change.
  if (said === place.textContent.replace(says['NumberFill'] ?? '', '')) return;
  place.replaceChildren();
  if (said === '') return;
  const line = document.createElement('p');
  if (hint !== null) line.innerHTML = '<svg class="icon" aria-hidden="true"><use href="/dist/icons.svg#info-circle"/></svg>'; else line.className = 'says';
  const sentence = document.createElement('span');
  sentence.textContent = said;
  line.append(sentence);
  if (hint === null) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn';
    button.textContent = says['NumberFill'] ?? '';
    line.append(button);
  }
  place.append(line);
}

function fillIn(field: HTMLInputElement): void {
  const number = readIdNumber(field.value, today());
  if (!number) return;
  for (const [part, value] of [['Sex', number.sex], ['BirthDate', number.bornOn]] as const) {
    const input = control(field, part);
    if (!input || other(field, part) !== '') continue;
    input.value = value;
    const changed = input instanceof RadioNodeList ? field : input;
    changed.dispatchEvent(new Event('change', { bubbles: true }));
  }
  saidBehind(field)?.replaceChildren();
  field.focus();
}

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

const saidBehind = (field: HTMLInputElement): HTMLElement | null => document.getElementById(`${field.id}-hint`);

/** The control of the same party: parties[0].IdNumber has parties[0].Sex beside it, idNumber has sex. */
function control(field: HTMLInputElement, part: string): HTMLInputElement | HTMLSelectElement | RadioNodeList | null {
  const name = /^idNumber$|^phone$/.test(field.name) ? part.charAt(0).toLowerCase() + part.slice(1) : field.name.replace(/(IdNumber|Phone)$/, part);
  return field.form?.elements.namedItem(name) as HTMLInputElement | null;
}

/** What stands in it; a field that leaves what is on record as it is counts as filled. */
function other(field: HTMLInputElement, part: string): string | undefined {
  const input = control(field, part);
  return input instanceof HTMLElement && input.dataset['kept'] !== undefined ? 'kept' : input?.value;
}
