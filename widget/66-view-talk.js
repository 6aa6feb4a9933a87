// The talk: the log of finished messages, words still being written, what is on its way out, suggestions and cards.
const drawn = new Map(); // key -> node in the log
let stuck = true;        // the end is kept in view
let lastTop = 0;         // where the talk stood when last looked at

function makeTalk() {
  drawn.clear();
  const log = h('div', { class: 'log', role: 'log', 'aria-live': 'off', 'aria-relevant': 'additions', 'aria-label': t('log') });
  const stream = h('div', { class: 'stream', 'aria-hidden': 'true', 'aria-live': 'off', inert: true });
  const own = h('div', { class: 'own', 'aria-live': 'off' });
  const suggest = h('div', { class: 'suggest', role: 'group', 'aria-label': t('suggestions'), hidden: true });
  const cards = h('div', { class: 'cards' });
  const jump = h('button', { type: 'button', class: 'jump', hidden: true, onclick: toEnd }, t('new_below'));
  const scroll = h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('log') }, log, own, stream, suggest, cards, jump);
  scroll.addEventListener('scroll', look);
  const keep = new ResizeObserver(follow); // also when a card opens, a font loads or the keyboard comes
  [scroll, log, own, stream, suggest, cards].forEach((part) => keep.observe(part));
  return { scroll, log, stream, own, suggest, cards, jump };
}

function nearEnd() { return ui.scroll.scrollHeight - ui.scroll.scrollTop - ui.scroll.clientHeight - ui.jump.offsetHeight < 24; }

// Only scrolling up lets go of the end: when the talk has grown since, being far from the end says nothing about the reader.
function look() {
  if (!state.open) return;
  const top = ui.scroll.scrollTop;
  if (nearEnd()) { stuck = true; ui.jump.hidden = true; }
  else if (top < lastTop) stuck = false;
  lastTop = top;
}

function toEnd() {
  stuck = true;
  ui.jump.hidden = true;
  ui.scroll.scrollTop = ui.scroll.scrollHeight;
  lastTop = ui.scroll.scrollTop;
}

function follow() {
  look();
  if (stuck && state.open) toEnd();
}

// Shows a card whole, or its beginning when it is taller than the window. Never scrolls the page behind.
function keepInView(node) {
  setTimeout(() => {
    const box = ui.scroll.getBoundingClientRect(), card = node.getBoundingClientRect();
    const down = Math.min(card.bottom - box.bottom + 12, card.top - box.top - 12);
    if (down > 0 || card.top < box.top) ui.scroll.scrollTop += card.top < box.top ? card.top - box.top - 12 : down;
    lastTop = ui.scroll.scrollTop;
    stuck = nearEnd();
  });
}

function drawTalk() {
  look();
  drawLog();
  drawOwn();
  drawStream();
  drawSuggestions();
  drawCards();
  if (!state.open) return;
  if (stuck) toEnd();
  else if (state.messages.length > ui.seen) ui.jump.hidden = false;
  ui.seen = state.messages.length;
}

// History is put in silently; once it is there, each finished message is added, and so announced, once.
function drawLog() {
  const items = logItems();
  const keys = new Set(items.map((item) => item.key));
  for (const [key, node] of drawn) if (!keys.has(key)) { node.remove(); drawn.delete(key); }
  let at = ui.log.firstChild;
  for (const item of items) {
    let node = drawn.get(item.key);
    if (!node) drawn.set(item.key, node = item.make());
    node.classList.toggle('first', !!item.first);
    if (node === at) at = at.nextSibling;
    else ui.log.insertBefore(node, at);
  }
  if (state.settled && ui.log.getAttribute('aria-live') === 'off') setTimeout(() => { if (ui) ui.log.setAttribute('aria-live', 'polite'); }, 100);
}

