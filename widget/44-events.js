// The one place where an event of the server becomes state, whatever road it came by.
function take(event) {
  const kind = EVENTS[event.type];
  if (!kind) return;
  kind(event);
  changed();
}

const EVENTS = {
  message: takeMessage,
  delta({ answer_id: id, text }) {
    if (state.finished.has(id)) return;
    state.typing = null;
    state.streams.set(id, (state.streams.get(id) || '') + text);
  },
  retract({ answer_id: id }) {
    state.streams.delete(id);
    state.finished.add(id);
  },
  typing({ author, on: is }) {
    state.typing = is ? { author, until: Date.now() + 15000 } : null;
    if (is) setTimeout(changed, 15100);
  },
  stage(event) {
    const now = state.conversation;
    if (now && now.id !== event.conversation && state.since[event.conversation] < state.since[now.id]) return; // an older one
    const rated = !!now && now.id === event.conversation && now.rated;
    state.typing = null;
    enter({ id: event.conversation, stage: event.stage, place: event.place, agent: event.agent, form: event.form, rated });
  },
  accepted: ({ id, conversation, seq }) => settle(id, conversation, seq),
  refused: (event) => refuse(event.id, event.code, event.retry_after),
  ready: settled,
};

function takeMessage(m) {
  const same = state.messages.find((x) => x.conversation === m.conversation && x.seq === m.seq);
  if (m.client_id) sentElsewhere(m.client_id);
  if (m.answer_id) {
    state.streams.delete(m.answer_id);
    state.finished.add(m.answer_id);
  }
  if (same && !same.local) return;
  if (same) Object.assign(same, m, { local: false });
  else state.messages.push({ ...m });
  const at = Date.parse(m.at) || Date.now();
  state.since[m.conversation] = same && same.local ? at : Math.min(at, state.since[m.conversation] || Infinity);
  state.messages.sort(before);
  if (m.author !== 'customer') state.typing = null;
  const last = state.messages[state.messages.length - 1];
  if (last.conversation === m.conversation && (!state.conversation || state.conversation.id !== m.conversation) && state.settled) {
    enter({ id: m.conversation, stage: 'assistant' });
  }
  if (state.settled) arrived(m);
}

// A message that came while we were looking on, not one of the history.
function arrived(m) {
  if (m.author === 'customer') return;
  emit('message', { author: m.author, text: m.text, at: m.at });
  if (link.level === 2 && m.author === 'notice') session().catch(() => {}); // stages are not kept for pollers
}

function settled() {
  if (state.settled) return;
  state.settled = true;
  if (!keepGet('read')) markRead();
}

function enter(conversation) {
  const was = stage();
  state.conversation = conversation;
  if (was !== stage()) emit('stage', { stage: stage(), agent: conversation && conversation.agent });
}
