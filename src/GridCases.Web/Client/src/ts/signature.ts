import SignaturePad, { type PointGroup } from 'signature_pad';
import { all, fill } from './dom';
import { isSignature, onPaper, pen, pictureOf, viewOn, type View } from './strokes';

type Step = 'read' | 'draw' | 'check';

/**
 * <button data-draw data-value="…" data-name="…" data-reads="true">: opens the one <dialog data-pad> of its form: all that is signed, large; a pad to draw on; the picture that will be kept. That goes as a PNG into the hidden
 * [name=imagePng], and the form is sent as if the button itself had sent it. What is drawn is kept as strokes on a sheet of paper of its own, so that turning the phone moves the sheet and cuts nothing.
 */
export function startSignatures(): void {
  for (const dialog of all<HTMLDialogElement>('dialog[data-pad]')) prepare(dialog);
}

function prepare(dialog: HTMLDialogElement): void {
  const form = dialog.closest('form');
  const canvas = dialog.querySelector('canvas');
  const image = form?.querySelector<HTMLInputElement>('[name=imagePng]');
  const send = dialog.querySelector<HTMLButtonElement>('[data-pad-send]');
  const title = dialog.querySelector<HTMLElement>('[data-pad-title]');
  const alert = dialog.querySelector<HTMLElement>('[data-pad-empty]');
  const kept = dialog.querySelector<HTMLImageElement>('[data-pad-kept]');
  if (!form || !canvas || !image || !send || !title || !alert || !kept) return;

  let pad: SignaturePad;
  // By signer: whoever closes the pad by mistake finds again what was drawn.
  const drawn = new Map<string, PointGroup[]>();
  let strokes: PointGroup[] = [];
  let view: View = { scale: 1, x: 0, y: 0 };
  let name = '';
  let shown: Step = 'draw';

  const sheet = () => {
    const scale = Math.max(window.devicePixelRatio || 1, 1);
    view = viewOn(canvas.offsetWidth, canvas.offsetHeight, strokes);
    canvas.width = canvas.offsetWidth * scale;
    canvas.height = canvas.offsetHeight * scale;
    const context = canvas.getContext('2d');
    pad.clear();
    context?.setTransform(scale * view.scale, 0, 0, scale * view.scale, scale * view.x, scale * view.y);
    pad.fromData(strokes, { clear: false });
    context?.setTransform(scale, 0, 0, scale, 0, 0);
  };
  /** What the pad holds beyond the strokes is what was drawn since. */
  const take = () => {
    for (const stroke of pad.toData().slice(strokes.length)) strokes.push(onPaper(stroke, view));
  };
  const show = (step: Step) => {
    shown = step;
    for (const section of all<HTMLElement>('[data-pad-step]', dialog)) section.hidden = section.dataset['padStep'] !== step;
    title.textContent = fill(title.dataset[step === 'read' ? 'padReadTitle' : step === 'check' ? 'padCheckTitle' : 'padTitle'], { name });
    alert.hidden = true;
    if (step === 'draw') sheet();
    if (step === 'check') kept.src = pictureOf(strokes);
    dialog.querySelector<HTMLElement>(`[data-pad-step=${step}] .btn-primary`)?.focus();
  };

  const lay = () => {
    pad = new SignaturePad(canvas, pen);
    pad.addEventListener('beginStroke', () => { alert.hidden = true; });
    pad.addEventListener('endStroke', take);
  };
  lay();
  window.addEventListener('resize', () => {
    if (!dialog.open || shown !== 'draw') return;
    // A stroke that is under way ends where the phone was turned.
    take();
    pad.off();
    lay();
    sheet();
  });

  for (const button of all<HTMLButtonElement>('[data-draw]', form)) {
    button.hidden = false;
    button.addEventListener('click', () => {
      send.value = button.dataset['value'] ?? '';
      name = button.dataset['name'] ?? '';
      strokes = drawn.get(send.value) ?? [];
      drawn.set(send.value, strokes);
      dialog.showModal();
      show(button.dataset['reads'] === 'true' && strokes.length === 0 ? 'read' : 'draw');
    });
  }
  for (const go of all<HTMLButtonElement>('[data-pad-go]', dialog)) {
    go.addEventListener('click', () => {
      const step = go.dataset['padGo'] as Step;
      if (step !== 'check' || isSignature(strokes)) {
        show(step);
        return;
      }
      alert.textContent = (strokes.length === 0 ? alert.dataset['padEmpty'] : alert.dataset['padFaint']) ?? '';
      alert.hidden = false;
    });
  }
  for (const clear of all('[data-pad-clear]', dialog)) {
    clear.addEventListener('click', () => {
      strokes.length = 0;
      show('draw');
    });
  }
  for (const close of all('[data-pad-close]', dialog)) close.addEventListener('click', () => dialog.close());
  send.addEventListener('click', () => { image.value = pictureOf(strokes).split(',')[1] ?? ''; });
  dialog.addEventListener('close', () => { if (form.dataset['sending'] === undefined) image.value = ''; });
}
