// Opening, closing and drawing; the shadow root that keeps the page's styles out and ours in.
let shadow = null;
let chosenScheme = null;

function draw() {
  if (!ui) return;
  if (state.open && document.visibilityState !== 'hidden') markRead();
  drawFrame();
  drawComposer();
  drawTalk();
  if (state.paintedWith !== state.settings) { state.paintedWith = state.settings; paint(); sizeInput(); }
}

function mount() {
  host = document.createElement('div');
  host.id = 'frontdesk-widget';
  shadow = host.attachShadow({ mode: 'open' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE_FRAME + STYLE_TALK);
    shadow.adoptedStyleSheets = [sheet];
  } catch (_) { // a browser before 2023; under a CSP it needs style-src 'unsafe-inline'
    shadow.append(h('style', {}, STYLE_FRAME + STYLE_TALK));
  }
  shadow.append(makeFrame());
  document.body.append(host);
  // Pages that replace their body as they navigate keep the widget.
  const watch = new MutationObserver(() => {
    if (!host.isConnected && document.body) document.body.append(host);
    if (document.body !== watched) follow();
  });
  let watched = null;
  const follow = () => {
    watched = document.body;
    watch.observe(document.documentElement, { childList: true });
    if (watched) watch.observe(watched, { childList: true });
  };
  follow();
}

// Builds everything again, in another language; state, draft and focus stay.
function rebuild() {
  const { value } = ui.input, { open } = state;
  const held = ui.root.contains(shadow.activeElement);
  ui.root.remove();
  shadow.append(makeFrame());
  ui.input.value = value;
  state.note = '';
  if (open) reveal(held);
  draw();
}

function reveal(focus) {
  ui.panel.hidden = false;
  ui.root.classList.add('open');
  stuck = true;
  lastTop = 0;
  sizeInput();
  if (focus) refocus();
}

// On a touch screen the keyboard would cover the talk: the panel takes the focus instead.
function refocus() {
  if (matchMedia('(pointer:coarse)').matches) ui.panel.focus();
  else ui.input.focus();
}

function open(options) {
  if (!state.open) {
    state.open = true;
    if (state.visitor) keepSet('visitor', state.visitor);
    tabSet('open', true);
    reveal(!options || options.focus !== false);
    emit('open');
  }
  connect();
  wake();
  draw();
}

function close() {
  if (!state.open || pageMode) return;
  const held = ui.panel.contains(shadow.activeElement);
  state.open = false;
  tabSet('open', null);
  ui.panel.hidden = true;
  ui.root.classList.remove('open');
  draw();
  if (held) ui.launcher.focus();
  emit('close');
}

function toggle() { return state.open ? close() : open(); }

// The keyboard of a phone shrinks what can be seen, not the page.
function watchViewport() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    if (view.scale > 1.05) return; // zoomed by hand
    const short = view.height < innerHeight - 80;
    ui.root.style.setProperty('--tall', short ? view.height + 'px' : '');
    ui.root.style.setProperty('--top', short ? view.offsetTop + 'px' : '');
    if (short && state.open) toEnd();
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
}
