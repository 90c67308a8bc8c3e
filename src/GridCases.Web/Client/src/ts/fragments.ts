import htmx from 'htmx.org';

// The content security policy forbids inline styles and eval; errors are pages too, so they are swapped in like any answer.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // personal data does not stay in the browser's storage
htmx.config.responseHandling = [{ code: '204', swap: false }, { code: '[23]..', swap: true }, { code: '[45]..', swap: false, error: true }];

// A form on its way asks for nothing more: the answer would be cut off by the next page.
document.addEventListener('htmx:beforeRequest', event => {
  if ((event.target as Element).closest('form[data-sending]')) event.preventDefault();
});

// Whoever is signed out is told so where the answer would have come, with a way to sign in that leads back here: what is on the page, and what was typed, stays.
// Any other fragment that cannot be had becomes an ordinary page load, which says why.
document.addEventListener('htmx:responseError', event => {
  const answer = (event as CustomEvent).detail?.xhr as XMLHttpRequest | undefined;
  const target = (event as CustomEvent).detail?.target as Element | undefined;
  if (answer?.status === 401) {
    const notice = new DOMParser().parseFromString(answer.responseText, 'text/html').querySelector('[data-signed-out]');
    if (notice && !document.querySelector('[data-signed-out]')) {
      target?.before(notice);
      notice.scrollIntoView({ block: 'nearest' });
    }
    return;
  }
  const path = (event as CustomEvent).detail?.pathInfo?.finalRequestPath as string | undefined;
  const verb = (event as CustomEvent).detail?.requestConfig?.verb as string | undefined;
  if (path && verb === 'get') location.assign(path);
});

// Somebody has signed in again, in another tab.
document.addEventListener('htmx:afterSwap', () => { document.querySelector('[data-signed-out]')?.remove(); });
