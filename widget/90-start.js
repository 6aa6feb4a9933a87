// Starts the widget and offers window.frontdesk to the page.
function setLocale(wish) {
  chosenLocale = wish;
  rebuild();
  if (state.visitor) session().catch(() => {});
}

function setColorScheme(wish) {
  chosenScheme = wish;
  paint();
}

// What the page knows of its visitor: goes with every message from now on.
function setCustomer(told) {
  customer = named(told || {});
}

// Who is signed in at the shop, by its signature (docs/widget-protocol.md); null when somebody signs out.
async function setIdentity(token) {
  if (!token) return identity && reset();
  identity = String(token);
  if (sessionRun) await sessionRun.catch(() => {});
  session().catch(() => {});
}

// Forgets the visitor: for a shared computer, or when somebody signs out of the shop.
function reset() {
  disconnect('idle');
  outbox.slice().forEach((item) => drop(item.id));
  ['visitor', 'read', 'thumbs', 'skipped'].forEach((key) => keepSet(key, null));
  tabSet('draft', null);
  forget();
  state.visitor = null;
  identity = null;
  customer = named(tagData);
  state.epoch++;
  cardDone = {};
  rebuild();
  if (state.open) connect();
}

// Opens and asks; with {send: false} the text waits in the input.
function ask(text, options) {
  open();
  const words = String(text || '').trim();
  if (!words) return;
  if (options && options.send === false || lengthOf(words) > limit()) {
    ui.input.value = words;
    sizeInput();
    return ui.input.focus();
  }
  say(words);
}

async function start() {
  mount();
  loadOutbox();
  watchLink();
  watchViewport();
  matchMedia('(prefers-color-scheme:dark)').addEventListener('change', paint);
  new MutationObserver(() => { if (ui.root.lang !== t('tag')) rebuild(); }).observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
  document.addEventListener('visibilitychange', changed);
  draw();
  const wide = matchMedia('(min-width:481px) and (min-height:481px)').matches;
  if (pageMode || tabGet('open') && wide) open({ focus: pageMode });
  if (!state.open) await session().catch(() => {});
  if (state.conversation || outbox.length) connect(); // somebody who has not written yet costs no connection
  emit('ready');
  dispatchEvent(new CustomEvent('frontdesk:ready'));
}

// A call that comes before the page has a body waits for it.
function once(fn) { return (...values) => { if (ui) fn(...values); else on('ready', () => fn(...values)); }; }

window.frontdesk = { open: once(() => open()), close: once(close), toggle: once(toggle), ask: once(ask),
  setLocale: once(setLocale), setColorScheme: once(setColorScheme), setCustomer,
  setIdentity: once(setIdentity), reset: once(reset), on };
if (document.body) start();
else addEventListener('DOMContentLoaded', start, { once: true });
