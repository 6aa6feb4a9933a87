// Where the visitor writes: grows with the text, Enter sends, Shift+Enter breaks, input methods are left alone.
function makeComposer() {
  const input = h('textarea', { rows: '1', id: 'input', 'aria-label': t('message'), 'aria-describedby': 'count', enterkeyhint: 'send', autocomplete: 'off' });
  const sendButton = h('button', { type: 'submit', 'aria-label': t('send'), title: t('send') }, icon('send'));
  const count = h('div', { class: 'count', id: 'count', hidden: true });
  const form = h('form', { class: 'write', onsubmit: (event) => { event.preventDefault(); submitInput(); } },
    h('div', { class: 'box' }, input, sendButton), count);
  input.value = tabGet('draft') || '';
  input.addEventListener('input', () => { tabSet('draft', input.value || null); sizeInput(); tellTyping(); });
  input.addEventListener('keydown', (key) => {
    if (key.key !== 'Enter' || key.shiftKey || key.isComposing || key.keyCode === 229) return;
    key.preventDefault();
    submitInput();
  });
  return { form, input, sendButton, count };
}

function limit() { return state.settings.max_chars || 2000; }
function lengthOf(text) { return [...text].length; } // characters, not UTF-16 units

function sizeInput() {
  const { input, count, sendButton } = ui;
  input.style.height = 'auto';
  input.style.height = Math.min(142, Math.max(46, input.scrollHeight)) + 'px';
  const length = lengthOf(input.value.trim()), left = limit() - length;
  const near = left < Math.max(20, limit() / 10);
  count.hidden = !near;
  count.classList.toggle('over', left < 0);
  count.textContent = !near ? '' : left < 0 ? t('over', { n: -left }) : t('left', { n: left });
  if (left < 0 && !(ui.left < 0)) announce(count.textContent);
  ui.left = left;
  input.setAttribute('aria-invalid', String(left < 0));
  sendButton.setAttribute('aria-disabled', String(!length || left < 0));
}

function submitInput() {
  const text = ui.input.value.trim();
  if (!text || lengthOf(text) > limit()) return ui.input.focus();
  ui.input.value = '';
  tabSet('draft', null);
  sizeInput();
  tellTyping();
  say(text);
}

function say(text) {
  if (barred()) { state.note = t('sign_in'); return changed(); }
  state.note = '';
  stuck = true;
  queue(text);
}

// A person at the desk sees that the visitor writes; an assistant need not know.
let typingSent = 0, typingEnd = 0;
function tellTyping() {
  if (!link.road || !link.road.send || state.link !== 'up' || stage() === 'assistant' || stage() === 'closed') return;
  const tell = (is) => link.road && link.road.send && link.road.send({ type: 'typing', on: is });
  const writing = !!ui.input.value;
  clearTimeout(typingEnd);
  if (writing && Date.now() - typingSent > 4000) { typingSent = Date.now(); tell(true); }
  if (!writing && typingSent) { typingSent = 0; tell(false); }
  if (writing) typingEnd = setTimeout(() => { typingSent = 0; tell(false); }, 5000);
}

function drawComposer() {
  const now = stage();
  const text = now === 'agent' ? t('placeholder_agent', { who: agentName() }) : now === 'closed' ? t('placeholder_closed') : t('placeholder');
  const shut = barred();
  if (ui.input.disabled !== shut) ui.input.disabled = shut;
  if (shut) { if (ui.input.placeholder !== t('sign_in')) ui.input.placeholder = t('sign_in'); return; }
  if (ui.input.placeholder !== text) ui.input.placeholder = text;
}
