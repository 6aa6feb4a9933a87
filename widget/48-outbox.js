// Messages on their way: kept until the server has them, sent one after another, each under its own id so that a repeat is harmless.
const outbox = []; // {id, text, at, failed?: {code, until}}
let sending = null; // id on its way now
let sendTimer = 0;
let sentAt = 0;

function loadOutbox() {
  for (const key of keepKeys('out:')) {
    const item = keepGet(key);
    if (!item || !item.id || outbox.some((x) => x.id === item.id)) continue;
    if (Date.now() - Date.parse(item.at) > 864e5) item.failed = { code: 'stale' };
    outbox.push(item);
  }
  outbox.sort((a, b) => a.at < b.at ? -1 : 1);
}

function queue(text) {
  const item = { id: uuid(), text, at: new Date().toISOString() };
  outbox.push(item);
  keepSet('out:' + item.id, item);
  if (state.visitor) keepSet('visitor', state.visitor);
  connect();
  pump();
  changed();
}

function drop(id) {
  const at = outbox.findIndex((item) => item.id === id);
  keepSet('out:' + id, null);
  if (sending === id) sendOver();
  return at < 0 ? null : outbox.splice(at, 1)[0];
}

function sendOver() {
  clearTimeout(sendTimer);
  sending = null;
}

function retry(id) {
  const item = outbox.find((x) => x.id === id);
  if (item) delete item.failed;
  connect();
  pump();
  changed();
}

// Sends the first that waits. A rate limit holds back those behind it too; other failures do not.
function pump() {
  if (sending || state.link !== 'up') return;
  const item = outbox.find((x) => !x.failed || x.failed.until);
  if (!item || item.failed) return;
  sending = item.id;
  sentAt = Date.now();
  if (link.road.send) {
    link.road.send({ type: 'send', id: item.id, text: item.text, ...customer });
    sendTimer = setTimeout(() => { sendOver(); reconnect(); }, 10000); // no answer: try again on a fresh connection
  } else sendByPost(item);
}

async function sendByPost(item) {
  const answer = await post('messages', { id: item.id, text: item.text, ...customer });
  if (sending !== item.id) return;
  if (answer.ok) return take({ type: 'accepted', id: item.id, ...answer.data });
  if (answer.code === 'network') { sendOver(); return reconnect(); }
  take({ type: 'refused', id: item.id, code: answer.code, retry_after: answer.retry });
}

// On disk: the message takes its place in the log before its event comes.
function settle(id, conversation, seq) {
  const item = drop(id);
  if (item && !state.messages.some((m) => m.conversation === conversation && m.seq === seq)) {
    const last = state.messages[state.messages.length - 1];
    const at = Math.max(Date.now(), last ? Date.parse(last.at) + 1 : 0);
    if (!state.since[conversation]) state.since[conversation] = at;
    state.messages.push({ conversation, seq, id, client_id: id, author: 'customer', text: item.text, at: new Date(at).toISOString(), local: true });
    state.messages.sort(before);
  }
  if (!state.conversation || state.conversation.id !== conversation || !active()) enter({ id: conversation, stage: 'assistant' });
  if (item && stage() === 'assistant') EVENTS.typing({ author: 'assistant', on: true });
  if (link.heard < sentAt) link.roadHeardBy = Date.now() + 8000;
  pump();
}

function refuse(id, code, after) {
  if (sending === id) sendOver();
  const item = outbox.find((x) => x.id === id);
  if (code === 'unauthorised') { link.stale = true; return reconnect(); }
  if (!item) return;
  item.failed = { code };
  if (code === 'rate_limited') {
    const wait = Math.max(1, after || 10);
    item.failed.at = Date.now() + wait * 1000;
    if (wait <= 60) {
      item.failed.until = item.failed.at;
      setTimeout(() => { if (outbox.includes(item)) retry(item.id); }, wait * 1000);
    }
  }
  announce(sendState(item));
  pump();
  changed();
}

function sentElsewhere(id) { // another tab, or before a reload
  if (outbox.some((item) => item.id === id)) drop(id);
}
