// 3. What happened to this call?

import {get} from './api.js';
import {arrange, el, text, field} from './dom.js';
import {count, millis, moment, usd} from './format.js';

const FILTERS = ['caller', 'model', 'provider', 'status'];
const PAGE = 100;

export function calls(live, {go, say}) {
  let filter = {};
  let chosen = '';
  let shownRows = PAGE;
  let paused = null;
  const rows = new Map();
  const inputs = {};
  const lists = {};
  for (const name of ['caller', 'model', 'provider']) {
    lists[name] = el('datalist', {id: 'known-' + name});
    inputs[name] = el('input', {type: 'search', size: 16, placeholder: 'any', oninput: changed});
    inputs[name].setAttribute('list', 'known-' + name);
  }
  inputs.status = el('select', {onchange: changed},
    [['', 'any'], ['ok', 'ok'], ['error', 'error'], ['cancelled', 'cancelled'], ['repaired', 'ok, not at the first attempt']]
      .map(([value, words]) => el('option', {value}, words)));
  const pause = el('button', {type: 'button', 'aria-pressed': 'false', onclick: () => {
    paused = paused ? null : [...live.calls];
    pause.setAttribute('aria-pressed', String(paused !== null));
    text(pause, paused ? 'Go on' : 'Pause');
    draw();
  }}, 'Pause');
  const found = el('span.muted', {role: 'status'});
  const body = el('tbody');
  const more = el('button', {type: 'button', onclick: () => {
    shownRows += 200;
    draw();
  }}, 'Show more');
  const heads = [['Time'], ['Caller'], ['Model'], ['Provider'], ['Status'], ['Attempts', 'number'], ['First token', 'number'],
    ['Latency', 'number'], ['Tokens in', 'number'], ['out', 'number'], ['Cost', 'number']];
  const detail = el('aside.panel', {hidden: true, 'aria-label': 'One call'});
  const split = el('div.split', el('div',
    el('table.calls', el('caption.hidden', 'The last calls'), el('thead', el('tr', heads.map(([name, kind]) =>
      el(kind ? 'th.' + kind : 'th', {scope: 'col'}, name)))), body), more), detail);
  const view = el('section', el('h2.hidden', 'What happened to this call?'),
    el('div.controls', FILTERS.map(name => field(name[0].toUpperCase() + name.slice(1), inputs[name])), pause, found),
    Object.values(lists), split);

  function changed() {
    for (const name of FILTERS) filter[name] = inputs[name].value.trim();
    shownRows = PAGE;
    go(hash(chosen));
  }

  function hash(id) {
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString();
    return 'calls' + (id ? '/' + encodeURIComponent(id) : '') + (query ? '?' + query : '');
  }

  function open(id, query) {
    for (const name of FILTERS) {
      filter[name] = query.get(name) || '';
      if (inputs[name].value.trim() !== filter[name]) inputs[name].value = filter[name];
    }
    if (id !== chosen) {
      const before = chosen;
      chosen = id;
      if (id) show(id);
      else hide(before);
    }
  }

  /** Whoever closes it is back where he opened it. */
  function hide(closed = '') {
    const inside = detail.contains(document.activeElement);
    detail.hidden = true;
    split.classList.remove('open');
    const row = rows.get(closed);
    if (inside && row) row.querySelector('a').focus();
  }

  async function show(id) {
    let call = live.calls.find(each => each.request_id === id);
    try {
      call = await get('requests/' + encodeURIComponent(id));
    } catch (problem) {
      if (!call) {
        say(problem.message);
        return hide();
      }
    }
    if (chosen !== id) return;
    detail.replaceChildren(...story(call, live.status, () => go(hash(''))));
    detail.hidden = false;
    split.classList.add('open');
  }

  function matches(call) {
    const has = (value, wanted) => !wanted || (value || '').toLowerCase().includes(wanted.toLowerCase());
    return has(call.caller, filter.caller)
      && (has(call.model, filter.model) || has(call.requested_model, filter.model))
      && (has(call.provider, filter.provider) || call.attempts.some(each => has(each.provider, filter.provider)))
      && (!filter.status || call.status === filter.status
        || filter.status === 'repaired' && call.status === 'ok' && call.attempts.length > 1);
  }

  function draw() {
    const all = paused || live.calls;
    const some = all.filter(matches);
    text(found, some.length === all.length ? `${count(all.length)} calls` : `${count(some.length)} of ${count(all.length)} calls`);
    const wanted = some.slice(0, shownRows).map(row);
    arrange(body, wanted);
    for (const [id, each] of rows) if (!each.parentNode) rows.delete(id);
    for (const each of wanted) {
      if (each.dataset.id === chosen) each.setAttribute('aria-selected', 'true');
      else each.removeAttribute('aria-selected');
    }
    more.hidden = some.length <= shownRows;
    for (const name of Object.keys(lists)) known(lists[name], all, name);
  }

  function row(call) {
    let made = rows.get(call.request_id);
    if (made) return made;
    const link = el('a', {href: '#' + hash(call.request_id), title: call.started_at, onclick: event => {
      event.preventDefault();
      event.stopPropagation();
      go(hash(call.request_id));
    }}, moment(new Date(call.started_at)));
    const number = words => el('td.number', words);
    made = el('tr', {onclick: () => go(hash(call.request_id))},
      el('td', link), el('td', call.caller), el('td', {title: call.requested_model}, call.model || call.requested_model || '–'),
      el('td', call.provider || '–'),
      el('td', status(call)), number(call.attempts.length), number(millis(call.ttft_ms)), number(millis(call.latency_ms)),
      number(count(call.prompt_tokens)), number(count(call.completion_tokens)), number(usd(call.cost_usd)));
    made.dataset.id = call.request_id;
    rows.set(call.request_id, made);
    return made;
  }

  return {view, draw, open, every: 500};
}

