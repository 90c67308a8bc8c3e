/** <button type="submit" data-ask="…?" data-ask-yes="…" data-ask-no="…">: what one tap would put on record is asked once. Without JS it is an ordinary button. */
export function startAsking(): void {
  document.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-ask]');
    if (!button?.form) return;
    event.preventDefault();
    ask(button, () => button.form?.requestSubmit(button));
  });
}

function ask(about: HTMLElement, yes: () => void): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'ask';
  dialog.setAttribute('role', 'alertdialog');
  const question = document.createElement('p');
  question.id = 'ask-question';
  question.textContent = about.dataset['ask'] ?? '';
  dialog.setAttribute('aria-labelledby', question.id);
  const actions = document.createElement('div');
  actions.className = 'form-actions';
  const choose = (text: string | undefined, style: string, chosen?: () => void) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = style;
    button.textContent = text ?? '';
    button.addEventListener('click', () => {
      dialog.close();
      chosen?.();
    });
    actions.append(button);
  };
  choose(about.dataset['askYes'], 'btn btn-primary', yes);
  choose(about.dataset['askNo'], 'btn');
  dialog.append(question, actions);
  dialog.addEventListener('close', () => {
    dialog.remove();
    about.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
