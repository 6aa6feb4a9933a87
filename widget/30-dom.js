// Building the page: elements and icons. Text only ever becomes text nodes.
function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const key in attributes) {
    const value = attributes[key];
    if (value == null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

const ICONS = {
  chat: 'M4 5.5h16v11H10.5L6 20v-3.5H4z M8.5 9.5h7 M8.5 12.5h4.5',
  down: 'M6 9.5l6 6 6-6',
  minimise: 'M6 12h12',
  close: 'M6.5 6.5l11 11 M17.5 6.5l-11 11',
  person: 'M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5z M4.5 20c.6-3.4 3.6-5 7.5-5s6.9 1.6 7.5 5',
  send: 'M4.5 12L4.5 5l16 7-16 7V12z M4.5 12h8',
  thumbUp: 'M7 10.5V20H3.5v-9.5z M7 10.5l4.2-7c1.6 0 2.6 1.2 2.3 2.8L12.9 9.5h5.7c1.3 0 2.2 1.2 1.9 2.5L19 18.4c-.2 1-1 1.6-2 1.6H7',
  thumbDown: 'M7 13.5V4H3.5v9.5z M7 13.5l4.2 7c1.6 0 2.6-1.2 2.3-2.8l-.6-3.2h5.7c1.3 0 2.2-1.2 1.9-2.5L19 5.6c-.2-1-1-1.6-2-1.6H7',
};

function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

function iconButton(cls, label, name, onclick) {
  return h('button', { type: 'button', class: cls, 'aria-label': label, title: label, onclick }, icon(name));
}

function button(cls, label, onclick) { return h('button', { type: 'button', class: cls, onclick }, label); }

function safeUrl(address) {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch (_) { return null; }
}

// A link that leaves the page alone; an address that is not http(s) stays text.
function anchor(cls, text, address) {
  const href = safeUrl(address);
  if (!href) return h('span', { class: cls }, text);
  return h('a', { class: cls, href, target: '_blank', rel: 'noopener noreferrer' }, text, h('span', { class: 'sr' }, t('new_window')));
}
