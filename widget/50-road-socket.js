// The first road: a WebSocket. The token goes in the first frame.
function socketRoad(hooks) {
  let over = false, socket;
  const end = (why) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    try { socket.close(); } catch (_) { /* never opened */ }
    hooks.down(why);
  };
  let timer = setTimeout(() => end('slow'), 4000);
  try {
    socket = new WebSocket(base.replace(/^http/, 'ws') + '/v1/widget/socket');
  } catch (_) {
    setTimeout(() => end('failed'));
    return { stop() { over = true; } };
  }
  const send = (frame) => { if (socket.readyState === 1) socket.send(JSON.stringify(frame)); };
  socket.onopen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => end('slow'), 8000); // opened, but a proxy swallows what is said
    send({ type: 'hello', visitor: state.visitor, after: cursor() });
  };
  socket.onmessage = (frame) => {
    if (over) return;
    hooks.heard();
    let event;
    try { event = JSON.parse(frame.data); } catch (_) { return; }
    hooks.event(event);
    if (event.type === 'ready') { clearTimeout(timer); hooks.up(); }
  };
  socket.onerror = () => end('failed');
  socket.onclose = () => end('failed');
  return {
    send,
    stop() { over = true; clearTimeout(timer); try { socket.close(); } catch (_) { /* closed already */ } },
  };
}
