// What the page knows of the gateway: read once, kept up by events, looked at anew every five seconds.

import {get, Events} from './api.js';

const STEPS = 90;
const STEP = 10000;
const MOST_CALLS = 1000;
const MOST_SAMPLES = 400;
const MEMORY = 5 * 60 * 1000;

/** Counts by steps of ten seconds over a quarter of an hour. */
class Series {
  constructor() {
    this.last = 0;
    this.requests = new Array(STEPS).fill(0);
    this.errors = new Array(STEPS).fill(0);
  }

  load(first, requests, errors) {
    this.last = first / STEP + requests.length - 1;
    this.requests = [...requests];
    this.errors = [...errors];
  }

  to(now) {
    const step = Math.floor(now / STEP);
    const gone = Math.min(STEPS, Math.max(0, step - this.last));
    for (let i = 0; i < gone; i++) {
      this.requests.push(0);
      this.errors.push(0);
      this.requests.shift();
      this.errors.shift();
    }
    this.last = Math.max(this.last, step);
  }

  add(now, failed) {
    this.to(now);
    this.requests[STEPS - 1]++;
    if (failed) this.errors[STEPS - 1]++;
  }
}

/** What happened in the last minute, by the second. */
class Minute {
  constructor() {
    this.slots = Array.from({length: 64}, () => ({second: 0, calls: 0, errors: 0, usd: 0}));
  }

  add(now, failed, usd) {
    const second = Math.floor(now / 1000);
    const slot = this.slots[second % 64];
    if (slot.second !== second) Object.assign(slot, {second, calls: 0, errors: 0, usd: 0});
    slot.calls++;
    if (failed) slot.errors++;
    slot.usd += usd;
  }

  sum(now, seconds, what) {
    const end = Math.floor(now / 1000);
    let sum = 0;
    for (const slot of this.slots) {
      if (slot.second < end && slot.second >= end - seconds) sum += slot[what];
    }
    return sum;
  }
}

class Provider {
  constructor(name) {
    this.name = name;
    this.row = null;
    this.series = new Series();
    this.flips = [];
    this.samples = [];
  }

  sample(at, latency, ttft) {
    this.samples.push({at, latency, ttft});
    if (this.samples.length > MOST_SAMPLES) this.samples.shift();
  }

  quantiles(now) {
    const recent = this.samples.filter(sample => now - sample.at < MEMORY);
    const latencies = recent.map(sample => sample.latency).sort((a, b) => a - b);
    const tokens = recent.filter(sample => sample.ttft !== null).map(sample => sample.ttft).sort((a, b) => a - b);
    const at = (sorted, q) => sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] : null;
    return {p50: at(latencies, 0.5), p95: at(latencies, 0.95), first: at(tokens, 0.5)};
  }
}

export class Live {
  constructor(onState) {
    this.providers = new Map();
    this.order = [];
    this.status = null;
    this.nodes = null;
    this.all = new Series();
    this.minute = new Minute();
    this.calls = [];
    this.read = new Set(); // of these events may come yet
    this.version = 0;
    this.skew = 0;
    this.since = 0;
    this.lost = 0;
    this.state = 'connecting';
    this.why = null;
    this.listeners = new Set();
    this.events = new Events((name, data) => this.event(name, data), (state, problem) => {
      this.state = state;
      this.why = problem || null;
      if (state === 'live') {
        this.since = Date.now();
        this.load();
      }
      onState(state, problem);
    });
  }

  start() {
    this.events.run();
    setInterval(() => this.poll(), 5000);
  }

  /** The gateway's clock. */
  now() {
    return Date.now() + this.skew;
  }

  provider(name) {
    let known = this.providers.get(name);
    if (!known) {
      known = new Provider(name);
      this.providers.set(name, known);
    }
    return known;
  }

  changed() {
    this.version++;
  }

