// Keeps one road open: chooses it, notices when it is dead, comes back with back-off and jitter, and tries the better road again later.
const ROADS = [socketRoad, streamRoad, pollRoad];
const ROAD_NAMES = ['socket', 'stream', 'poll'];
const link = { level: tabGet('road') || 0, fails: 0, attempt: 0, road: null, busy: false, stale: false, heard: 0, upAt: 0, timer: 0, better: 60000, fallback: 0, roadHeardBy: 0 };

function linkIs(status) {
  state.link = status;
  changed();
}

async function connect() {
  if (link.road || link.busy) return;
  clearTimeout(link.timer);
  if (state.link !== 'down') linkIs('connecting');
  link.busy = true;
  try {
    if (!state.visitor || link.stale) await session();
    link.stale = false;
  } catch (_) {
    link.busy = false;
    return later();
  }
  link.busy = false;
  link.upAt = 0;
  const hooks = {
    heard() { link.heard = Date.now(); link.roadHeardBy = 0; },
    event: take,
    up() { if (link.road === road) cameUp(); },
    down(why) { if (link.road === road) wentDown(why); },
  };
  const road = link.road = ROADS[link.level](hooks);
  link.heard = Date.now();
}

function cameUp() {
  const again = Date.now() - sessionAt > 5000;
  link.upAt = Date.now();
  link.fails = 0;
  link.fallback = 0;
  if (!link.level) link.better = 60000;
  tabSet('road', link.level);
  state.streams.clear(); // words of an answer that broke off; the whole answer comes
  linkIs('up');
  emit('connection', ROAD_NAMES[link.level]);
  if (again) session().catch(() => {}); // the stage may have changed while we were away
  pump();
}

function wentDown(why) {
  link.road = null;
  sendOver();
  const stood = link.upAt ? Date.now() - link.upAt : 0;
  if (stood > 10000) link.attempt = 0;
  if (why === 'unauthorised') link.stale = true;
  let changedRoad = false;
  if (!link.upAt || why === 'silent') {
    link.stale = true;
    link.fails += why === 'slow' || why === 'silent' && link.level ? 2 : 1;
    if (link.fails >= (link.level === 2 ? 1 : 2)) {
      changedRoad = link.level < 2;
      link.level = link.fallback || (link.level + 1) % 3;
      link.fallback = link.fails = 0;
    }
  }
  linkIs('down');
  later(changedRoad ? 0 : undefined);
}

// Exponential back-off, full jitter, at most 20 seconds.
function later(delay) {
  const most = Math.min(20000, 500 * 2 ** link.attempt++);
  linkIs('down');
  clearTimeout(link.timer);
  link.timer = setTimeout(connect, delay == null ? Math.random() * most : delay);
}

function disconnect(status) {
  clearTimeout(link.timer);
  const road = link.road;
  link.road = null;
  sendOver();
  if (road) road.stop();
  linkIs(status || 'down');
}

function reconnect() {
  disconnect();
  later();
}

function wake() {
  if (document.visibilityState === 'hidden' || state.link === 'idle') return;
  if (link.road && Date.now() - link.heard > 45000) disconnect();
  if (!link.road) { link.attempt = 0; connect(); }
}

function watchLink() {
  addEventListener('online', () => { if (state.link !== 'idle') { link.attempt = 0; disconnect(); connect(); } });
  addEventListener('offline', () => { if (state.link !== 'idle') reconnect(); });
  document.addEventListener('visibilitychange', wake);
  addEventListener('focus', wake);
  setInterval(() => {
    if (!link.road || !link.upAt) return;
    const now = Date.now();
    const held = link.level === 1 && link.roadHeardBy && now > link.roadHeardBy; // we sent, and the stream says nothing
    if (held || link.level < 2 && now - link.heard > 45000) {
      link.road.stop();
      wentDown('silent');
    } else if (link.level && now - link.upAt > link.better && !sending && !state.streams.size && !state.typing) {
      link.fallback = link.level; // try the socket again; one failure leads back here
      link.level = 0;
      link.fails = 1;
      link.better = Math.min(link.better * 2, 1800000);
      disconnect();
      connect();
    }
  }, 2000);
}
