// What outlives the page. Storage may be forbidden (private mode): then things last as long as the page does.
const PREFIX = 'frontdesk:';
const memory = {};

function keepGet(key, area) {
  try {
    const text = (area || localStorage).getItem(PREFIX + key);
    if (text != null) return JSON.parse(text);
  } catch (_) { /* forbidden or damaged */ }
  return key in memory ? memory[key] : null;
}

function keepSet(key, value, area) {
  if (value == null) delete memory[key]; else memory[key] = value;
  try {
    const store = area || localStorage;
    if (value == null) store.removeItem(PREFIX + key);
    else store.setItem(PREFIX + key, JSON.stringify(value));
  } catch (_) { /* forbidden or full */ }
}

function keepKeys(start) {
  const keys = new Set(Object.keys(memory).filter((key) => key.startsWith(start)));
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i);
      if (key.startsWith(PREFIX + start)) keys.add(key.slice(PREFIX.length));
    }
  } catch (_) { /* forbidden */ }
  return [...keys];
}

// Things of this tab only: the draft, whether the panel is open.
function tabGet(key) { try { return keepGet(key, sessionStorage); } catch (_) { return keepGet(key); } }
function tabSet(key, value) { try { keepSet(key, value, sessionStorage); } catch (_) { memory[key] = value; } }

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only on https and localhost
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = b[6] & 15 | 64;
  b[8] = b[8] & 63 | 128;
  return [...b].map((v, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + v.toString(16).padStart(2, '0')).join('');
}
