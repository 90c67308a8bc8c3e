import { listOut, markTried, news, readPhoto, settle, tell, wipe, type Content, type Draft } from './draftStore';

/** How sending ended: all is sent; there is no network; nobody, or somebody else, is signed in; this user was deactivated; the server does not answer as it should. */
export type Outcome = 'done' | 'offline' | 'signed-out' | 'gone' | 'later';

const longestWait = 60_000;

/** Ends a pass over the outbox; the rest waits. */
class Stop extends Error {
  constructor(readonly outcome: Outcome) { super(outcome); }
}

/**
 * Sends what waits, the oldest first. However many tabs and workers ask for it, one at a time sends. What was sent stays until the server's answer is on the device: a refusal becomes a draft again,
 * a number a receipt. A form that was taken while its answer was lost is sent again with the same key and the same fields, and gets that first answer.
 */
export async function sendOutbox(user: string, ended?: (outcome: Outcome) => void): Promise<Outcome> {
  const outcome = await navigator.locks.request(news, async () => {
    if ((await listOut(user)).length === 0) return 'done';
    try {
      const token = await demandToken(user);
      let isLeft = false;
      for (const draft of await listOut(user)) isLeft = !(await sendOne(user, draft, token)) || isLeft;
      return isLeft ? 'later' : 'done';
    } catch (problem) {
      return problem instanceof Stop ? problem.outcome : 'later';
    }
  });
  ended?.(outcome);
  return outcome;
}

/** Whose session it is, with a token for its forms. A session that is another's is as good as none. */
async function demandToken(user: string): Promise<string> {
  const answer = await ask('/offline?handler=Session');
  if (!answer.ok || !isJson(answer)) throw new Stop('later');
  const session = await answer.json() as { user: string; token: string } | { user: null; gone: string | null };
  if (session.user === user) return session.token;
  // Whoever is deactivated keeps nothing on a device.
  if (session.user !== null || session.gone !== user) throw new Stop('signed-out');
  await wipe(user);
  throw new Stop('gone');
}

/** Sends one and tells whether nothing of it is left to send. */
async function sendOne(user: string, draft: Draft, token: string): Promise<boolean> {
  let sent = draft;
  if (draft.stage === 'out') {
    const { post, ...content } = draft;
    if (!post || !(await markTried(user, draft.id))) return true; // taken back meanwhile
    const answer = await send(post.address, [...post.fields, ['__RequestVerificationToken', token]]);
    if (!isJson(answer) || answer.status >= 500) return false;
    if (!answer.ok) {
      const problem = await answer.json() as { title: string; errors: Record<string, string[]> };
      await settle(user, draft, { ...plain(content), post, problem: { title: problem.title, errors: inRows(problem.errors, post.fields) } }, 'draft');
      tell();
      return true;
    }
    // From here on only the photos are left of it.
    const receipt = await answer.json() as { number: string; link: string; alike: number };
    sent = { ...draft, fields: {}, rows: {}, receipt, stage: 'sent' };
    delete sent.post;
    delete sent.problem;
    await settle(user, draft, plain(sent), 'sent');
    tell();
  }
  return sendPhotos(user, sent, token);
}

async function sendPhotos(user: string, draft: Draft, token: string): Promise<boolean> {
  const receipt = draft.receipt!;
  for (let left = draft.files ?? []; left.length > 0;) {
    const [photo, ...others] = left;
    const bytes = await readPhoto(user, photo!.id);
    if (bytes) {
      // The form's own key: what the page itself had put in before its answer was lost is put in once.
      const answer = await send(`${receipt.link}/attach`, [['__RequestVerificationToken', token], ['key', draft.key], ['kind', 'Photo']], new File([bytes], photo!.name, { type: photo!.type }));
      if (answer.status >= 500) return false;
      // Refused for good: said beside the number, and the photo stays until somebody has seen that.
      if (!isJson(answer)) {
        await settle(user, draft, plain({ ...draft, files: left, receipt: { ...receipt, photosRefused: true } }), 'sent');
        tell();
        return true;
      }
    }
    left = others;
    await settle(user, draft, plain({ ...draft, files: left }), 'sent');
    tell();
  }
  return true;
}

/** What of a draft is its content. */
function plain(draft: Content): Content {
  const { link, title, words, key, fields, rows, files, post, problem, receipt } = draft;
  return { link, title, words, key, fields, rows, ...(files && { files }), ...(post && { post }), ...(problem && { problem }), ...(receipt && { receipt }) };
}

function send(address: string, fields: [string, string][], file?: File): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  if (file) body.append('file', file);
  return ask(address, { method: 'POST', body });
}

/** Asks the server; ends the pass where asking for more makes no sense now. */
async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(address, { ...init, headers: { 'X-Followed': '1' }, credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(longestWait) });
  } catch {
    throw new Stop('offline');
  }
  // Without a page's own words 403 is somebody who has to change a password first.
  if (answer.status === 401 || (answer.status === 403 && !isJson(answer))) throw new Stop('signed-out');
  if (answer.status === 429 || answer.status === 503) throw new Stop('later');
  return answer;
}

const isJson = (answer: Response) => answer.headers.get('Content-Type')?.startsWith('application/json') ?? false;

/** The server counts the rows that have something in them; the form has numbers of its own. */
function inRows(errors: Record<string, string[]>, fields: [string, string][]): Record<string, string[]> {
  const numbers = fields.filter(([name]) => name === 'Input.Parties.Index').map(([, number]) => number)
    .filter((number, i) => i === 0 || fields.some(([name, value]) => value.trim() !== '' && ['Name', 'IdNumber', 'Phone'].some(part => name === `Input.Parties[${number}].${part}`)));
  return Object.fromEntries(Object.entries(errors).map(([name, sentences]) => [name.replace(/^Input\.Parties\[(\d+)\]/, (_, i: string) => `Input.Parties[${numbers[Number(i)] ?? i}]`), sentences]));
}
