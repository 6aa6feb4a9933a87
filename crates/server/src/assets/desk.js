// What the desk adds to pages that already work without it: they refresh themselves, waits tick, keys do
// what their buttons show, and nothing typed is lost. Drawing is the server's: this file fetches a page
// again and htmx takes the changed part out of it.
(() => {
  'use strict';
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const lang = document.documentElement.lang;
  const keep = {
    get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
    set(key, value) {
      try { value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key); } catch { /* private mode */ }
    },
  };

  // Times: the server says how long ago; here they become the reader's own clock and go on ticking.

  const clock = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', hour12: false });
  const day = new Intl.DateTimeFormat(lang, { month: 'short', day: 'numeric' });
  const exact = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'medium' });
  const born = new WeakMap();

  function dressTimes() {
    for (const time of $$('time[data-exact]')) {
      const at = new Date(time.dateTime);
      time.title = exact.format(at);
      if ('clock' in time.dataset) {
        const today = at.toDateString() === new Date().toDateString();
        time.textContent = (today ? '' : day.format(at) + ' ') + clock.format(at);
      }
      if ('wait' in time.dataset) born.set(time, performance.now() - Number(time.dataset.wait) * 1000);
    }
    tick();
  }

  function tick() {
    for (const time of $$('time[data-wait]')) {
      const seconds = Math.floor((performance.now() - born.get(time)) / 1000);
      const two = (n) => String(n).padStart(2, '0');
      const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
      const text = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
      if (time.textContent !== text) time.textContent = text;
    }
  }

  function showWaiting(count) {
    document.body.dataset.waiting = count;
    for (const badge of $$('[data-badge]')) {
      badge.textContent = count;
      badge.hidden = !count;
    }
    const bare = document.title.replace(/^\(\d+\) /, '');
    document.title = count ? `(${count}) ${bare}` : bare;
  }

  // Freshness.

  function refresh(changed) {
    const open = $('#desk[data-conversation]');
    if (open && (changed.all || changed.conversations.includes(open.dataset.conversation))) {
      htmx.trigger(open, 'refresh-desk', {}, false);
    } else if ($('#inbox') && (changed.all || changed.conversations.length)) {
      htmx.trigger($('#inbox'), 'refresh-inbox', {}, false);
    }
  }

  function listen() {
    const source = new EventSource('/desk/events');
    let lost = false;
    source.addEventListener('changed', (event) => {
      const changed = JSON.parse(event.data);
      showWaiting(changed.waiting);
      refresh(changed);
    });
    source.addEventListener('over', () => {
      source.close();
      location.assign('/desk');
    });
    source.addEventListener('open', () => {
      $('#offline').hidden = true;
      // Also at first: what happened between the drawing of the page and this stream was told to nobody.
      refresh({ all: true, conversations: [] });
      lost = false;
    });
    source.addEventListener('error', () => {
      lost = true;
      setTimeout(() => { $('#offline').hidden = !lost; }, 3000);
      // The browser gives up on an answer that is no stream (a server being restarted behind a proxy).
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    });
    addEventListener('pagehide', () => source.close(), { once: true });
  }

  // After every change of the page.

  function dress() {
    dressTimes();
    for (const box of $$('textarea[data-draft]')) {
      if (!box.value) box.value = keep.get(box.id) || '';
      grow(box);
    }
    const url = $('#desk')?.dataset.url;
    if (url && location.pathname.startsWith('/desk/conversations/') && url !== location.pathname + location.search) {
      history.replaceState(history.state, '', url + location.hash);
    }
    for (const key of $$('[data-save-key]')) if (/Mac|iP/.test(navigator.platform)) key.textContent = '⌘S';
    if (took && $(took)) { $(took).focus(); took = null; }
    disarm();
  }

  // Who takes over wants to write, except where a keyboard would cover the page.
  let took = null;
  document.addEventListener('submit', (event) => {
    if (event.target.matches('[action$="/take-over"]') && !matchMedia('(pointer: coarse)').matches) took = '[data-composer] textarea';
  });

  document.addEventListener('htmx:after:swap', dress);
  document.addEventListener('htmx:after:settle', () => showWaiting(Number(document.body.dataset.waiting)));

  // Writing.

  function grow(box) {
    box.rows = Math.min(10, Math.max(2, box.value.split('\n').length));
  }

  let typed = 0, silence;
  function typing(form, on) {
    const now = Date.now();
    if (on && now - typed < 3000) return;
    typed = on ? now : 0;
    clearTimeout(silence);
    if (on) silence = setTimeout(() => typing(form, false), 4000);
    const body = new URLSearchParams({ on: on ? '1' : '0' });
    const headers = { 'x-form-token': document.body.dataset.formToken };
    fetch(form.dataset.typing, { method: 'POST', headers, body, keepalive: true }).catch(() => {});
  }

  document.addEventListener('input', (event) => {
    const box = event.target;
    if (!box.matches?.('textarea[data-draft]')) return;
    grow(box);
    keep.set(box.id, box.value);
    if (box.value.trim()) typing(box.form, true);
  });

  document.addEventListener('keydown', (event) => {
    const box = event.target;
    if (event.key !== 'Enter' || !box.matches?.('[data-composer] textarea')) return;
    // While an input method is composing, Enter chooses a word.
    if (event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  });

  // What was just said about an act stays through refreshes, until the next act.
  document.addEventListener('htmx:before:request', (event) => {
    const source = event.detail.ctx?.sourceElement;
    if (source && !source.matches('#desk, #inbox')) $('#banner')?.removeAttribute('hx-morph-skip');
  });

  // The box empties when the words leave and fills again if they did not arrive.
  const leaving = new WeakMap();
  document.addEventListener('htmx:before:request', (event) => {
    const form = event.detail.ctx?.sourceElement;
    const box = form?.matches?.('[data-composer]') && $('textarea', form);
    if (!box) return;
    leaving.set(event.detail.ctx, [box.id, box.value]);
    keep.set(box.id, '');
    box.value = '';
    grow(box);
    typing(form, false);
  });
  function returned(event, arrived) {
    const [id, text] = leaving.get(event.detail.ctx) || [];
    if (!id || arrived) return;
    leaving.delete(event.detail.ctx);
    keep.set(id, text);
    const box = document.getElementById(id);
    if (box && !box.value) box.value = text;
    const banner = $('#banner');
    if (!event.detail.ctx.response && banner) {
      banner.textContent = document.body.dataset.notSent;
      banner.hidden = false;
    }
  }
  document.addEventListener('htmx:after:request', (e) => returned(e, e.detail.ctx.response?.status < 400));
  document.addEventListener('htmx:error', (e) => e.detail.ctx && returned(e, false));

  // A second press within three seconds, instead of a question.

  let armed, timer;
  function disarm() {
    if (!armed) return;
    clearTimeout(timer);
    $('span', armed).textContent = armed.dataset.armed;
    delete armed.dataset.armed;
    armed = null;
  }
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-twice]');
    if (button && button !== armed) {
      event.preventDefault();
      event.stopPropagation();
      disarm();
      armed = button;
      button.dataset.armed = $('span', button).textContent;
      $('span', button).textContent = button.dataset.twice;
      timer = setTimeout(disarm, 3000);
    } else if (!button) {
      disarm();
    }
  }, true);

  // Keys.

  function step(by) {
    const rows = $$('a[data-row]');
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const from = at >= 0 ? at : rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
    rows[Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + by))].focus();
  }

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.metaKey || event.ctrlKey) && event.key === 's' && $('[data-save]')) {
      event.preventDefault();
      $('[data-save]').click();
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const writing = event.target.matches?.('input, textarea, select');
    if (event.key === 'Escape') {
      if (writing) event.target.blur();
      else if (location.hash) location.hash = '';
      return;
    }
    if (writing) return;
    if (event.key === 'j' || event.key === 'k') {
      event.preventDefault();
      step(event.key === 'j' ? 1 : -1);
      return;
    }
    const wanted = $$('[data-key]').find((one) => one.dataset.key === event.key && visible(one));
    if (!wanted) return;
    event.preventDefault();
    wanted.matches('textarea, input') ? wanted.focus() : wanted.click();
  });

  // Small things.

  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-copy]');
    if (button) {
      const source = $(button.dataset.copy);
      const done = () => { button.textContent = document.body.dataset.copied; };
      const choose = () => getSelection().selectAllChildren(source);
      // Without https browsers do not let pages copy; then it is selected, ready to be copied.
      navigator.clipboard ? navigator.clipboard.writeText(source.textContent).then(done, choose) : choose();
    }
    const why = event.target.closest?.('[data-why]');
    if (why) $(`[id="${CSS.escape(why.hash.slice(1))}"] details.why`)?.setAttribute('open', '');
  });

  addEventListener('DOMContentLoaded', () => {
    dress();
    setInterval(tick, 1000);
    listen();
  });
})();
