import SignaturePad from 'signature_pad';
import { all, fill } from './dom';

/**
 * <button data-draw data-value="…:Drawn" data-name="…">: opens the one <dialog data-pad> of its form to draw on. What was drawn goes as a PNG into
 * the hidden [name=imagePng], and the form is sent as if the button itself had sent it.
 */
export function startSignatures(): void {
  for (const dialog of all<HTMLDialogElement>('dialog[data-pad]')) prepare(dialog);
}

/** Only what was drawn, with a margin: in a document a signature is a line high, however large the screen was. */
function drawn(canvas: HTMLCanvasElement, pad: SignaturePad): HTMLCanvasElement {
  const points = pad.toData().flatMap(stroke => stroke.points);
  const scale = canvas.width / canvas.offsetWidth;
  const [left, top] = [Math.min(...points.map(p => p.x)) - 10, Math.min(...points.map(p => p.y)) - 10];
  const [right, bottom] = [Math.max(...points.map(p => p.x)) + 10, Math.max(...points.map(p => p.y)) + 10];
  const cropped = document.createElement('canvas');
  cropped.width = Math.ceil((right - left) * scale);
  cropped.height = Math.ceil((bottom - top) * scale);
  cropped.getContext('2d')?.drawImage(canvas, -left * scale, -top * scale);
  return cropped;
}

function prepare(dialog: HTMLDialogElement): void {
  const form = dialog.closest('form');
  const canvas = dialog.querySelector('canvas');
  const image = form?.querySelector<HTMLInputElement>('[name=imagePng]');
  const send = dialog.querySelector<HTMLButtonElement>('[data-pad-send]');
  const title = dialog.querySelector<HTMLElement>('[data-pad-title]');
  const empty = dialog.querySelector<HTMLElement>('[data-pad-empty]');
  if (!form || !canvas || !image || !send || !title || !empty) return;

  const pad = new SignaturePad(canvas, { minWidth: 1, maxWidth: 3.2, penColor: '#14161c' });
  pad.addEventListener('beginStroke', () => { empty.hidden = true; });

  // The canvas has as many dots as the screen; turning the phone wipes it, so what was drawn is drawn again.
  const fit = () => {
    const scale = Math.max(window.devicePixelRatio || 1, 1);
    const strokes = pad.toData();
    canvas.width = canvas.offsetWidth * scale;
    canvas.height = canvas.offsetHeight * scale;
    canvas.getContext('2d')?.scale(scale, scale);
    pad.clear();
    pad.fromData(strokes);
  };
  window.addEventListener('resize', () => { if (dialog.open) fit(); });

  for (const button of all<HTMLButtonElement>('[data-draw]', form)) {
    button.hidden = false;
    button.addEventListener('click', () => {
      title.textContent = fill(title.dataset['padTitle'], { name: button.dataset['name'] ?? '' });
      send.value = button.dataset['value'] ?? '';
      empty.hidden = true;
      pad.clear();
      dialog.showModal();
      fit();
    });
  }

  dialog.querySelector('[data-pad-clear]')?.addEventListener('click', () => pad.clear());
  dialog.querySelector('[data-pad-close]')?.addEventListener('click', () => dialog.close());
  send.addEventListener('click', event => {
    if (pad.isEmpty()) {
      event.preventDefault();
      empty.hidden = false;
      return;
    }
    image.value = drawn(canvas, pad).toDataURL('image/png').split(',')[1] ?? '';
  });
  dialog.addEventListener('close', () => { if (form.dataset['sending'] === undefined) image.value = ''; });
}
