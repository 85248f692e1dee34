// 1. Is it working?

import {post} from './api.js';
import {arrange, el, text, rowHead} from './dom.js';
import {ago, count, rate, percent, millis, usd} from './format.js';
import {Spark} from './chart.js';

const CIRCUIT = {closed: 'good', 'half-open': 'warn', open: 'bad'};

export function working(live, {say}) {
  const spark = new Spark('All calls', 220, 34);
  const tiles = {
    requests: tile('Requests / s'), errors: tile('Errors / s'), usd: tile('Dollars / hour'),
    flight: tile('In flight'), lag: tile('Event-loop lag', 'How late the event loop that is latest runs what is due'),
  };
  const nodes = new Nodes();
  const holders = new Holders();
  const body = el('tbody');
  const rows = new Map();
  const none = el('tr', el('td.muted', {colSpan: 12}, 'No provider is configured now. Name one in the file, or: ',
    el('code', 'infermux providers add')));
  const view = el('section', {'aria-labelledby': 'working-title'},
    el('h2.hidden', {id: 'working-title'}, 'Is it working?'),
    el('div.tiles', Object.values(tiles).map(each => each.box),
      el('div.tile.wide', el('span.name', 'Last 15 minutes'), spark.canvas)),
    el('table.providers', el('caption.hidden', 'Providers as they stand'), head(), body),
    el('p.hint', 'Attempts of the last 15 minutes; a bar marks a change of the circuit. ',
      'Latencies are those of the answers of the last 5 minutes.'),
    nodes.table, holders.table);

  function draw() {
    const rates = live.rates();
    text(tiles.requests.value, rate(rates.requests));
    text(tiles.errors.value, rate(rates.errors));
    tiles.errors.box.classList.toggle('bad', rates.errors > 0);
    text(tiles.usd.value, rates.usd === null ? '–' : usd(rates.usd));
    const status = live.status;
    text(tiles.flight.value, status ? count(status.in_flight) : '–');
    const lag = status && status.event_loop_lag_ms;
    tiles.lag.box.hidden = lag === undefined || lag === null;
    text(tiles.lag.value, millis(lag));
    nodes.draw(live.nodes, live.now());
    holders.draw(live.nodes, live.now());
    live.all.to(live.now());
    spark.draw(live.all, [...live.providers.values()].flatMap(each => each.flips), live.now());
    for (const name of live.order) {
      if (!rows.has(name)) rows.set(name, new Row(name, say, live));
    }
    arrange(body, live.order.length || !live.status ? live.order.map(name => rows.get(name).row) : [none]);
    for (const name of live.order) rows.get(name).draw(live.provider(name), live.now());
  }

  return {view, draw, every: 250};
}

function tile(name, title = '') {
  const value = el('strong', '–');
  return {value, box: el('div.tile', {title}, el('span.name', name), value)};
}

function head() {
  const heads = [['Provider'], ['Circuit'], ['Health'], ['Requests / s', 'number'], ['Last 15 minutes'],
    ['Error rate', 'number', 'Share of failures in the window of the circuit'], ['p50', 'number'], ['p95', 'number'],
    ['First token', 'number', 'Median time to the first token of streams'],
    ['Room', '', 'Requests and tokens that still fit in this minute'], ['In flight', 'number'], ['Set the circuit']];
  return el('thead', el('tr', heads.map(([name, kind, title]) =>
    el(kind ? 'th.' + kind : 'th', {scope: 'col', title: title || ''}, name))));
}

/** The nodes of a cluster, as the one that serves this page hears them; hidden where it is alone. */
class Nodes {
  constructor() {
    this.caption = el('caption');
    this.body = el('tbody');
    this.table = el('table.nodes', {hidden: true}, this.caption,
      el('thead', el('tr', ['Node', 'Version', 'Started', 'Last heard'].map(name => el('th', {scope: 'col'}, name)))),
      this.body);
  }

