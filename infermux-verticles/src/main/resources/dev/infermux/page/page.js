// The frame: views by key and address, the state of the connection, the login.

import {callerKey, token, whenLoginIsNeeded} from './api.js';
import {text} from './dom.js';
import {ago} from './format.js';
import {Live} from './live.js';
import {working} from './working.js';
import {cost} from './cost.js';
import {calls} from './calls.js';
import {route} from './route.js';

const VIEWS = {working, cost, calls, route};
const KEYS = ['working', 'cost', 'calls', 'route'];
const main = document.getElementById('main');
const state = document.getElementById('state');
const notice = document.getElementById('notice');
const login = document.getElementById('login');
const logout = document.getElementById('logout');
const again = document.getElementById('again');
const live = new Live(showState);
let shown = null;
let silence = null;

/** Says something for some seconds, aloud too. */
function say(words) {
  notice.hidden = false;
  text(notice, words);
  clearTimeout(silence);
  silence = setTimeout(() => { notice.hidden = true; }, 8000);
}

/** An address is #view, #view/what or #view?filter=…: all that it takes to send it to a colleague. */
function address() {
  const [path, query = ''] = location.hash.slice(1).split('?');
  const [name, ...rest] = path.split('/');
  return {name: KEYS.includes(name) ? name : 'working', what: decoded(rest.join('/')), query: new URLSearchParams(query)};
}

/** An address that was cut off in a mail still shows its view. */
function decoded(what) {
  try {
    return decodeURIComponent(what);
  } catch {
    return what;
  }
}

function show() {
  const {name, what, query} = address();
  if (!shown || shown.name !== name) {
    if (shown && shown.leave) shown.leave();
    shown = VIEWS[name](live, {say, go});
    shown.name = name;
    main.replaceChildren(shown.view);
  }
  for (const link of document.querySelectorAll('nav a')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.title = 'InferMux: ' + shown.view.querySelector('h2').textContent;
  if (shown.open) shown.open(what, query);
  draw(true);
}

/** Changes the address without a new entry of the history, unless it is another view. */
function go(hash, fresh = false) {
  if (fresh) location.hash = hash;
  else {
    history.replaceState(null, '', '#' + hash);
    show();
  }
}

/** Drops the stream of events, as a network does that is lost. */
export function reconnect() {
  live.events.abort.abort();
}

let drawnAt = 0;
let drawnVersion = -1;

/** Draws at most every so often, only what is visible, and only when there is news. */
function draw(now) {
  if (!shown || document.hidden) return;
  const time = performance.now();
  const ticking = time - drawnAt > 1000; // countdowns
  if (now === true || ticking || (live.version !== drawnVersion && time - drawnAt > shown.every)) {
    drawnAt = time;
    drawnVersion = live.version;
    shown.draw();
    tick();
  }
}

function frame() {
  draw(false);
  requestAnimationFrame(frame);
}

function showState(name, problem) {
  if (name === 'refused') text(notice, problem.message);
  notice.hidden = name !== 'refused' || problem.status === 401;
  logout.hidden = token.get() === null;
  again.hidden = name !== 'refused' || problem.status !== 401;
  tick();
}

/** Live, or since when not. */
function tick() {
  const quiet = (Date.now() - live.events.lastSign) / 1000;
  const stale = live.state !== 'live' || quiet > 15;
  const words = {connecting: 'connecting', stopping: 'the gateway is stopping', refused: 'not allowed'}[live.state]
    || (stale ? (live.events.lastSign ? `stale for ${ago(quiet)}, reconnecting` : 'reconnecting')
      : live.events.types ? 'live, without calls' : 'live');
  text(state, live.state === 'live' && live.lost ? `${words}, ${live.lost} events lost` : words);
  state.className = stale ? 'stale' : 'live';
  document.body.classList.toggle('is-stale', stale && live.state !== 'connecting');
}

function askForToken(wrong) {
  text(document.getElementById('login-why'),
    wrong ? 'That token was not accepted.' : 'This gateway asks operators for a token.');
  if (!login.open) {
    login.showModal();
    document.getElementById('token').focus();
  }
}

whenLoginIsNeeded(askForToken);
again.addEventListener('click', () => askForToken(false));

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault(); // its address would be that of a view
  main.focus();
});

login.addEventListener('cancel', () => { document.getElementById('token').value = ''; }); // Escape is no login

login.addEventListener('close', () => {
  const input = document.getElementById('token');
  if (!input.value) return;
  token.set(input.value.trim());
  input.value = '';
  logout.hidden = false;
  live.events.restart();
  live.poll();
  if (shown && !shown.draft) {
    if (shown.leave) shown.leave();
    shown = null;
    show();
  }
});

logout.addEventListener('click', () => {
  token.clear();
  callerKey.clear();
  location.reload();
});

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || login.open) return;
  if (event.target.closest('input, textarea, select')) return;
  const name = KEYS[Number(event.key) - 1];
  if (name) {
    location.hash = name;
    main.focus();
  }
});

addEventListener('hashchange', show);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    live.poll();
    draw(true);
  }
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw(true));

show();
live.start();
setInterval(tick, 1000);
requestAnimationFrame(frame);
