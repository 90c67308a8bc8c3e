export const all = <T extends Element>(selector: string, root: ParentNode = document): T[] => [...root.querySelectorAll<T>(selector)];

/** Runs for what is on the page now and for every fragment htmx brings in later. */
export function onContent(run: (root: ParentNode) => void): void {
  run(document);
  document.addEventListener('htmx:load', event => {
    const element = (event as CustomEvent).detail?.elt as Element | undefined;
    if (element && element !== document.body) run(element.parentElement ?? element);
  });
}

/** A moment of this device, as its reader writes it. */
export const when = (at: number): string => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

/** Texts come from the page (data-* attributes), so that they are in the reader's language: "还可输入 {n} 字", "{n} {n|character|characters} left". */
export const fill = (text: string | undefined, values: Record<string, string | number>): string =>
  (text ?? '').replace(/\{(\w+)\|([^|{}]*)\|([^|{}]*)\}/g, (_, key: string, one: string, many: string) => String(values[key]) === '1' ? one : many).replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
