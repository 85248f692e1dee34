// The management API: JSON with the token of this tab, and the stream of events.

let onLogin = () => {};

export class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What is kept in this tab until it is closed, or until somebody logs out. */
function kept(key) {
  return {
    get: () => sessionStorage.getItem(key),
    set: value => sessionStorage.setItem(key, value),
    clear: () => sessionStorage.removeItem(key),
  };
}

export const token = kept('infermux.token');
export const callerKey = kept('infermux.caller-key');

/** A header has bytes: the letters of all scripts go as UTF-8, as from any other program. */
export function header(value) {
  return String.fromCharCode(...new TextEncoder().encode(value));
}

/** Calls back when a token is needed; the argument says whether one was refused. */
export function whenLoginIsNeeded(callback) {
  onLogin = callback;
}

function headers() {
  const presented = token.get();
  return presented ? {Authorization: 'Bearer ' + header(presented)} : {};
}

async function refusal(response) {
  let error = {};
  try {
    error = (await response.json()).error || {};
  } catch {
    // Not ours: a proxy's.
  }
  if (response.status === 401 && error.code === 'invalid_api_key') onLogin(token.get() !== null);
  return new Refused(response.status, error.code || '', error.message || 'HTTP ' + response.status);
}

export async function get(path) {
  const response = await fetch(path, {headers: headers(), cache: 'no-store', signal: AbortSignal.timeout(15000)});
  if (!response.ok) throw await refusal(response);
  return response.json();
}

export async function post(path, body, more = {}) {
  const response = await fetch(path, {method: 'POST', body, headers: {...headers(), ...more}});
  if (!response.ok) throw await refusal(response);
  return response.json();
}

/** Sends a caller's request through the management API, which has its own way to know the operator. */
export function elsewhere(path, asked, more) {
  return fetch(path, {...asked, headers: {...asked.headers, ...headers(), ...more}});
}

/** Hands on each server-sent event of a response as (name, data); `alive` is called at each sign of life. */
export async function readEvents(response, onEvent, alive = () => {}) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return;
    alive();
    const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      let name = '';
      const data = [];
      for (const line of block.split('\n')) {
        if (line.startsWith('event:')) name = line.slice(6).trim();
        else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
      }
      if (data.length) onEvent(name, data.join('\n'));
    }
  }
}

/**
 * Keeps a stream of events open: comes back by itself, at once after a stream that had begun, else
 * ever later up to ten seconds. A stream without a sign of life for 25 s (a heartbeat comes every
 * 10 s) is given up: that is how a laptop wakes up.
 */
export class Events {
  constructor(onEvent, onState) {
    this.onEvent = onEvent;
    this.onState = onState;
    this.lastSign = 0;
    this.stopped = false;
    this.abort = new AbortController();
    this.types = '';
  }

  async run() {
    let pause = 500;
    while (!this.stopped) {
      this.abort = new AbortController();
      const watch = setInterval(() => {
        if (Date.now() - this.lastSign > 25000) this.abort.abort();
      }, 5000);
      try {
        this.lastSign = Date.now();
        const response = await fetch('events' + this.types,
          {headers: headers(), cache: 'no-store', signal: this.abort.signal});
        if (!response.ok) throw await refusal(response);
        this.onState('live');
        pause = 500;
        await readEvents(response, this.onEvent, () => { this.lastSign = Date.now(); });
        this.onState('lost');
      } catch (problem) {
        if (problem instanceof Refused && problem.status === 403 && this.types === '') {
          this.types = '?types=circuit,health,config'; // may look, but not at single calls
          continue;
        }
        this.onState(problem instanceof Refused ? 'refused' : 'lost', problem);
        if (problem instanceof Refused && problem.status === 401) await this.wakeUp();
      } finally {
        clearInterval(watch);
      }
      await new Promise(resume => setTimeout(resume, pause * (0.75 + Math.random() / 2)));
      pause = Math.min(10000, pause * 2);
    }
  }

  /** Waits for a login. */
  wakeUp() {
    return new Promise(resume => { this.resume = resume; });
  }

  /** Comes back with the token of now. */
  restart() {
    if (this.resume) this.resume();
    this.resume = null;
    this.types = '';
    this.abort.abort();
  }
}
