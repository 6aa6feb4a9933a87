// The frame: launcher, panel, header, bars and footer, and what they say at each stage.
let ui = null;   // the parts of the page that change
let host = null; // the element that carries the shadow root

function makeFrame() {
  const title = h('h2', { id: 'title' });
  const end = iconButton('plain', t('end'), 'close', onEnd);
  const head = h('div', { class: 'head' }, title, pageMode ? null : iconButton('plain hide', t('minimise'), 'minimise', close), end);
  const stageBar = h('div', { class: 'bar soft', role: 'status', hidden: true });
  const linkBar = h('div', { class: 'bar soft', role: 'status', hidden: true });
  const note = h('div', { class: 'bar bad', role: 'alert', hidden: true });
  const confirm = h('div', { class: 'bar', role: 'group', 'aria-label': t('end_ask'), hidden: true });
  const foot = h('div', { class: 'foot' });
  const status = h('div', { class: 'sr', role: 'status' });
  const talk = makeTalk();
  const composer = makeComposer();
  const panel = h('div', { class: 'panel', id: 'panel', role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1', hidden: true },
    head, linkBar, stageBar, talk.scroll, note, confirm, composer.form, foot, status);
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true', hidden: true });
  const sign = h('span', {});
  const launcher = pageMode ? null : h('button', { type: 'button', class: 'launcher', 'aria-controls': 'panel', 'aria-expanded': 'false', onclick: toggle },
    sign, tagData.launcherTitle ? h('span', { 'aria-hidden': 'true' }, tagData.launcherTitle) : null, badge);
  const outside = h('div', { class: 'sr', role: 'status' }); // speaks while the panel is closed
  const left = tagData.position === 'left' ? ' left' : '';
  const root = h('div', { class: 'root' + left + (pageMode ? ' page' : ''), lang: t('tag') }, panel, launcher, outside);
  panel.addEventListener('keydown', (key) => {
    if (key.key !== 'Escape' || key.isComposing || key.keyCode === 229) return;
    key.stopPropagation();
    if (!ui.confirm.hidden) askEnd(false);
    else if (!pageMode) close();
  });
  ui = { ...talk, ...composer, root, panel, title, end, stageBar, linkBar, note, confirm, foot, status, launcher, badge, sign, outside };
  paint();
  return root;
}

function paint() {
  const wish = chosenScheme || tagData.colorScheme;
  const dark = wish === 'dark' || wish !== 'light' && matchMedia('(prefers-color-scheme:dark)').matches;
  ui.root.dataset.scheme = dark ? 'dark' : 'light';
  const colours = accentFor(state.settings.accent, dark);
  ui.root.style.setProperty('--accent', colours ? colours.accent : '');
  ui.root.style.setProperty('--on-accent', colours ? colours.on : '');
}

// Puts children into a box only when they would differ, so that focus and screen readers are left in peace.
const said = new WeakMap();
function fill(box, key, children) {
  if (said.get(box) === key) return;
  said.set(box, key);
  const held = box.contains(shadow.activeElement);
  box.replaceChildren(...children);
  box.hidden = !children.length;
  if (held && state.open) refocus();
}

function drawFrame() {
  const now = stage(), c = state.conversation, who = now === 'agent' ? agentName() : t('assistant');
  const name = local(state.settings.name) || t('service');
  fill(ui.title, name + who, [name, h('span', { class: 'role' }, who)]);
  const endLabel = active() || pageMode ? t('end') : t('shut');
  ui.end.setAttribute('aria-label', endLabel);
  ui.end.title = endLabel;
  ui.end.hidden = pageMode && !active();

  const place = c && c.place;
  const line = now === 'waiting' ? c.form ? '' : place === 1 ? t('waiting_next') : place ? t('waiting_place', { n: place }) : t('waiting')
    : now === 'agent' ? t('served_by', { who }) : '';
  fill(ui.stageBar, line, line ? [line] : []);

  const lost = navigator.onLine === false;
  const offline = state.open && state.link === 'down' && (lost || link.attempt > 1) ? t(lost ? 'offline' : 'connecting') : '';
  fill(ui.linkBar, offline, offline ? [offline] : []);
  fill(ui.note, state.note, state.note ? [state.note] : []);

  if (now === 'agent') fill(ui.foot, 'agent', [h('span', {}, t('person_talks'))]);
  else if (now === 'waiting') fill(ui.foot, 'waiting', [button('link', t('back'), () => act('assistant')), h('span', {}, t('made_by_ai'))]);
  else fill(ui.foot, 'assistant' + askingPerson, [
    h('button', { type: 'button', class: 'link', onclick: askPerson, 'aria-disabled': askingPerson }, t(askingPerson ? 'to_person_busy' : 'to_person')),
    h('span', {}, t('made_by_ai'))]);
  if (!active() && !ui.confirm.hidden) askEnd(false);
  drawLauncher();
}

function drawLauncher() {
  const n = state.open ? 0 : unread();
  if (n !== ui.unread) emit('unread', n);
  if (n > (ui.unread || 0) && state.settled) announce(t('arrived', { n }));
  ui.unread = n;
  if (!ui.launcher) return;
  const title = tagData.launcherTitle ? tagData.launcherTitle + ' · ' : '';
  ui.launcher.setAttribute('aria-label', title + (state.open ? t('hide') : n ? t('open_unread', { n }) : t('open')));
  ui.launcher.setAttribute('aria-expanded', String(state.open));
  fill(ui.sign, state.open ? 'down' : 'chat', [icon(state.open ? 'down' : 'chat')]);
  ui.badge.hidden = !n;
  ui.badge.textContent = n > 9 ? '9+' : n;
}

// Said once to a screen reader, wherever the focus is.
function announce(words) { ui.outside.textContent = words; }

let askingPerson = false;
async function askPerson() {
  if (askingPerson) return;
  askingPerson = true;
  changed();
  await act('person');
  askingPerson = false;
  changed();
}

// The cross: ends a conversation that is going on (after asking, since it is next to "minimise"), else closes the window.
function onEnd() {
  if (active()) askEnd(true);
  else if (!pageMode) close();
}

function askEnd(show) {
  const buttons = [
    button('go', t('end'), () => { askEnd(false); act('close'); }),
    pageMode ? button('alt', t('keep_on'), () => askEnd(false)) : button('alt', t('end_no'), () => { askEnd(false); close(); })];
  fill(ui.confirm, show, show ? [h('span', {}, t('end_ask')), h('span', { class: 'row' }, buttons)] : []);
  if (show) buttons[0].focus();
}