  draw(report, now) {
    this.table.hidden = !report || !report.cluster;
    if (this.table.hidden) return;
    const mixed = mixture(report.nodes);
    text(this.caption, `Nodes of ${report.cluster}: ${report.nodes.length} of ${report.expected}${mixed}`);
    this.caption.className = report.nodes.length < report.expected || mixed ? 'bad-text' : '';
    this.body.replaceChildren(...report.nodes.map((node, i) => el('tr',
      rowHead(node.name, i === 0 ? ' (makes the health checks)' : ''),
      el('td', node.version), el('td', ago((now - Date.parse(node.started_at)) / 1000) + ' ago'),
      el('td', node.self ? 'this node' : millis(node.silent_ms)))));
  }
}

/** The nodes that share the budgets, as their database has them; hidden where one node has its budgets alone. */
class Holders {
  constructor() {
    this.caption = el('caption');
    this.body = el('tbody');
    const heads = [['Node'], ['State'], ['Version'], ['Seen'],
      ['Leases', 'number', 'Budgets that it has a share of'],
      ['May spend', 'number', 'What its shares allow in all'],
      ['Unsettled', 'number', 'What of that it has not told as spent'],
      ['Behind', 'number', 'Costs that the database has still to get'],
      ['Clock', 'number', 'How far its clock is ahead of the database'],
      ['Changes', '', 'Which version of what was changed while running it has in force']];
    this.table = el('table.nodes.holders', {hidden: true}, this.caption,
      el('thead', el('tr', heads.map(([name, kind, title]) =>
        el(kind ? 'th.' + kind : 'th', {scope: 'col', title: title || ''}, name)))),
      this.body);
  }

  draw(report, now) {
    this.table.hidden = !report || !report.shared;
    if (this.table.hidden) return;
    const away = report.partial === true;
    const mixed = mixture((report.holders || []).filter(node => node.state === 'active'));
    text(this.caption, away ? 'Nodes that share the budgets: their database does not answer'
      : 'Nodes that share the budgets' + mixed);
    this.caption.className = away || mixed ? 'bad-text' : '';
    this.body.replaceChildren(...(report.holders || []).map(node => el('tr',
      rowHead(node.name, node.self ? ' (this node)' : '', ' ', el('small.muted', {title: node.holder}, node.holder.slice(0, 8))),
      mark(node.state === 'lost', 'td', node.state),
      el('td', node.version),
      el('td', ago((now - Date.parse(node.seen)) / 1000) + ' ago'),
      el('td.number', count(node.leases)), el('td.number', usd(node.authorised_usd)),
      mark(node.state === 'lost' && node.unsettled_usd > 0, 'td.number', usd(node.unsettled_usd)),
      el('td.number', count(node.backlog)),
      mark(Math.abs(node.clock_skew_ms) > 30000, 'td.number', millis(Math.abs(node.clock_skew_ms)),
        node.clock_skew_ms < 0 ? ' behind' : ''),
      mark(node.changes_behind || node.changes_problems.length > 0, 'td', changes(node),
        node.changes_problems.map(problem => el('small', ' ' + problem))))));
  }
}

/** Versions that are there side by side, which is for an update's time. */
function mixture(nodes) {
  const versions = [...new Set(nodes.map(node => node.version))].sort();
  return versions.length < 2 ? '' : `, of different versions: ${versions.join(', ')}`;
}

function changes(node) {
  const version = node.changes_version === null ? '–' : String(node.changes_version);
  return version + (node.changes_behind ? ', behind' : '');
}

/** A cell, in the colour of trouble where there is some. */
function mark(bad, spec, ...parts) {
  return el(bad ? spec + '.bad-text' : spec, ...parts);
}

class Row {
  constructor(name, say, live) {
    this.name = name;
    this.spark = new Spark(name);
    this.circuit = el('span.state');
    this.countdown = el('span.muted');
    this.more = el('small.muted');
    this.health = el('span');
    const number = () => el('td.number');
    this.cells = {rate: number(), errors: number(), p50: number(), p95: number(), first: number(), flight: number()};
    this.requests = bar('requests');
    this.tokens = bar('tokens');
    this.unlimited = el('small', 'no limit');
    this.type = el('small.muted');
    this.row = el('tr',
      rowHead(name, ' ', this.type),
      el('td', this.circuit, ' ', this.countdown, this.more), el('td.health', this.health),
      this.cells.rate, el('td', this.spark.canvas), this.cells.errors, this.cells.p50, this.cells.p95, this.cells.first,
      el('td.room', this.requests.box, this.tokens.box, this.unlimited), this.cells.flight,
      el('td', actions(name, say, live)));
  }

