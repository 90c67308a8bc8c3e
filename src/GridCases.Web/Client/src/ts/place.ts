import { all, onContent } from './dom';

/**
 * <button data-geolocate data-latitude="#lat" data-longitude="#lng" hidden>: shown only where the device can tell its place. What is shown of a place may ask whether it is right; and a [data-map] with tiles becomes a map when it
 * comes into sight.
 */
export function startPlace(): void {
  document.addEventListener('click', answer);
  onContent(root => { for (const map of all<HTMLElement>('[data-map]:not([data-map=""])', root)) whenSeen(map); });
  if (!('geolocation' in navigator) || !window.isSecureContext) return;
  onContent(root => { for (const button of all<HTMLButtonElement>('[data-geolocate][hidden]', root)) locate(button); });
}

function locate(button: HTMLButtonElement): void {
  button.hidden = false;
  const shown = button.parentElement?.querySelector<HTMLElement>('[data-geo-state]');
  const show = (key: string) => { if (shown) shown.textContent = button.dataset[key] ?? ''; };
  button.addEventListener('click', () => {
    button.disabled = true;
    show('geoBusy');
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      set(button.dataset['latitude'], button.dataset['longitude'], coords);
      button.disabled = false;
      show('geoDone');
    }, () => {
      button.disabled = false;
      show('geoFailed');
    }, { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 });
  });
}

/** Both, before either is told of. */
function set(latitude = 'none', longitude = 'none', to: { latitude: number; longitude: number } | null): void {
  const fields = [latitude, longitude].map(selector => document.querySelector<HTMLInputElement>(selector));
  fields.forEach((field, i) => { if (field) field.value = to ? (i === 0 ? to.latitude : to.longitude).toFixed(6) : ''; });
  for (const field of fields) field?.dispatchEvent(new Event('change', { bubbles: true }));
}

/** What is asked of a place in the form for a new dispute. */
function answer(event: Event): void {
  const button = (event.target as Element).closest<HTMLButtonElement>('[data-place-clear],[data-place-unit],[data-place-keep]');
  if (!button) return;
  if (button.dataset['placeClear'] !== undefined) set('#lat', '#lng', null);
  const unit = document.querySelector<HTMLSelectElement>('#grid');
  if (button.dataset['placeUnit'] && unit) {
    unit.value = button.dataset['placeUnit'];
    unit.dispatchEvent(new Event('change', { bubbles: true }));
  }
  button.closest('[data-place-doubt]')?.remove();
}

function whenSeen(map: HTMLElement): void {
  if (map.dataset['seen'] !== undefined) return;
  map.dataset['seen'] = '';
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    observer.disconnect();
    void import('./map').then(module => module.draw(map));
  }, { rootMargin: '200px' }).observe(map);
}
