/**
 * Whoever asks the server while somebody types listens to "typed", not to "input": while an input method composes, a field holds half a word, pinyin for
 * one, which would be searched for and stand in the read audit. Chrome tells of no input after the last one within a composition.
 */
export function startTyping(): void {
  document.addEventListener('input', event => {
    if (!(event as InputEvent).isComposing) tell(event);
  });
  document.addEventListener('compositionend', tell);
}

function tell(event: Event): void {
  event.target?.dispatchEvent(new CustomEvent('typed', { bubbles: true }));
}
