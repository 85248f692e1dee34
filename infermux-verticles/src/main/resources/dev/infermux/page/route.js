// 4. Why would it go there? And send it.

import {post, readEvents, get, elsewhere, callerKey, header} from './api.js';
import {el, text, field, rowHead, long} from './dom.js';
import {count, millis, usd} from './format.js';

const EXAMPLE = model => JSON.stringify({
  model, messages: [{role: 'user', content: 'Say hello in one sentence.'}], max_tokens: 100,
}, null, 2);
const MANY = 12;
const REASONS = {
  model_not_served: 'does not serve the model', circuit_open: 'its circuit is open', rate_limit: 'at its rate limit',
  unhealthy: 'its health check fails', not_in_group: 'not in the route group',
};

export function route(live, {go, say}) {
  let touched = false;
  let sending = null;
  const body = el('textarea', {spellcheck: false, 'aria-label': 'Request as JSON', oninput: () => { touched = true; }});
  const caller = el('input', {size: 18, placeholder: 'anonymous'});
  const project = el('input', {size: 14, placeholder: 'none'});
  const key = el('input', {type: 'password', size: 18, autocomplete: 'off', value: callerKey.get() || '',
    placeholder: 'none', oninput: () => callerKey.set(key.value)});
  const explain = el('button.primary', {type: 'button', onclick: explained}, 'Explain');
  const send = el('button', {type: 'button', onclick: sent}, 'Send it');
  const plan = el('div.panel', {'aria-live': 'polite'}, el('p.muted', 'The plan appears here. Nothing is sent to a provider.'));
  const answer = el('div.panel', {hidden: true});
  const view = el('section', el('h2.hidden', 'Why would it go there?'),
    el('div.columns',
      el('div',
        el('form.controls', {onsubmit: event => event.preventDefault()},
          field('Caller', caller), field('Project', project), field('Key of the caller', key)),
        body,
        el('div.controls', explain, send, el('span.hint', el('kbd', 'Ctrl'), ' ', el('kbd', 'Enter'),
          ' explains. A chat-completions request or an InferRequest. Sending costs what it costs.'))),
      el('div', answer, plan)));
  body.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      explained();
    }
  });

  function parsed() {
    try {
      const request = JSON.parse(body.value);
      if (request && typeof request === 'object' && !Array.isArray(request)) return request;
      say('The request is no JSON object: it begins with {');
    } catch (problem) {
      say('The request is no JSON: ' + problem.message);
    }
    return null;
  }

  function whom() {
    const headers = {'Content-Type': 'application/json'};
    if (caller.value.trim()) headers['X-Infermux-Caller'] = header(caller.value.trim());
    if (project.value.trim()) headers['X-Infermux-Project'] = header(project.value.trim());
    return headers;
  }

  async function explained() {
    if (!parsed()) return;
    touched = true;
    const query = new URLSearchParams({q: body.value});
    if (caller.value.trim()) query.set('caller', caller.value.trim());
    if (project.value.trim()) query.set('project', project.value.trim());
    if (body.value.length < 4000) history.replaceState(null, '', '#route?' + query);
    await planning();
  }

  async function planning() {
    try {
      plan.replaceChildren(...planned(await post('route/explain', body.value, whom())));
    } catch (problem) {
      plan.replaceChildren(el('p.bad-text', problem.message));
    }
  }

  async function sent() {
    if (sending) return sending.abort();
    const request = parsed();
    if (!request) return;
    const mist = typeof request.provider === 'string' || request.params || request.meta;
    if (!mist && request.stream === undefined) request.stream = true;
    const headers = whom();
    if (mist) headers.Accept = 'text/event-stream';
    const head = el('p.muted', 'waiting');
    const words = el('pre.answer', {'aria-label': 'Answer'});
    const facts = el('dl');
    answer.replaceChildren(el('h3', 'Answer'), head, words, facts);
    answer.hidden = false;
    sending = new AbortController();
    text(send, 'Stop');
    const started = performance.now();
    let first = null;
    let id = null;
    const show = piece => {
      if (!piece) return;
      if (first === null) first = performance.now() - started;
      words.append(piece);
      words.scrollTop = words.scrollHeight;
    };
    try {
      const asked = {method: 'POST', headers, body: JSON.stringify(request), signal: sending.signal};
      const response = await called(mist, asked, key.value);
      const said = name => response.headers.get('X-Infermux-' + name);
      id = said('Request-Id');
      text(head, response.ok ? `${said('Provider')}, ${said('Model')}` : `HTTP ${response.status}`);
      if ((response.headers.get('Content-Type') || '').includes('event-stream')) {
        await readEvents(response, (name, data) => show(piece(data)));
      } else {
        const told = whole(await response.text());
        if (response.ok) show(told);
        else words.append(told); // no token of a model
      }
    } catch (problem) {
      text(head, problem.name === 'AbortError' ? 'stopped' : problem.message);
    }
    sending = null;
    text(send, 'Send it');
    await charged(id, facts, first, performance.now() - started); // what was stopped costs, too
  }

  /** What it cost is known at its end: the record has it. */
  async function charged(id, facts, first, whole) {
    const fact = (name, value) => facts.append(el('dt', name), el('dd', value));
    if (first !== null) fact('First token', millis(first));
    fact('Whole answer', millis(whole));
    if (!id) return;
    for (let tries = 0; tries < 5; tries++) {
      try {
        const call = await get('requests/' + encodeURIComponent(id));
        fact('Tokens', `${count(call.prompt_tokens)} in, ${count(call.completion_tokens)} out`);
        fact('Cost', usd(call.cost_usd) + (call.cost_status && call.cost_status !== 'exact' ? `, ${call.cost_status}` : ''));
        fact('Attempts', call.attempts.map(each => each.provider + (each.status === 'ok' ? '' : ` (${each.error_kind})`)).join(', '));
        fact('Call', el('a', {href: '#calls/' + encodeURIComponent(id)}, id));
        return;
      } catch {
        await new Promise(resume => setTimeout(resume, 100));
      }
    }
  }

  function open(what, query) {
    if (query.get('caller')) caller.value = query.get('caller');
    if (query.get('project')) project.value = query.get('project');
    if (query.get('q')) {
      body.value = query.get('q');
      touched = true;
      explained();
    }
  }

  function draw() {
    if (touched || body.value) return;
    const model = live.order.map(name => live.provider(name).row).flatMap(row => row && row.models || [])[0];
    if (!model && !live.status) return;
    body.value = EXAMPLE(model || 'auto');
    planning();
  }

  return {view, draw, open, every: 1000, draft: true, leave: () => sending && sending.abort()};
}

