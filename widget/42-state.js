// All that the widget knows, and who is told when it changes.
const state = {
  open: false, settled: false, link: 'idle', // link: idle, connecting, up, down
  visitor: null, verified: false, settings: {}, conversation: null, // conversation: {id, stage, place, agent, rated, form}
  messages: [],        // in order of conversation, then seq
  since: {},           // conversation -> time of its first message
  streams: new Map(),  // answer_id -> words so far
  finished: new Set(), // answer_ids whose words are over
  typing: null,        // {author, until}
  note: '',            // something went wrong just now
  greetedAt: 0,        // when this page showed the greeting
  epoch: 0,            // grows when the visitor is forgotten
};

// What the page knows of its visitor: the plan and region whose answers are for them.
let customer = named(tagData);

// The shop's signed word of who is signed in there; null when nobody is.
let identity = null;

function named(told) {
  const name = (value) => value ? { value: String(value).slice(0, 100) } : null;
  const [plan, region] = [name(told.plan), name(told.region)];
  return { ...(plan && { plan: plan.value }), ...(region && { region: region.value }) };
}

const listeners = {};

function on(name, fn) {
  (listeners[name] = listeners[name] || new Set()).add(fn);
  return () => listeners[name].delete(fn);
}

function emit(name, data) {
  for (const fn of listeners[name] || []) {
    try { fn(data); } catch (error) { setTimeout(() => { throw error; }); }
  }
}

// Many changes, one drawing.
let drawing = false;
function changed() {
  if (drawing) return;
  drawing = true;
  setTimeout(() => { drawing = false; draw(); }, 16);
}

// The shop talks with its own customers only, and nobody is signed in.
function barred() { return state.settings.identity === 'required' && !state.verified; }
function stage() { return state.conversation ? state.conversation.stage : 'assistant'; }
function active() { return !!state.conversation && state.conversation.stage !== 'closed'; }
// Nothing has been said, as far as is known: time for the greeting.
function blank() { return !state.messages.length && (state.settled || !state.conversation); }
// Whether this page shows the greeting; from its first showing on it does.
function greeted() {
  if (!state.greetedAt && state.open && blank() && (state.settings.name || state.link === 'down')) state.greetedAt = Date.now();
  return state.greetedAt > 0;
}
function agentName() { return state.conversation && state.conversation.agent || t('agent'); }

// The greatest message the server has told: where to resume.
function cursor() {
  for (let i = state.messages.length - 1; i >= 0; i--) {
    const { conversation, seq, local } = state.messages[i];
    if (!local) return { conversation, seq };
  }
  return null;
}

function before(a, b) {
  if (a.conversation === b.conversation) return a.seq - b.seq;
  return state.since[a.conversation] - state.since[b.conversation] || (a.conversation < b.conversation ? -1 : 1);
}

function unread() {
  const read = keepGet('read');
  if (!read) return 0;
  let from = -1;
  state.messages.forEach((m, i) => { if (m.conversation === read.conversation && m.seq <= read.seq) from = i; });
  return state.messages.slice(from + 1).filter((m) => m.author === 'assistant' || m.author === 'agent').length;
}

function markRead() {
  const at = cursor();
  const read = keepGet('read');
  if (at && !(read && read.conversation === at.conversation && read.seq >= at.seq)) keepSet('read', at);
}

function forget() {
  Object.assign(state, { messages: [], since: {}, conversation: null, typing: null, settled: false, note: '', greetedAt: 0 });
  state.streams.clear();
}