function known(list, all, name) {
  const values = [...new Set(all.map(call => call[name]).filter(Boolean))].sort().slice(0, 200);
  const key = values.join('\n');
  if (list.key === key) return;
  list.key = key;
  list.replaceChildren(...values.map(value => el('option', {value})));
}

function status(call) {
  const kind = call.status === 'ok' ? 'good' : call.status === 'error' ? 'bad' : 'warn';
  return el('span.state.' + kind, call.error_code ? `${call.http_status} ${call.error_code}` : call.status);
}

/** One call: a waterfall of its attempts, and the facts. */
function story(call, gateway, close) {
  const attempts = call.attempts || [];
  const total = Math.max(1, call.latency_ms, ...attempts.map(each => (each.started_after_ms || 0) + each.duration_ms));
  const lanes = [];
  const part = (from, to, kind) => {
    const bar = el('i' + (kind ? '.' + kind : ''));
    bar.style.left = from / total * 100 + '%';
    bar.style.width = Math.max(0, to - from) / total * 100 + '%';
    return bar;
  };
  const lane = (name, bars, words, title) => lanes.push(
    el('span', {title: title || ''}, name), el('div.lane', {'aria-hidden': 'true'}, bars), el('span.number', words));
  const first = attempts.length ? attempts[0].started_after_ms || 0 : total;
  lane(attempts.length ? 'waiting' : 'refused', [part(0, first)], millis(first));
  attempts.forEach((each, i) => {
    const from = each.started_after_ms || 0;
    const to = from + each.duration_ms;
    const last = i === attempts.length - 1;
    const bars = [];
    if (each.status === 'ok' && last && call.ttft_ms !== undefined && call.stream) {
      bars.push(part(from, call.ttft_ms, 'good'), part(call.ttft_ms, to, 'stream'));
      const mark = el('b');
      mark.style.left = call.ttft_ms / total * 100 + '%';
      bars.push(mark);
    } else {
      bars.push(part(from, to, each.status === 'ok' ? 'good' : 'bad'));
    }
    lane(each.provider, bars, millis(each.duration_ms), each.model);
  });
  const facts = [];
  const fact = (name, value) => {
    if (value !== undefined && value !== null && value !== '') facts.push(el('dt', name), el('dd', value));
  };
  attempts.forEach((each, i) => fact('Attempt ' + (i + 1), [
    `${each.provider}, ${each.model}: `,
    each.status === 'ok' ? 'ok' : el('span.bad-text', [each.error_kind, each.http_status].filter(Boolean).join(', ')),
    each.cost_usd === undefined ? '' : `, ${usd(each.cost_usd)}`,
  ]));
  fact('Asked for', call.requested_model || 'left to the router');
  if (call.model_override) fact('Replaced by', `${call.model_override}, for the budget's sake`);
  fact('Route', [call.route_group && 'group ' + call.route_group, call.strategy].filter(Boolean).join(', '));
  fact('First token', call.ttft_ms === undefined ? '' : millis(call.ttft_ms));
  fact('Tokens', `${count(call.prompt_tokens)} in` + (call.cached_tokens ? ` (${count(call.cached_tokens)} cached)` : '')
    + `, ${count(call.completion_tokens)} out` + (call.reasoning_tokens ? ` (${count(call.reasoning_tokens)} reasoning)` : ''));
  fact('Cost', usd(call.cost_usd) + (call.cost_status && call.cost_status !== 'exact' ? `, ${call.cost_status}` : ''));
  fact('Ended with', call.finish_reason);
  fact('Charged to', [call.caller, call.project, call.env].filter(Boolean).join(' / '));
  fact('Came by', `${call.ingress}, ${call.operation}${call.stream ? ', streamed' : ''}`);
  fact('Began', call.started_at);
  fact('Request id', el('code', call.request_id));
  const template = gateway && gateway.trace_url;
  fact('Trace', call.trace_id && (template
    ? el('a', {href: template.replace('{trace_id}', call.trace_id), target: '_blank', rel: 'noreferrer'}, call.trace_id)
    : el('code', call.trace_id)));
  return [
    el('div.controls', el('h3', moment(new Date(call.started_at)), ' ', status(call), ` after ${millis(call.latency_ms)}`),
      el('button', {type: 'button', onclick: close}, 'Close')),
    el('div.waterfall', lanes),
    el('p.hint', 'Grey: waiting. Green: an attempt until its first token or its end. Blue: the stream. Red: a failed attempt.'),
    el('dl', facts),
    el('details', el('summary', 'As JSON'), el('pre', el('code', JSON.stringify(call, null, 2)))),
  ];
}