/** By the API of callers beside this page, else through the management API: with management_listen they are apart. */
async function called(mist, asked, key) {
  const own = key ? {Authorization: 'Bearer ' + header(key)} : {}; // never the token of operators
  const response = await fetch(mist ? '../infer' : '../v1/chat/completions', {...asked, headers: {...asked.headers, ...own}});
  if (response.status !== 404 || response.headers.has('X-Infermux-Request-Id')) return response;
  return elsewhere(mist ? 'send/infer' : 'send/chat', asked, key ? {'X-Infermux-Key': header(key)} : {});
}

function planned(plan) {
  const place = name => plan.order.indexOf(name) + 1;
  const all = [...plan.providers].sort((a, b) => (place(a.name) || 1e6) - (place(b.name) || 1e6));
  // Of many providers those are shown that have to do with the request.
  const rows = all.length > MANY ? all.filter(row => row.eligible || row.reason !== 'model_not_served') : all;
  const others = all.length - rows.length;
  const score = rows.find(row => row.score_name);
  const table = el('table', el('caption.hidden', 'Providers in the order in which they would be tried'),
    el('thead', el('tr', el('th', {scope: 'col'}, '#'), el('th', {scope: 'col'}, 'Provider'), el('th', {scope: 'col'}, 'Model there'),
      el('th', {scope: 'col'}, score ? score.score_name.replaceAll('_', ' ') : 'Why'))),
    el('tbody', rows.map(row => el('tr', el('td', row.eligible ? place(row.name) : '–'), rowHead(row.name),
      el(long('td', row.model || ''), row.model || '–'),
      el('td', row.eligible ? (row.score_name ? String(row.score ?? 'no samples yet') : 'eligible')
        : el('span.bad-text', REASONS[row.reason] || row.reason.replaceAll('_', ' ')))))));
  const most = Math.min(plan.max_attempts, plan.order.length);
  return [
    el('p', 'Model ', el('strong', plan.model), plan.group ? `, route group ${plan.group}` : '', `, strategy ${plan.strategy}. `,
      plan.order.length ? `${most === 1 ? 'One provider' : most + ' providers'} would be tried at most.` : 'Nobody would be asked.'),
    table, others ? el('p.hint', `${count(others)} others do not serve the model.`) : '', el('p.hint', verdict(plan.budget)),
  ];
}

function verdict(budget) {
  if (!budget) return 'The caller has no budget.';
  const says = {
    admit: 'The budget admits it',
    lower: `The budget lowers it to ${budget.max_tokens} tokens`,
    override: `The budget replaces the model by ${budget.model}`,
    refuse: 'The budget refuses it',
  }[budget.verdict];
  return `${says}: ${usd(budget.spent_usd)} of ${usd(budget.limit_usd)} are spent, ${usd(budget.held_usd)} reserved`
    + (budget.hold_usd === undefined ? '.' : `; this call would reserve ${usd(budget.hold_usd)}.`);
}

/** The text in one event of a stream, of whichever API. */
function piece(data) {
  if (data === '[DONE]') return '';
  try {
    const event = JSON.parse(data);
    if (event.error) return '\n' + event.error.message;
    const delta = event.choices && event.choices[0] && event.choices[0].delta;
    if (delta) return delta.content || delta.reasoning_content || (delta.tool_calls ? JSON.stringify(delta.tool_calls) + '\n' : '');
    return event.delta || event.content || '';
  } catch {
    return data;
  }
}

function whole(body) {
  try {
    const answer = JSON.parse(body);
    const choice = answer.choices && answer.choices[0];
    return answer.error ? answer.error.message : choice ? choice.message.content || JSON.stringify(choice.message, null, 2)
      : answer.content || JSON.stringify(answer, null, 2);
  } catch {
    return body;
  }
}
