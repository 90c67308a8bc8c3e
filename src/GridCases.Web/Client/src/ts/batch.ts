import { all, fill, onContent } from './dom';

/** <form data-batch>, the rows' boxes inside it or tied to it by form="…": counts ticked rows in [data-batch-count], "all" through [data-batch-all]. Without JS: tick and press. */
export function startBatch(): void {
  const boxesOf = (form: HTMLFormElement, which: string) => [...form.elements].filter((field): field is HTMLInputElement => field.matches(which));
  const update = (form: HTMLFormElement) => {
    const boxes = boxesOf(form, '[data-batch-item]');
    const ticked = boxes.filter(box => box.checked).length;
    for (const box of boxesOf(form, '[data-batch-all]')) {
      box.checked = ticked > 0 && ticked === boxes.length;
      box.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    for (const count of all<HTMLElement>('[data-batch-count]', form)) count.textContent = fill(count.dataset['batchCount'], { n: ticked });
    for (const button of all<HTMLButtonElement>('[data-batch-do]', form)) button.disabled = ticked === 0;
    form.dataset['ticked'] = String(ticked);
  };
  document.addEventListener('change', event => {
    const box = event.target as HTMLInputElement;
    const form = box.form;
    if (!form?.matches('[data-batch]')) return;
    if (box.matches('[data-batch-all]')) for (const item of boxesOf(form, '[data-batch-item]')) item.checked = box.checked;
    update(form);
  });
  onContent(() => { for (const form of all<HTMLFormElement>('form[data-batch]')) update(form); });
}