  draw(provider, now) {
    const row = provider.row;
    if (!row) return;
    text(this.type, row.type);
    text(this.circuit, row.circuit);
    this.circuit.className = 'state ' + CIRCUIT[row.circuit];
    const left = row.circuit === 'open' && row.circuit_recovery_at ? Date.parse(row.circuit_recovery_at) - now : 0;
    text(this.countdown, left > 0 ? 'recovery in ' + Math.ceil(left / 1000) + 's' : '');
    text(this.more, [
      ...Object.entries(row.model_circuits || {}).map(([model, state]) => `${model}: ${state}`),
      ...(row.cooldowns || []).map(each => `${each.model || 'all models'}: ${each.reason}, ${each.seconds_left}s`),
    ].join('; '));
    this.more.hidden = this.more.textContent === '';
    text(this.health, row.healthy ? 'healthy' : row.unhealthy_reason || 'unhealthy');
    this.health.className = row.healthy ? 'good-text' : 'bad-text';
    this.health.title = row.last_health_check ? 'checked ' + row.last_health_check : 'not checked yet';
    provider.series.to(now);
    const series = provider.series;
    const recent = series.requests[series.requests.length - 1] + series.requests[series.requests.length - 2];
    text(this.cells.rate, rate(recent / (10 + now % 10000 / 1000)));
    this.spark.draw(series, provider.flips, now);
    text(this.cells.errors, percent(row.error_rate));
    this.cells.errors.classList.toggle('bad-text', row.error_rate > 0);
    const {p50, p95, first} = provider.quantiles(now);
    text(this.cells.p50, millis(p50));
    text(this.cells.p95, millis(p95 === null && row.p95_latency_ms ? row.p95_latency_ms : p95));
    text(this.cells.first, millis(first));
    this.requests.draw(row.rate_limit_headroom_rpm, row.rate_limit_rpm);
    this.tokens.draw(row.rate_limit_headroom_tpm, row.rate_limit_tpm);
    this.unlimited.hidden = !this.requests.box.hidden || !this.tokens.box.hidden;
    text(this.cells.flight, count(row.in_flight));
  }
}

/** What is left of a limit; hidden where there is none. */
function bar(what) {
  const meter = el('meter', {min: 0, low: 0.1, optimum: 1, high: 0.25, max: 1, 'aria-label': what + ' that still fit'});
  const words = el('small');
  const box = el('div.bar', meter, words);
  return {
    box,
    draw(left, most) {
      box.hidden = left === null || left === undefined || !most;
      if (box.hidden) return;
      meter.value = left / most;
      text(words, `${count(left)} ${what}`);
      box.title = `${left} of ${most} ${what} a minute`;
    },
  };
}

/** Open, close, reset: each asked twice, within five seconds. */
function actions(name, say, live) {
  const box = el('div.actions', {role: 'group', 'aria-label': 'Circuit of ' + name});
  const ask = () => {
    const focused = box.contains(document.activeElement);
    box.replaceChildren(...['open', 'close', 'reset'].map(action =>
      el('button', {type: 'button', onclick: () => sure(action)}, action)));
    if (focused) box.querySelector('button').focus();
  };
  const sure = action => {
    let timer = null;
    const done = () => {
      clearTimeout(timer);
      ask();
    };
    const yes = el('button.danger', {
      type: 'button',
      onclick: async () => {
        done();
        try {
          live.provider(name).row = await post(`providers/${encodeURIComponent(name)}/circuit/${action}`, '');
          live.changed();
          say(`Circuit of ${name}: ${action} done.`);
        } catch (problem) {
          say(problem.message);
        }
      },
    }, `Yes, ${action}`);
    box.replaceChildren(yes, el('button', {type: 'button', onclick: done}, 'No'));
    yes.focus();
    timer = setTimeout(ask, 5000);
  };
  ask();
  return box;
}
