// The last road: long polling, which passes every proxy.
function pollRoad(hooks) {
  const stopper = new AbortController();
  let over = false, first = true;
  run();
  async function run() {
    while (!over) {
      const query = resumeAt();
      const timer = setTimeout(() => stopper.abort(), 40000);
      const answer = await call('GET', '/v1/widget/messages?' + (query && query + '&') + 'wait=' + (first ? 0 : 25), null, stopper.signal);
      clearTimeout(timer);
      if (over) return;
      if (!answer.ok) {
        over = true;
        return hooks.down(answer.code === 'unauthorised' ? 'unauthorised' : 'failed');
      }
      hooks.heard();
      const events = answer.data.events || [];
      events.forEach(hooks.event);
      if (first) { hooks.event({ type: 'ready' }); hooks.up(); }
      else if (stage() === 'waiting') session().catch(() => {}); // the place in the queue
      if (!first && !events.length) await new Promise((go) => setTimeout(go, 500)); // a server that does not wait
      first = false;
    }
  }
  return { stop() { over = true; stopper.abort(); } };
}
