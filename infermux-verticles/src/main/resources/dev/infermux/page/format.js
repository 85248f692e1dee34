// Numbers as people read them, in the same words as `infermux status`.

export function count(n) {
  if (n === null || n === undefined) return '–';
  if (n >= 1e6) return trim(n / 1e6) + 'M';
  if (n >= 1e4) return trim(n / 1e3) + 'k';
  return Math.round(n).toLocaleString('en-US');
}

export function rate(perSecond) {
  if (perSecond === 0) return '0';
  if (perSecond < 0.995) return perSecond.toFixed(2);
  if (perSecond < 9.95) return perSecond.toFixed(1);
  return count(perSecond);
}

export function percent(share) {
  if (share === 0) return '0%';
  const p = share * 100;
  return (p < 0.1 ? '<0.1' : p < 10 ? p.toFixed(1) : p.toFixed(0)) + '%';
}

export function millis(ms) {
  if (ms === null || ms === undefined) return '–';
  if (ms >= 100000) return (ms / 60000).toFixed(1) + ' min';
  if (ms >= 10000) return (ms / 1000).toFixed(1) + ' s';
  if (ms >= 1000) return (ms / 1000).toFixed(2) + ' s';
  return (ms < 10 && ms > 0 && !Number.isInteger(ms) ? ms.toFixed(1) : Math.round(ms)) + ' ms';
}

/** Dollars: cents for sums, three digits for what a single call costs. */
export function usd(amount) {
  const n = Number(amount);
  if (n === 0) return '$0';
  if (n >= 1000) return '$' + count(n);
  if (n >= 1) return '$' + n.toFixed(2);
  if (n >= 0.01) return '$' + n.toFixed(3);
  if (n > 0 && n < 1e-9) return '<$0.000000001';
  return '$' + n.toFixed(Math.min(9, 2 - Math.floor(Math.log10(n)))).replace(/0+$/, '');
}

export function clock(date) {
  return date.toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
}

/** A time of day, with the date where that is another than today's. */
export function moment(date) {
  const day = each => each.toLocaleDateString('sv-SE');
  return (day(date) === day(new Date()) ? '' : day(date) + ' ') + clock(date);
}

export function ago(seconds) {
  if (seconds < 60) return Math.max(0, Math.round(seconds)) + ' s';
  if (seconds < 3600) return Math.round(seconds / 60) + ' min';
  if (seconds < 172800) return Math.round(seconds / 3600) + ' h';
  return Math.round(seconds / 86400) + ' days';
}

function trim(n) {
  return n.toFixed(n < 10 ? 1 : 0).replace(/\.0$/, '');
}
