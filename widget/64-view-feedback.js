// Judging an answer: thumbs that can be taken back, and after a thumb down the reasons and a person.
const REASONS = ['wrong', 'outdated', 'incomplete', 'off_topic', 'other'];

function addThumbs(node, tools, m) {
  const thumbs = () => keepGet('thumbs') || {};
  const up = iconButton('', t('up'), 'thumbUp', () => press('up'));
  const down = iconButton('', t('down'), 'thumbDown', () => press('down'));
  const thanks = h('span', { role: 'status', 'aria-live': 'polite' });
  let why = null;
  show(thumbs()[m.answer_id]);
  tools.append(h('div', { class: 'thumbs' }, up, down), thanks);

  function show(thumb) {
    up.setAttribute('aria-pressed', String(thumb === 'up'));
    down.setAttribute('aria-pressed', String(thumb === 'down'));
  }

  async function press(pressed) {
    const was = thumbs()[m.answer_id] || null;
    const thumb = was === pressed ? null : pressed;
    remember(thumb);
    thanks.textContent = thumb === 'up' ? t('thanks_up') : '';
    if (why) why.remove();
    why = null;
    if (thumb === 'down') openWhy();
    if (!await act('feedback', { answer_id: m.answer_id, thumb })) {
      remember(was);
      thanks.textContent = '';
    }
  }

  function remember(thumb) {
    show(thumb);
    const all = Object.entries(thumbs()).filter(([id]) => id !== m.answer_id).slice(-99);
    if (thumb) all.push([m.answer_id, thumb]);
    keepSet('thumbs', Object.fromEntries(all));
  }

  function openWhy() {
    let reason = null;
    const chips = REASONS.map((code) => h('button', { type: 'button', class: 'chip', 'aria-pressed': 'false', onclick() {
      reason = reason === code ? null : code;
      chips.forEach((chip, i) => chip.setAttribute('aria-pressed', String(REASONS[i] === reason)));
    } }, t(code)));
    const comment = h('textarea', { rows: '2', maxlength: '1000' });
    const heading = h('h3', {}, t('down_ask'));
    why = h('form', { class: 'card why', 'aria-label': t('down_ask'), onsubmit: tell }, heading,
      h('div', { class: 'suggest', role: 'group', 'aria-label': t('down_ask') }, chips),
      h('label', { class: 'field' }, t('comment'), comment),
      h('div', { class: 'row' }, h('button', { type: 'submit', class: 'go' }, t('submit')),
        active() && stage() !== 'assistant' ? null : button('alt', t('to_person'), () => { shut(); askPerson(); })));
    tools.after(why);
    keepInView(why);
    async function tell(submit) {
      submit.preventDefault();
      const words = comment.value.trim();
      const body = { answer_id: m.answer_id, thumb: 'down' };
      if (reason || words) body.reason = reason || 'other';
      if (words) body.comment = words;
      if (await act('feedback', body)) { shut(); thanks.textContent = t('down_sent'); }
    }
    function shut() {
      if (why) why.remove();
      why = null;
      down.focus();
    }
  }
}
