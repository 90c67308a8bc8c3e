import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridSimpleComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';

// No tooltip, no axis pointer, the simple grid: the page with its charts stays under 200 KB; values stand beside the marks and in the table.
use([BarChart, LineChart, PieChart, GridSimpleComponent, CanvasRenderer]);

type Column = { name: string; colour: string; values: number[] };
const style = getComputedStyle(document.documentElement);
const phone = matchMedia('(max-width: 999px)').matches;
const size = parseFloat(style.fontSize) * (phone ? 14 : 12) / 16;
const token = (name: string): string => style.getPropertyValue(name).trim();

const drawn = new Map<HTMLElement, EChartsType>();

/** <figure data-chart="bar|line|pie"> holds a <table>; the table is the data, and stays there to be read. */
function draw(figure: HTMLElement): void {
  const table = figure.querySelector('table');
  const canvas = figure.querySelector<HTMLElement>('[data-chart-canvas]');
  if (!table || !canvas) return;
  const heads = [...table.querySelectorAll<HTMLElement>('thead th')].slice(1);
  const rows = [...table.querySelectorAll('tbody tr')];
  const labels = rows.map(row => row.children[0]?.textContent?.trim() ?? '');
  const rowColours = rows.map(row => (row as HTMLElement).dataset['colour']);
  const columns: Column[] = heads.map((head, i) => ({
    name: head.textContent?.trim() ?? '',
    colour: token(`--${head.dataset['colour'] ?? ['chart-1', 'chart-2', 'chart-3'][i] ?? 'chart-1'}`),
    values: rows.map(row => Number((row.children[i + 1] as HTMLElement | undefined)?.dataset['value'] ?? row.children[i + 1]?.textContent?.replace(/[^\d.-]/g, '') ?? 0)),
  }));
  let chart = drawn.get(canvas);
  if (!chart) {
    canvas.hidden = false;
    chart = init(canvas, null, { renderer: 'canvas' });
    const made = chart;
    drawn.set(canvas, made);
    // On paper the drawing is scaled, not drawn anew.
    new ResizeObserver(() => { if (!document.documentElement.classList.contains('printing')) made.resize(); }).observe(canvas);
    const fold = figure.querySelector<HTMLDetailsElement>('details[data-chart-table]');
    if (fold) fold.open = false;
  }
  chart.setOption(option(figure.dataset['chart'] ?? 'bar', labels, columns, rowColours));
}

const drawAll = () => { for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) draw(figure); };
drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
for (const [event, printing] of [['beforeprint', true], ['afterprint', false]] as const) {
  window.addEventListener(event, () => { document.documentElement.classList.toggle('printing', printing); drawAll(); });
}

/** On a line only the highest and the last value are written, and no zero: it would stand on the axis. */
function marked(values: number[], at: number): string {
  return values[at] !== 0 && (at === values.length - 1 || at === values.indexOf(Math.max(...values))) ? String(values[at]) : '';
}

function option(kind: string, labels: string[], columns: Column[], rowColours: (string | undefined)[]): EChartsCoreOption {
  const text = { color: token('--ink-2'), fontFamily: token('--font'), fontSize: size };
  const line = { lineStyle: { color: token('--line') } };
  const base = { animation: false, textStyle: text, silent: true };
  const value = { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: token('--line') } }, axisLabel: text };
  const names = { type: 'category', data: labels, axisTick: { show: false }, axisLine: line, axisLabel: text };
  if (kind === 'pie') {
    const values = columns[0]?.values ?? [];
    const total = values.reduce((sum, n) => sum + n, 0);
    return {
      ...base,
      series: [{
        type: 'pie', radius: ['62%', '88%'], center: ['50%', '50%'], padAngle: 1.5, itemStyle: { borderRadius: 3 },
        data: labels.map((name, i) => ({
          name, value: values[i], itemStyle: { color: token(`--${rowColours[i] ?? 'chart-1'}`) },
          label: { show: i === 0, position: 'center', formatter: String(total), fontSize: 26, fontWeight: 600, color: token('--ink') },
        })),
        silent: true,
      }],
    };
  }
  if (kind === 'line') {
    return {
      ...base, grid: { left: 4, right: 24, top: 24, bottom: 4, containLabel: true }, xAxis: { ...names, boundaryGap: false }, yAxis: value,
      series: columns.map((column, i) => ({
        type: 'line', name: column.name, data: column.values, color: column.colour, symbol: i === 0 ? 'circle' : 'emptyCircle', symbolSize: 6,
        lineStyle: { width: 2, type: i === 0 ? 'solid' : 'dashed' }, silent: true,
        label: { show: true, position: i === 0 ? 'top' : 'bottom', ...text, color: column.colour, fontWeight: 600, formatter: (point: { dataIndex: number }) => marked(column.values, point.dataIndex) },
      })),
    };
  }
  return {
    ...base, grid: { left: 0, right: 36, top: 0, bottom: 0, containLabel: true },
    xAxis: { ...value, show: false }, yAxis: { ...names, inverse: true, axisLine: { show: false } },
    series: columns.map(column => ({
      type: 'bar', name: column.name, data: column.values, color: column.colour, barWidth: 14, itemStyle: { borderRadius: [0, 3, 3, 0] },
      label: { show: true, position: 'right', ...text }, silent: true,
    })),
  };
}
