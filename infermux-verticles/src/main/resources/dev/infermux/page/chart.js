// Small plots by hand on a canvas, large ones by uPlot. Colours come from the style sheet.

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** Requests as an area, errors over it, and a mark where a circuit changed. */
export class Spark {
  constructor(label, width = 180, height = 26) {
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'spark';
    this.canvas.setAttribute('role', 'img');
    this.width = width;
    this.height = height;
    this.label = label;
    this.drawn = '';
  }

  draw(series, flips, now) {
    const scale = window.devicePixelRatio || 1;
    const canvas = this.canvas;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const key = [series.last, series.requests.join(), series.errors.join(), flips.length, scale, dark].join('|');
    if (key === this.drawn) return;
    this.drawn = key;
    canvas.width = this.width * scale;
    canvas.height = this.height * scale;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    const many = series.requests.length;
    const step = this.width / many;
    const top = Math.max(1, ...series.requests);
    const y = value => this.height - 1 - value / top * (this.height - 5);
    area(context, series.requests, step, y, this.height, colour('line'), colour('fill'));
    if (series.errors.some(each => each > 0)) area(context, series.errors, step, y, this.height, colour('bad'), colour('bad-fill'));
    const end = (series.last + 1) * 10000;
    for (const flip of flips) {
      const x = this.width - (end - flip.at) / 10000 * step;
      if (x < 0) continue;
      context.fillStyle = colour(flip.to === 'open' ? 'bad' : flip.to === 'closed' ? 'good' : 'warn');
      context.fillRect(Math.round(x) - 1, 0, 2, this.height);
    }
    const requests = series.requests.reduce((a, b) => a + b, 0);
    const errors = series.errors.reduce((a, b) => a + b, 0);
    const words = `${this.label}, last 15 minutes: ${requests} requests, ${errors} errors, `
      + `${flips.length} changes of the circuit`;
    canvas.setAttribute('aria-label', words);
    canvas.title = words;
  }
}

function area(context, values, step, y, height, line, fill) {
  context.beginPath();
  context.moveTo(0, height);
  values.forEach((value, i) => context.lineTo((i + 0.5) * step, y(value)));
  context.lineTo(values.length * step, height);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
  context.beginPath();
  values.forEach((value, i) => context[i ? 'lineTo' : 'moveTo']((i + 0.5) * step, y(value)));
  context.strokeStyle = line;
  context.lineWidth = 1.25;
  context.stroke();
}

const HUES = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];

export function hue(i) {
  return HUES[i % HUES.length];
}

/** Areas on top of each other over time. `series` = [{name, values}], the first one at the bottom. */
export function stacked(container, times, series, formatTime, format) {
  const width = times.length > 1 ? times[1] - times[0] : 86400;
  const sums = times.map(() => 0);
  // Each value holds until the next one; the last one for as long.
  const layers = series.map(each => each.values.map((value, i) => (sums[i] += value)))
    .map(values => [...values, values[values.length - 1]]);
  const axis = {stroke: colour('muted'), grid: {stroke: colour('rule'), width: 1}, ticks: {stroke: colour('rule'), width: 1},
    font: '11px system-ui, sans-serif'};
  const options = {
    width: Math.max(300, container.clientWidth), height: 220, cursor: {y: false, points: {show: false}},
    legend: {show: false}, tzDate: seconds => window.uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'), scales: {y: {range: (_, low, high) => [0, high > 0 ? high * 1.05 : 1]}},
    axes: [{...axis, values: (_, ticks) => ticks.map(tick => formatTime(new Date(tick * 1000)))}, {...axis, size: (_, labels) => Math.max(64, 16 + 7 * Math.max(0, ...(labels || []).map(each => each.length))),
      values: (_, ticks) => ticks.map(format)}],
    // The highest layer first; each is filled down to the next one.
    bands: series.slice(1).map((_, i) => ({series: [i + 1, i + 2]})),
    series: [{}, ...series.map((each, i) => ({
      label: each.name, stroke: colour(hue(i)), fill: colour(hue(i)) + '55', width: 1.25, points: {show: false},
      paths: window.uPlot.paths.stepped({align: 1}),
    })).reverse()],
  };
  container.replaceChildren();
  return new window.uPlot(options, [[...times, times[times.length - 1] + width], ...layers.reverse()], container);
}