function drawStream() {
  for (const node of [...ui.stream.children]) if (!state.streams.has(node.dataset.id)) node.remove();
  for (const [id, text] of state.streams) {
    let node = [...ui.stream.children].find((child) => child.dataset.id === id);
    if (!node) {
      node = h('div', { class: 'msg live first', 'data-id': id }, h('div', { class: 'who' }, t('assistant')), h('div', { class: 'bubble' }));
      ui.stream.append(node);
    }
    if (node.dataset.size !== String(text.length)) {
      node.dataset.size = text.length;
      node.lastChild.lang = langOf({ text }) || 'en';
      node.lastChild.replaceChildren(...markdownNodes(text));
    }
  }
  const busy = state.streams.size ? 'assistant' : state.typing && state.typing.until > Date.now() ? state.typing.author : '';
  const words = !busy ? '' : busy === 'agent' ? t('typing', { who: agentName() }) : t('answering', { who: t('assistant') });
  if (busy && !state.streams.size) ui.stream.append(h('div', { class: 'hint', 'data-id': 'hint' }, words));
  if (ui.status.textContent !== words) ui.status.textContent = words;
}

function drawOwn() {
  const key = JSON.stringify(outbox.map((x) => [x.id, sendState(x)])) + sentMark();
  if (ui.ownKey === key) return;
  ui.ownKey = key;
  const held = ui.own.contains(shadow.activeElement) && shadow.activeElement.dataset.do;
  const rows = outbox.map((item) => {
    const code = item.failed && item.failed.code;
    const edit = () => { drop(item.id); ui.input.value = item.text; sizeInput(); ui.input.focus(); changed(); };
    const deed = (word, fn) => h('button', { type: 'button', class: 'link', 'data-do': word + item.id, onclick: fn }, t(word));
    return h('div', { class: 'msg mine' }, h('span', { class: 'sr' }, t('you')), h('div', { class: 'bubble', lang: langOf(item) }, item.text),
      h('div', { class: 'state' + (code ? ' bad' : '') }, h('span', {}, sendState(item)),
        code && code !== 'too_long' && deed('retry', () => retry(item.id)), code && deed('edit', edit),
        code && deed('remove', () => { drop(item.id); changed(); })));
  });
  if (sentMark()) rows.push(h('div', { class: 'msg mine' }, h('div', { class: 'state' }, t('sent'))));
  ui.own.replaceChildren(...rows);
  const again = held && [...ui.own.querySelectorAll('[data-do]')].find((x) => x.dataset.do === held);
  if (again) again.focus();
  if (outbox.some((x) => x.failed && x.failed.until)) setTimeout(changed, 1000);
}

function sendState(item) {
  const { code, until, at } = item.failed || {};
  if (!code) return t(state.link === 'up' ? 'sending' : 'queued');
  if (until) return t('rate_soon', { n: Math.max(1, Math.ceil((at - Date.now()) / 1000)) });
  if (code === 'rate_limited') return t('rate_later', { time: clock(at) });
  return t('failed') + ' · ' + t(code in WORDS.zh ? code : 'unavailable');
}

function sentMark() {
  const last = state.messages[state.messages.length - 1];
  return !outbox.length && !!last && last.author === 'customer';
}

function drawSuggestions() {
  const last = state.messages[state.messages.length - 1];
  const quiet = outbox.length || state.streams.size || stage() === 'waiting' || stage() === 'agent';
  const texts = quiet ? [] : last ? last.suggestions || [] : blank() ? starters() : [];
  const key = texts.join('\n') + askingPerson;
  if (ui.suggestKey === key) return;
  ui.suggestKey = key;
  const people = texts.filter(meansPerson);
  ui.suggest.replaceChildren(...texts.filter((text) => !people.includes(text)).map((text) => button('chip', text, () => { say(text); refocus(); })),
    ...people.slice(0, 1).map(personChip));
  ui.suggest.hidden = !texts.length;
}

// The way to a person stands after the other choices and is an act, not a message.
function meansPerson(text) { return Object.values(WORDS).some((words) => words.to_person.toLowerCase() === text.trim().toLowerCase()); }

function personChip(text) {
  return h('button', { type: 'button', class: 'chip person', 'aria-disabled': askingPerson, onclick() { stuck = true; refocus(); askPerson(); } },
    icon('person'), askingPerson ? t('to_person_busy') : text);
}

function starters() { return [].concat(local(state.settings.starters) || []).slice(0, 6); }
