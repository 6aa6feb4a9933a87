// The cards at the end of the talk: the survey of a closed conversation, and the contact form when nobody came in time.
let cardDone = {}; // key -> what was said after it was sent, or '' when put away

function drawCards() {
  const c = state.conversation;
  let key = '';
  if (c && c.form) key = 'contact/' + c.id;
  else if (c && c.stage === 'closed' && (!c.rated || 'csat/' + c.id in cardDone) && keepGet('skipped') !== c.id && !outbox.length) key = 'csat/' + c.id;
  const done = cardDone[key];
  const shown = key + (done == null ? '' : '!' + done);
  if (ui.cardKey === shown) return;
  ui.cardKey = shown;
  const held = ui.cards.contains(shadow.activeElement);
  const card = !key || done === '' ? null : done ? h('div', { class: 'card', role: 'status', tabindex: '-1' }, done) : key.startsWith('csat') ? surveyCard(c.id, key) : contactCard(key);
  ui.cards.replaceChildren(...(card ? [card] : []));
  if (card) keepInView(card);
  if (card && !done && state.open) announce(t(key.startsWith('csat') ? 'csat' : 'contact'));
  if (held && state.open) { if (card && done) card.focus(); else refocus(); }
}

function putAway(key, words) {
  cardDone[key] = words;
  changed();
}

// A submit button that says while it works, and a place for what went wrong, tied to its field.
function wrongLine(id) { return h('p', { class: 'wrong', id, role: 'alert', hidden: true }); }
function setWrong(line, field, words) {
  line.textContent = words;
  line.hidden = !words;
  field.setAttribute('aria-invalid', String(!!words));
  if (words) (field.matches('fieldset') ? field.querySelector('input') : field).focus();
}

function surveyCard(conversation, key) {
  const wrong = wrongLine('csat-wrong');
  const labels = [1, 2, 3, 4, 5].map((n) => h('label', { class: 'score' },
    h('input', { type: 'radio', name: 'score', value: n, onchange: mark }), h('b', {}, n), h('span', {}, t('csat_' + n))));
  const scores = h('fieldset', { 'aria-describedby': 'csat-wrong' }, h('legend', {}, t('csat')), h('div', { class: 'scores' }, labels));
  const comment = h('textarea', { rows: '2', maxlength: '2000' });
  return h('form', { class: 'card', onsubmit: rate }, scores, wrong,
    h('label', { class: 'field' }, t('csat_comment'), comment),
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'go' }, t('submit')),
      button('mild', t('skip'), () => { keepSet('skipped', conversation); putAway(key, ''); })));

  function mark() {
    labels.forEach((label) => label.classList.toggle('on', label.firstChild.checked));
    setWrong(wrong, scores, '');
  }
  async function rate(submit) {
    submit.preventDefault();
    const picked = labels.find((label) => label.firstChild.checked);
    if (!picked) return setWrong(wrong, scores, t('csat_pick'));
    const body = { conversation, score: Number(picked.firstChild.value) };
    if (comment.value.trim()) body.comment = comment.value.trim();
    if (!await act('csat', body)) return;
    if (state.conversation && state.conversation.id === conversation) state.conversation.rated = true;
    putAway(key, t('csat_thanks'));
  }
}

function contactCard(key) {
  const own = state.messages.filter((m) => m.author === 'customer');
  const name = h('input', { type: 'text', autocomplete: 'name', maxlength: '100' });
  const contact = h('input', { type: 'text', autocomplete: 'email', maxlength: '200', required: true, 'aria-describedby': 'how-wrong' });
  const text = h('textarea', { rows: '3', maxlength: limit(), required: true, 'aria-describedby': 'text-wrong' });
  const howWrong = wrongLine('how-wrong'), textWrong = wrongLine('text-wrong');
  text.value = own.length ? own[own.length - 1].text : '';
  return h('form', { class: 'card', novalidate: true, onsubmit: leave }, h('h3', {}, t('contact')), h('p', {}, t('contact_why')),
    h('label', { class: 'field' }, t('contact_name'), name),
    h('label', { class: 'field' }, t('contact_how'), contact), howWrong,
    h('label', { class: 'field' }, t('contact_text'), text), textWrong,
    h('div', { class: 'row' }, h('button', { type: 'submit', class: 'go' }, t('contact_send')), button('mild', t('contact_skip'), () => putAway(key, ''))));

  async function leave(submit) {
    submit.preventDefault();
    setWrong(textWrong, text, text.value.trim() ? '' : t('contact_text_need'));
    setWrong(howWrong, contact, contact.value.trim() ? '' : t('contact_need'));
    if (!contact.value.trim() || !text.value.trim()) return;
    const body = { contact: contact.value.trim(), text: text.value.trim() };
    if (name.value.trim()) body.name = name.value.trim();
    if (await act('contact', body)) putAway(key, t('contact_thanks'));
  }
}
