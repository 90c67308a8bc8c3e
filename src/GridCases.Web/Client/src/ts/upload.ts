import { release } from './forms';

/** A form with a file, <form data-upload>: a file that is too large is refused before it is sent, and a bar shows how far it is. Without JS it is an ordinary form. */
export function startUpload(): void {
  document.addEventListener('change', event => {
    const field = event.target as HTMLInputElement;
    if (field.type !== 'file' || !field.dataset['most']) return;
    const size = field.files?.[0]?.size ?? 0;
    field.setCustomValidity(size > Number(field.dataset['most']) ? field.dataset['tooLarge'] ?? '' : '');
    field.reportValidity();
  });
  // After the guard against sending twice: what that has stopped stays stopped.
  document.addEventListener('submit', event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.dataset['upload'] === undefined) return;
    event.preventDefault();
    send(form);
  });
}

function send(form: HTMLFormElement): void {
  const bar = form.querySelector('progress');
  const request = new XMLHttpRequest();
  const fail = (sentence: string) => {
    release();
    if (bar) bar.hidden = true;
    const notice = form.querySelector<HTMLElement>('[data-upload-problem]');
    const text = notice?.querySelector('p');
    if (!notice || !text) return;
    text.textContent = sentence;
    notice.hidden = false;
    notice.scrollIntoView({ block: 'nearest' });
  };
  request.upload.addEventListener('progress', event => {
    if (!bar || !event.lengthComputable) return;
    bar.hidden = false;
    bar.value = 100 * event.loaded / event.total;
  });
  request.addEventListener('load', () => {
    if (request.getResponseHeader('Content-Type')?.startsWith('application/json')) {
      location.assign((JSON.parse(request.responseText) as { next: string }).next);
      return;
    }
    // A refusal is the page that says why, or holds the way to sign in. Anything else is shown as it is.
    const page = new DOMParser().parseFromString(request.responseText, 'text/html');
    const signIn = request.status === 401 ? page.querySelector('[data-signed-out] a')?.getAttribute('href') : null;
    if (signIn) {
      location.assign(signIn);
      return;
    }
    const messages = [...page.querySelectorAll('form[data-upload] .invalid-feedback span, form[data-upload] [data-upload-problem]:not([hidden]) p')].map(e => e.textContent?.trim()).filter(Boolean);
    if (request.status >= 400) fail(messages.join(' ') || (form.dataset['failed'] ?? ''));
    else location.assign(request.responseURL);
  });
  request.addEventListener('error', () => fail(form.dataset['failed'] ?? ''));
  request.open('POST', form.action);
  request.setRequestHeader('X-Followed', '1');
  request.send(new FormData(form));
}
