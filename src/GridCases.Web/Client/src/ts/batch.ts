import { all, fill, onContent } from './dom';

/** <form data-batch>: counts ticked rows in [data-batch-count], "all" through [data-batch-all]. Without JS: tick and press. */
export function startBatch(): void {
  const update = (form: HTMLFormElement) => {
    const boxes = all<HTMLInputElement>('[data-batch-item]', form);
    const ticked = boxes.filter(box => box.checked).length;
    for (const box of all<HTMLInputElement>('[data-batch-all]', form)) {
      box.checked = ticked > 0 && ticked === boxes.length;
      box.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    for (const count of all<HTMLElement>('[data-batch-count]', form)) count.textContent = fill(count.dataset['batchCount'], { n: ticked });
    for (const button of all<HTMLButtonElement>('[data-batch-do]', form)) button.disabled = ticked === 0;
    form.dataset['ticked'] = String(ticked);
  };
  document.addEventListener('change', event => {
    const box = event.target as HTMLInputElement;
    const form = box.closest<HTMLFormElement>('form[data-batch]');
    if (!form) return;
    if (box.matches('[data-batch-all]')) for (const item of all<HTMLInputElement>('[data-batch-item]', form)) item.checked = box.checked;
    update(form);
  });
  onContent(() => { for (const form of all<HTMLFormElement>('form[data-batch]')) update(form); });
}
