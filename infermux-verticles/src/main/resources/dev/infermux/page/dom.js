// Elements without a framework. Text is always set as text, so nothing that a caller sends becomes markup.

/** Marks that turn the direction of all that follows, which a name must not do to the words around it. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as it is shown: what would turn its surroundings is written out. */
function shown(value) {
  return String(value).replace(TURNING, mark => '\\u' + mark.charCodeAt(0).toString(16));
}

/** el('td.number', {title: 'x'}, 'text', child): an element with classes, properties and children. */
export function el(spec, ...rest) {
  const [tag, ...classes] = spec.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const part of rest) add(element, part);
  return element;
}

function add(element, part) {
  if (part === null || part === undefined || part === false) return;
  if (part instanceof Node) element.append(part);
  else if (Array.isArray(part)) part.forEach(each => add(element, each));
  else if (typeof part === 'object') set(element, part);
  else element.append(shown(part));
}

function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== 'list') element[name] = value;
    else if (value === false || value === null) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : value);
  }
}

/** The head of a row. A name that people or programs made long wraps, where a short one stays in its line. */
export function rowHead(name, ...more) {
  return el(long('th', name), {scope: 'row'}, name, ...more);
}

/** td, or td.long for a name that is to wrap. */
export function long(tag, name) {
  return name.length > 28 ? tag + '.long' : tag;
}

/** Changes a text only where it is another: what is read aloud or selected stays. */
export function text(element, value) {
  const next = shown(value);
  if (element.textContent !== next) element.textContent = next;
}

/** Puts these children in place of those that were there. What stays is not moved, and so keeps the focus. */
export function arrange(parent, wanted) {
  const staying = new Set(wanted);
  for (const child of [...parent.children]) if (!staying.has(child)) child.remove();
  wanted.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] || null);
  });
}

/** A table with a caption for those who do not see it; heads are [name, class, title]. */
export function table(caption, heads, body) {
  return el('table', el('caption.hidden', caption),
    el('thead', el('tr', heads.map(([name, kind, title]) =>
      el(kind ? 'th.' + kind : 'th', {scope: 'col', title: title || ''}, name)))), body);
}

/** A label around a control. */
export function field(name, control) {
  return el('label.field', el('span', name), control);
}

/** A choice of a few, as buttons of which one is pressed. */
export function choice(name, options, chosen, onchoose) {
  const group = el('div.choice', {role: 'group', 'aria-label': name});
  for (const [value, label] of options) {
    group.append(el('button', {
      type: 'button', 'aria-pressed': String(value === chosen),
      onclick: event => {
        for (const other of group.children) other.setAttribute('aria-pressed', String(other === event.currentTarget));
        onchoose(value);
      },
    }, label));
  }
  return group;
}
