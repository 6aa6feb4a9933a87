// The second road: server-sent events, read with fetch so that the token travels in a header.
function resumeAt() {
  const at = cursor();
  return at ? 'conversation=' + encodeURIComponent(at.conversation) + '&seq=' + at.seq : '';
}

function streamRoad(hooks) {
  const stopper = new AbortController();
  let over = false;
  const end = (why) => {
    if (over) return;
    over = true;
    stopper.abort();
    hooks.down(why);
  };
  const timer = setTimeout(() => end('slow'), 8000); // some proxies hold a stream back
  run().catch(() => end('failed'));
  async function run() {
    const headers = { Accept: 'text/event-stream', Authorization: 'Bearer ' + state.visitor };
    const query = resumeAt();
    const answer = await fetch(base + '/v1/widget/events' + (query && '?' + query), { headers, signal: stopper.signal, credentials: 'omit', cache: 'no-store' });
    clearTimeout(timer);
    if (!answer.ok || !answer.body || !/event-stream/.test(answer.headers.get('Content-Type'))) return end('failed');
    hooks.up();
    setTimeout(() => { if (!over) hooks.event({ type: 'ready' }); }, 1000);
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (over) return;
      if (done) return end('ended');
      hooks.heard();
      const parts = (rest + decoder.decode(value, { stream: true })).replace(/\r\n?/g, '\n').split('\n\n');
      rest = parts.pop();
      parts.forEach(block);
    }
  }
  function block(text) {
    const fields = { data: '', event: '' };
    for (const line of text.split('\n')) {
      const hit = /^(data|event): ?(.*)$/.exec(line);
      if (hit) fields[hit[1]] += (fields[hit[1]] && '\n') + hit[2];
    }
    if (!fields.data) return;
    let event;
    try { event = JSON.parse(fields.data); } catch (_) { return; }
    hooks.event(event.type ? event : { ...event, type: fields.event });
  }
  return { stop() { over = true; clearTimeout(timer); stopper.abort(); } };
}