  async load() {
    const before = new Set(this.calls);
    try {
      const [traffic] = await Promise.all([get('traffic'), this.poll()]);
      this.skew = Date.parse(traffic.now) - Date.now();
      const first = Date.parse(traffic.first);
      this.all.load(first, traffic.requests, traffic.errors);
      for (const each of traffic.providers) this.provider(each.name).series.load(first, each.requests, each.errors);
      for (const known of this.providers.values()) known.flips = [];
      for (const flip of traffic.circuits) this.provider(flip.provider).flips.push({...flip, at: Date.parse(flip.at)});
      const {requests} = await get('requests?limit=' + MOST_CALLS);
      this.read = new Set(requests.map(call => call.request_id));
      const meanwhile = this.calls.filter(call => !before.has(call) && !this.read.has(call.request_id));
      this.calls = [...meanwhile, ...requests];
      for (const known of this.providers.values()) known.samples = [];
      for (const call of [...this.calls].reverse()) {
        const started = Date.parse(call.started_at);
        for (const attempt of call.attempts) {
          this.sampled(attempt, started + call.latency_ms, call);
        }
      }
    } catch (problem) {
      this.why = problem;
    }
    this.changed();
  }

  async poll() {
    if (document.hidden || this.state !== 'live' && this.state !== 'connecting') return;
    try {
      const [status, rows, nodes] = await Promise.all([get('status'), get('providers'), get('nodes')]);
      this.status = status;
      this.nodes = nodes;
      this.order = rows.map(row => row.name);
      for (const row of rows) this.provider(row.name).row = row;
      this.polled = Date.now();
    } catch (problem) {
      this.why = problem;
    }
    this.changed();
  }

  /** Looks at the providers soon, once for many reasons to. */
  pollSoon() {
    if (this.soon) return;
    this.soon = setTimeout(() => {
      this.soon = null;
      this.poll();
    }, 200);
  }

  event(name, data) {
    if (name === 'lost') {
      this.lost += JSON.parse(data).events;
      this.pollSoon();
    } else if (name === 'end') {
      if (JSON.parse(data).reason === 'stopping') this.state = 'stopping';
    } else {
      const envelope = JSON.parse(data);
      this.published(envelope.type, envelope.payload, envelope.timestamp_ns / 1e6);
    }
    this.changed();
  }

  published(type, payload, at) {
    switch (type) {
      case 'event.inference_request': this.finished(payload, at); break;
      case 'event.circuit_state': {
        const provider = this.provider(payload.provider);
        provider.flips.push({...payload, at});
        if (provider.row && !payload.model) {
          provider.row = {...provider.row, circuit: payload.to, circuit_recovery_at: payload.recovery_at};
        }
        this.pollSoon();
        break;
      }
      case 'event.provider_health': case 'event.config': this.pollSoon(); break;
      default:
    }
    for (const listener of this.listeners) listener(type, payload);
  }

  finished(call, at) {
    const failed = call.status === 'error';
    this.all.add(at, failed);
    this.minute.add(at, failed, call.cost_usd);
    for (const attempt of call.attempts) {
      this.provider(attempt.provider).series.add(at, attempt.status === 'error' && attempt.error_kind !== 'cancelled');
      this.sampled(attempt, at, call);
    }
    if (!this.read.has(call.request_id)) this.calls.unshift(recorded(call));
    if (this.calls.length > MOST_CALLS * 1.2) this.calls.length = MOST_CALLS;
  }

  sampled(attempt, at, call) {
    if (attempt.status !== 'ok') return;
    const served = attempt.provider === call.provider && call.ttft_ms !== undefined;
    this.provider(attempt.provider).sample(at, attempt.duration_ms, served ? call.ttft_ms : null);
  }

  /** Requests and errors a second, and dollars an hour. */
  rates() {
    const now = this.now();
    const heard = (Date.now() - this.since) / 1000;
    if (heard < 12 && this.status) {
      return {
        requests: this.status.requests_last_minute / 60,
        errors: this.status.errors_last_minute / 60,
        usd: null, // known only of calls that were heard of
      };
    }
    return {
      requests: this.minute.sum(now, 10, 'calls') / 10,
      errors: this.minute.sum(now, 10, 'errors') / 10,
      usd: this.minute.sum(now, Math.min(60, heard), 'usd') * 3600 / Math.max(1, Math.min(60, heard)),
    };
  }
}

/** An event of a call in the words of `GET requests`. */
function recorded(event) {
  const {tokens_in: prompt, tokens_out: completion, started_ns: started, ...rest} = event;
  return {
    ...rest, prompt_tokens: prompt, completion_tokens: completion,
    started_at: new Date(started / 1e6).toISOString(),
  };
}
