// One message as it stands in the log, and the line of time between messages.
function authorName(m) {
  if (m.author === 'customer') return t('you');
  return m.name || t(m.author === 'agent' ? 'agent' : 'assistant');
}

function langOf(m) {
  if (m.lang) return /^zh$/i.test(m.lang) ? 'zh-CN' : m.lang;
  return /[\u3400-\u9fff]/.test(m.text) ? 'zh-CN' : null;
}

function bodyNodes(m) {
  if (m.author === 'customer') return [m.text];
  return m.format === 'markdown' ? markdownNodes(m.text) : plainNodes(m.text);
}

// Pictures of the knowledge. They come beside the words, under names that only our own server has: nothing in the words loads anything.
const PICTURE = /^\/pictures\/[0-9a-f]{64}\.(png|jpg|gif|webp)$/;

function pictureNodes(m) {
  if (m.author === 'customer') return [];
  return (m.pictures || []).filter((p) => PICTURE.test(p.url)).map((p) => {
    const alt = String(p.alt || t('picture'));
    const link = anchor('picture', h('img', { src: safeUrl(p.url), alt, loading: 'lazy' }), p.url);
    // Where the shop's own policy blocks it, or it is gone, its words stay as a link.
    link.firstChild.addEventListener('error', () => link.firstChild.replaceWith(alt), { once: true });
    return link;
  });
}

function messageNode(m) {
  const when = Date.parse(m.at);
  const lang = langOf(m);
  if (m.author === 'notice') return h('div', { class: 'notice', lang, title: exactTime(when) }, h('span', {}, m.text));
  const spoken = h('span', { class: 'sr', lang: t('tag') }, t('said', { who: authorName(m), time: stamp(when) }));
  const bubble = h('div', { class: 'bubble', lang, title: m.at ? exactTime(when) : null }, bodyNodes(m));
  bubble.append(...pictureNodes(m));
  const node = h('div', { class: 'msg ' + (m.author === 'customer' ? 'mine' : 'theirs') },
    m.author === 'customer' ? null : h('div', { class: 'who', 'aria-hidden': 'true' }, whoLabel(m)), spoken, bubble);
  if (m.author === 'assistant') addTools(node, m);
  return node;
}

function whoLabel(m) {
  const name = authorName(m);
  return m.author === 'agent' && m.name ? name + ' · ' + t('agent') : name;
}

function addTools(node, m) {
  const sources = m.sources || [];
  const thumbs = m.answer_id && m.rung !== 'smalltalk';
  if (!sources.length && !thumbs) return;
  const tools = h('div', { class: 'tools', 'aria-live': 'off' });
  if (sources.length) tools.append(h('div', { class: 'sources' }, h('span', {}, t(sources.every((s) => s.url.startsWith('/go/')) ? 'goods' : 'source')), sources.map((s) => anchor('source', (s.title || s.url) + ' ›', s.url))));
  node.append(tools);
  // Later than the message itself, and in a part that is not live: a screen reader announces the answer, not its buttons.
  if (thumbs) setTimeout(() => addThumbs(node, tools, m), 50);
}

function timeNode(ms) { return h('div', { class: 'when', 'aria-hidden': 'true', title: exactTime(ms) }, stamp(ms)); }

// A notice that is said again further down ("you are number 1 in the queue") is shown where it was said last.
function shown() {
  const again = new Set();
  const stays = (m) => {
    const key = m.conversation + ' ' + m.text;
    return m.author !== 'notice' || (!again.has(key) && again.add(key));
  };
  return state.messages.slice().reverse().filter(stays).reverse();
}

// What the log shows, in order: greeting, separators, messages.
function logItems() {
  const items = [];
  let last = null, lastMs = 0;
  const today = dayOf(Date.now());
  if (greeted()) { // it stays above what is said next
    const text = local(state.settings.greeting) || t('greeting');
    lastMs = state.greetedAt;
    items.push({ key: 'at' + lastMs + today, make: () => timeNode(state.greetedAt) },
      { key: 'greeting' + text, first: true, make: () => messageNode({ author: 'assistant', text, lang: t('tag'), format: 'markdown', at: new Date(state.greetedAt).toISOString() }) });
  }
  for (const m of shown()) {
    const ms = Date.parse(m.at), id = m.conversation + '/' + m.seq;
    const other = last && last.conversation !== m.conversation;
    if (other) items.push({ key: 'new' + m.conversation, make: () => h('div', { class: 'notice' }, h('span', {}, t('new_conversation'))) });
    if (!lastMs || other || dayOf(ms) !== dayOf(lastMs) || ms - lastMs > 6e5) {
      items.push({ key: 'at' + id + today, make: () => timeNode(ms) });
      lastMs = ms;
      last = null;
    }
    items.push({ key: id, first: !last || last.author !== m.author || last.name !== m.name, make: () => messageNode(m) });
    last = m;
  }
  return items;
}
