import { circleMarker, map as mapIn, tileLayer } from 'leaflet';

interface Unit { name: string; latitude: number; longitude: number; own: boolean }

/** The city's own map in place of the sketch: the point, and the middles of the units around it. */
export function draw(holder: HTMLElement): void {
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = '/dist/map.css';
  style.addEventListener('load', () => show(holder));
  document.head.append(style);
}

function show(holder: HTMLElement): void {
  const sketch = holder.querySelector('svg');
  const at: [number, number] = [Number(holder.dataset['latitude']), Number(holder.dataset['longitude'])];
  const most = Number(holder.dataset['zoom']);
  holder.classList.add('is-map');
  const shown = mapIn(holder, { attributionControl: true, zoomControl: true, scrollWheelZoom: false }).setView(at, Math.min(16, most));
  shown.attributionControl.setPrefix(false);
  const tiles = tileLayer(holder.dataset['map'] ?? '', { attribution: holder.dataset['attribution'] ?? '', maxZoom: most });
  // Where the city's map cannot be had the sketch stays.
  tiles.once('load', () => sketch?.remove());
  let failed = 0;
  tiles.on('tileerror', () => {
    if (++failed < 3 || !sketch?.isConnected) return;
    shown.remove();
    holder.classList.remove('is-map');
    holder.replaceChildren(sketch);
  });
  tiles.addTo(shown);
  for (const unit of JSON.parse(holder.dataset['units'] ?? '[]') as Unit[]) {
    circleMarker([unit.latitude, unit.longitude], { radius: 6, weight: 2, color: unit.own ? '#1b6477' : '#57534b', fillColor: '#fff', fillOpacity: 1 }).bindTooltip(unit.name, { permanent: true, direction: 'bottom' }).addTo(shown);
  }
  circleMarker(at, { radius: 9, weight: 3, color: '#fff', fillColor: '#1b6477', fillOpacity: 1 }).addTo(shown);
}
