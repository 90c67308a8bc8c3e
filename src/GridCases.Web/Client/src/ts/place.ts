import { all } from './dom';

/** <button data-geolocate data-latitude="#lat" data-longitude="#lng" hidden>: shown only where the device can tell its place. */
export function startPlace(): void {
  if (!('geolocation' in navigator) || !window.isSecureContext) return;
  for (const button of all<HTMLButtonElement>('[data-geolocate]')) {
    button.hidden = false;
    const shown = document.querySelector<HTMLElement>('[data-geo-state]');
    const show = (key: string) => { if (shown) shown.textContent = button.dataset[key] ?? ''; };
    button.addEventListener('click', () => {
      button.disabled = true;
      show('geoBusy');
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        set(button.dataset['latitude'], coords.latitude);
        set(button.dataset['longitude'], coords.longitude);
        button.disabled = false;
        show('geoDone');
      }, () => {
        button.disabled = false;
        show('geoFailed');
      }, { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 });
    });
  }
}

function set(selector: string | undefined, value: number): void {
  const field = selector ? document.querySelector<HTMLInputElement>(selector) : null;
  if (field) field.value = value.toFixed(6);
}
