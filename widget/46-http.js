// Requests to the server: the session, and the acts of the visitor.
let sessionAt = 0;
let sessionRun = null;
let noteTimer = 0;

// Answers {ok, status, code, retry, data}; never throws, a lost network is code "network".
async function call(method, path, body, signal) {
  const headers = { Accept: 'application/json' };
  if (body) headers['Content-Type'] = 'application/json';
  if (state.visitor && path !== '/v1/widget/session') headers.Authorization = 'Bearer ' + state.visitor;
  try {
    const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body), signal, credentials: 'omit', cache: 'no-store' });
    const text = answer.status === 204 ? '' : await answer.text();
    let data = {};
    try { data = text ? JSON.parse(text) : {}; } catch (_) { /* a proxy's page */ }
    const code = answer.ok ? null : data.code || (answer.status === 401 ? 'unauthorised' : answer.status === 429 ? 'rate_limited' : answer.status >= 500 ? 'unavailable' : 'not_found');
    return { ok: answer.ok, status: answer.status, code, retry: data.retry_after || Number(answer.headers.get('Retry-After')) || 0, data };
  } catch (_) {
    return { ok: false, status: 0, code: 'network', retry: 0, data: {} };
  }
}

// Begins or renews the session; also tells the stage after time away.
function session() {
  if (!sessionRun) sessionRun = askSession().finally(() => { sessionRun = null; });
  return sessionRun;
}

async function askSession() {
  const known = keepGet('visitor') || state.visitor, { epoch } = state, word = identity;
  const answer = await call('POST', '/v1/widget/session', { visitor: known, locale: locale(), identity: word });
  if (epoch !== state.epoch || word !== identity) throw new Error('forgotten');
  if (!answer.ok || !answer.data.visitor) throw new Error(answer.code || 'unavailable');
  const { visitor, conversation, settings, identity: believed } = answer.data;
  if (word) {
    if (believed && believed.verified) becomes(known, visitor);
    else identity = null;
    emit('identity', believed || { verified: false });
  }
  if (state.visitor && whose(state.visitor) !== whose(visitor) && known !== visitor) forget(); // the old token no longer holds
  state.visitor = visitor;
  if (keepGet('visitor') || state.open) keepSet('visitor', visitor);
  state.settings = settings || {};
  state.verified = !!(believed && believed.verified);
  sessionAt = Date.now();
  const now = state.conversation;
  const same = conversation && now && now.id === conversation.id && now.stage === conversation.stage;
  if (conversation) enter(same ? { ...now, ...conversation } : conversation); // what the session does not tell (form) stays
  changed();
}

// A token begins with the name of its visitor.
function whose(token) { return token && token.split('.')[0]; }

// Somebody else signed in: what was shown, written and not sent, or read was another's.
function becomes(known, visitor) {
  if (whose(known) === whose(visitor)) return;
  outbox.slice().forEach((item) => drop(item.id));
  ['read', 'thumbs', 'skipped'].forEach((key) => keepSet(key, null));
  tabSet('draft', null);
  forget();
  cardDone = {};
  link.stale = false;
  if (link.road) disconnect('idle');
  state.visitor = visitor;
  rebuild();
  if (state.open) setTimeout(connect);
}

async function post(path, body) {
  let answer = await call('POST', '/v1/widget/' + path, body);
  if (answer.code === 'unauthorised') {
    try { await session(); } catch (_) { return answer; }
    answer = await call('POST', '/v1/widget/' + path, body);
  }
  return answer;
}

// An act of the visitor; what it changes arrives as an event, and is asked for if it does not.
async function act(path, body) {
  if (!state.visitor) await session().catch(() => {});
  if (path === 'person' && barred()) { state.note = t('sign_in'); changed(); return false; }
  const answer = await post(path, body || {});
  state.note = answer.ok ? '' : answer.code === 'rate_limited' && answer.retry ? t('act_rate', { n: answer.retry }) : t('act_failed');
  clearTimeout(noteTimer);
  if (state.note) noteTimer = setTimeout(() => { state.note = ''; changed(); }, 12000);
  changed();
  if (answer.ok && /^(person|assistant|close)$/.test(path)) {
    connect();
    setTimeout(() => session().catch(() => {}), 1500);
  }
  return answer.ok;
}
