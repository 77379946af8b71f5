import { Idiomorph } from 'idiomorph';

/** What the page was served with. */
const known = Object.fromEntries(
  ['token', 'instance', 'follows'].map((name) => [
    name,
    document.querySelector(`meta[name="console-${name}"]`).content,
  ]),
);
const main = document.getElementById('main');
const connection = document.getElementById('connection');
const said = document.getElementById('said');

/** What this script and the reader change of an element, and the server knows nothing of. */
const OURS = ['open', 'data-busy', 'aria-disabled'];

/** New content in place of the old one: focus, scroll, what is opened and what is being written stay. */
function show(html) {
  void Idiomorph.morph(main, html, {
    morphStyle: 'innerHTML',
    ignoreActiveValue: true,
    callbacks: { beforeAttributeUpdated: (name) => !OURS.includes(name) },
  });
}

let stream;

/** A browser opens few connections to one address: a page that nobody sees needs none. */
function follow() {
  stream?.close();
  if (document.hidden) return;
  stream = new EventSource(`/console/events?at=${encodeURIComponent(known.follows)}`);
  stream.addEventListener('instance', ({ data }) => {
    if (data !== known.instance) location.reload();
    connection.textContent = '';
  });
  stream.addEventListener('page', ({ data }) => {
    const { title, html, icon } = JSON.parse(data);
    document.title = title;
    document.getElementById('icon').href = icon;
    show(html);
  });
  stream.addEventListener('error', () => {
    connection.textContent = 'Not connected. This page goes on when npm run local runs again.';
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, 1000);
  });
}

document.addEventListener('visibilitychange', follow);
follow();

async function post(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  const response = await fetch(form.action, {
    method: 'POST',
    body,
    headers: { 'x-console-token': known.token },
  });
  return { text: await response.text(), failed: !response.ok };
}

document.addEventListener('submit', async (event) => {
  const form = event.target;
  const { submitter } = event;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = 'true';
  say('', true);
  submitter?.setAttribute('aria-disabled', 'true');
  try {
    const { text, failed } = await post(form, submitter);
    const into = document.getElementById(form.dataset.into ?? '');
    if (into && !failed) into.innerHTML = text;
    else say(text, failed);
  } catch {
    say('Not connected: nothing was done.', true);
  } finally {
    delete form.dataset.busy;
    submitter?.removeAttribute('aria-disabled');
  }
});

let silence;

/** What went well is old news soon; what failed stays until the next request. */
function say(text, failed) {
  clearTimeout(silence);
  if (text !== '' && !failed) silence = setTimeout(() => say('', false), 20_000);
  said.textContent = text;
  said.classList.toggle('bad', failed);
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.target.closest('form.sql')?.requestSubmit();
});
