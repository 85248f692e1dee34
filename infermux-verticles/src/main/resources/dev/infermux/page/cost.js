// 2. What does it cost?

import {get} from './api.js';
import {el, text, choice, rowHead} from './dom.js';
import {count, usd, ago, clock} from './format.js';
import {stacked, hue, colour} from './chart.js';

const KINDS = [['caller', 'Caller'], ['model', 'Model'], ['project', 'Project'], ['group', 'Group'], ['provider', 'Provider']];
const LAYERS = 8;
const HOUR = 3600000;
const MOST_UNPRICED = 20;

export function cost(live, {go}) {
  let period = 'month';
  let kind = 'caller';
  let order = {by: 'usd', down: true};
  let data = null;
  let plot = null;
  let drawn = '';
  let failed = '';
  const total = el('strong.big', '–');
  const totalName = el('span.muted');
  const note = el('p.hint');
  const chart = el('div', {role: 'img', 'aria-label': 'Nothing yet'});
  const legend = el('p.hint');
  const chartTitle = el('h3');
  const budgets = el('div.panel', {hidden: true});
  const unpriced = el('div.panel', {hidden: true});
  const rows = el('div');
  const controls = el('div.controls');
  const view = el('section', el('h2.hidden', 'What does it cost?'), controls,
    el('div.panel', chartTitle, chart, legend), unpriced, budgets, rows, note);
  const timer = setInterval(load, 5000);

  function buttons() {
    controls.replaceChildren(el('div.total', total, ' ', totalName),
      choice('Period', [['month', 'This month'], ['today', 'Today']], period, value => { period = value; address(); }),
      choice('Split by', KINDS, kind, value => {
        kind = value;
        address();
        load();
      }));
  }

  function address() {
    go(`cost?${new URLSearchParams({period, by: kind})}`);
  }

  function open(what, query) {
    const before = period + kind;
    period = query.get('period') === 'today' ? 'today' : 'month';
    kind = KINDS.some(([name]) => name === query.get('by')) ? query.get('by') : 'caller';
    if (before !== period + kind) {
      buttons();
      load();
    }
  }

  async function load() {
    if (document.hidden || data && !view.isConnected) return;
    const wanted = kind;
    try {
      const [month, recent, days, callers, split] = await Promise.all([get('costs'), get('costs/recent'),
        get('costs/recent?bucket=24h'), get('costs/by-caller'),
        ['model', 'project', 'group'].includes(wanted) ? get('costs/by-' + wanted) : null]);
      if (wanted !== kind) return; // another choice was made meanwhile, and is loaded
      data = {month, recent, days, callers: callers.callers, split, kind: wanted, at: live.now()};
      failed = '';
      live.changed();
    } catch (problem) {
      failed = problem.message;
      text(note, failed);
    }
  }

  /** [{name, usd, requests, in, out}] of the period. */
  function table() {
    const {month, recent, callers, split} = data;
    if (period === 'today') {
      const from = midnight(data.at);
      return recent[kind + 's'].map(row => ({name: row[kind], usd: sum(row.usd.filter((_, i) => hour(recent, i) >= from))}))
        .filter(row => row.usd > 0);
    }
    if (kind === 'caller') return callers.map(row => counted(row.caller, row)).filter(row => row.requests);
    if (kind === 'provider') return Object.entries(month.by_provider).map(([name, amount]) => ({name, usd: Number(amount)}));
    return split ? split[kind + 's'].map(row => counted(row[kind], row)) : [];
  }

  function draw() {
    if (!data || data.kind !== kind) return;
    const key = JSON.stringify([data.month, data.recent, data.days, data.callers, period, kind, order, chart.clientWidth, colour('c1'), failed]);
    if (key === drawn) return;
    drawn = key;
    const found = table();
    const spent = period === 'month' ? Number(data.month.total_usd) : sum(found.map(row => row.usd));
    text(total, usd(spent));
    text(totalName, period === 'month' ? `in ${data.month.period}, ${count(data.month.requests)} charged calls` : 'today');
    drawTable(found, spent);
    drawChart();
    drawBudgets();
    drawUnpriced();
    text(note, failed || since(data.recent) + 'Days and months are those of UTC.');
  }

  function drawTable(found, spent) {
    const heads = [['name', KINDS.find(([name]) => name === kind)[1]], ['usd', 'Cost'], ['share', 'Share']];
    if (found.some(row => row.requests !== undefined)) {
      heads.push(['requests', 'Calls'], ['in', 'Tokens in'], ['out', 'Tokens out'], ['each', 'Per call']);
    }
    for (const row of found) {
      row.share = spent > 0 ? row.usd / spent : 0;
      row.each = row.requests ? row.usd / row.requests : 0;
    }
    const by = order.by;
    found.sort((a, b) => (by === 'name' ? a.name.localeCompare(b.name) : a[by] - b[by]) * (order.down ? -1 : 1));
    const head = heads.map(([column, words]) => {
      const cell = el(column === 'name' ? 'th' : 'th.number', {scope: 'col'}, el('button.sort', {type: 'button', onclick: () => {
        order = {by: column, down: order.by === column ? !order.down : column !== 'name'};
        draw();
        rows.querySelectorAll('thead button')[heads.findIndex(([name]) => name === column)].focus();
      }}, words));
      if (column === by) cell.setAttribute('aria-sort', order.down ? 'descending' : 'ascending');
      return cell;
    });
    const cells = {
      usd: row => usd(row.usd), share: row => (row.share * 100).toFixed(1) + '%', requests: row => count(row.requests),
      in: row => count(row.in), out: row => count(row.out), each: row => usd(row.each),
    };
    if (rows.contains(document.activeElement) && drawn) {
      // Whoever is on a head stays there: it is put back after the rows are new.
      const at = [...rows.querySelectorAll('thead button')].indexOf(document.activeElement);
      queueMicrotask(() => {
        const again = rows.querySelectorAll('thead button')[at];
        if (again) again.focus();
      });
    }
    rows.replaceChildren(found.length ? el('table', el('caption.hidden', 'Spend by ' + kind), el('thead', el('tr', head)),
      el('tbody', found.map(row => el('tr', rowHead(row.name),
        heads.slice(1).map(([column]) => el('td.number', cells[column](row)))))))
      : el('p.muted', period === 'today' ? 'Nothing was charged today.' : 'Nothing was charged this month.'));
  }

  /** Split by name: the last 24 hours, or the days of the month. */
  function drawChart() {
    if (plot) plot.destroy();
    plot = null;
    const today = period === 'today';
    const shown = today ? data.recent : data.days;
    const start = i => Date.parse(shown.first) + i * (today ? HOUR : 24 * HOUR);
    const length = today ? 24 : 31;
    const from = today ? 0 : Math.max(0, length - new Date(start(length - 1)).getUTCDate());
    const all = shown[kind + 's'].map(row => ({name: row[kind], values: row.usd.slice(from).map(Number)}))
      .filter(each => sum(each.values) > 0).sort((a, b) => sum(b.values) - sum(a.values));
    const rest = all.slice(LAYERS - 1);
    const layers = rest.length > 1 ? [...all.slice(0, LAYERS - 1),
      {name: `${rest.length} others`, values: rest[0].values.map((_, i) => sum(rest.map(each => each.values[i])))}] : all;
    const times = Array.from({length: length - from}, (_, i) => start(from + i) / 1000);
    const format = time => (today ? time.toISOString().slice(11, 16) : time.toISOString().slice(5, 10));
    text(chartTitle, today ? `Dollars an hour by ${kind}, last 24 hours` : `Dollars a day by ${kind}, this month`);
    if (!layers.some(each => sum(each.values) > 0)) {
      chart.replaceChildren(el('p.muted', 'Nothing yet.'));
      legend.replaceChildren();
      return;
    }
    plot = stacked(chart, times, layers, format, usd);
    chart.setAttribute('aria-label', chartTitle.textContent + ': '
      + layers.map(each => `${each.name} ${usd(sum(each.values))}`).join(', '));
    legend.replaceChildren(...(layers.length > 1 ? layers.map((each, i) => {
      const swatch = el('i.key');
      swatch.style.background = colour(hue(i));
      return el('span.layer', swatch, `${each.name} ${usd(sum(each.values))}`);
    }) : []));
  }

  function drawBudgets() {
    const share = row => (Number(row.budget_usd) ? row.total_usd / row.budget_usd : Infinity);
    const budgeted = data.callers.filter(row => row.budget_usd !== undefined)
      .sort((a, b) => (share(a) === share(b) ? 0 : share(b) - share(a)));
    budgets.hidden = budgeted.length === 0;
    budgets.replaceChildren(el('h3', 'Budgets of this month: settled, and reserved for calls in flight'),
      el('div.budget', budgeted.flatMap(bar)));
  }

  function bar(row) {
    const settled = Number(row.total_usd);
    const reserved = Number(row.budget_reserved_usd || 0);
    const limit = Number(row.budget_usd);
    const left = Number(row.budget_remaining_usd);
    const part = (amount, name) => {
      const piece = el('span');
      piece.style.width = Math.min(100, limit ? amount / limit * 100 : name === 'c8' ? 0 : 100) + '%';
      piece.style.background = colour(name);
      return piece;
    };
    const words = `${usd(settled)} of ${usd(limit)}` + (reserved ? `, ${usd(reserved)} reserved` : '') + '; ' + used(row, left);
    return [el('span', row.caller),
      el('div.stack', {role: 'img', 'aria-label': `${row.caller}: ${words}`},
        part(settled, left <= 0 ? 'bad' : settled > 0.8 * limit ? 'warn' : 'c1'), part(reserved, 'c8')),
      el('span', words)];
  }

  /** When a budget is used up at the rate of today. */
  function used(row, left) {
    if (left <= 0) return 'used up';
    const {recent, at} = data;
    const known = recent.callers.find(each => each.caller === row.caller);
    const from = Math.max(midnight(at), Date.parse(recent.since));
    const spent = known ? sum(known.usd.filter((_, i) => hour(recent, i) >= Math.floor(from / HOUR) * HOUR)) : 0;
    if (!spent) return 'not used today';
    const perHour = spent / Math.max(1, (at - from) / HOUR);
    const end = at + left / perHour * HOUR;
    const day = new Date(at);
    return end < Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)
      ? `used up on ${new Date(end).toISOString().slice(0, 10)} at today’s rate` : 'lasts the month at today’s rate';
  }

  function drawUnpriced() {
    const models = data.recent.unpriced;
    unpriced.hidden = models.length === 0;
    unpriced.replaceChildren(el('h3', 'Without a price: these count as $0'),
      ...models.slice(0, MOST_UNPRICED).map(each => el('p', `${each.model} at ${each.provider}, ${count(each.attempts)} ${each.attempts === 1 ? 'attempt' : 'attempts'}: set `,
        el('code', each.key + ': { input_per_million: …, output_per_million: … }'))),
      models.length > MOST_UNPRICED ? el('p.muted', `and ${models.length - MOST_UNPRICED} others`) : '');
  }

  buttons();
  load();
  return {view, draw, open, every: 1000, leave: () => {
    clearInterval(timer);
    if (plot) plot.destroy();
  }};
}

function counted(name, row) {
  return {name, usd: Number(row.total_usd), requests: row.requests, in: row.prompt_tokens, out: row.completion_tokens};
}

function sum(values) {
  return values.reduce((a, b) => a + Number(b), 0);
}

function hour(recent, i) {
  return Date.parse(recent.first) + i * HOUR;
}

function midnight(now) {
  return Math.floor(now / 86400000) * 86400000;
}

/** Of a ledger without a file all begins with the process. */
function since(recent) {
  const date = new Date(recent.since);
  return date <= new Date(recent.first) ? ''
    : `Counted since ${clock(date)}, ${ago((Date.now() - date) / 1000)} ago, in memory (budgets.state_file keeps it). `;
}
