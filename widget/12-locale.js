// Which language is spoken, and how texts and times are put in it.
let chosenLocale = tagData.locale;

function locale() {
  const named = /^(zh|en)/i.exec(chosenLocale || '');
  if (named) return named[1].toLowerCase();
  const page = document.documentElement.lang || navigator.language || 'zh';
  return /^zh/i.test(page) ? 'zh' : 'en';
}

function t(key, values) {
  const words = WORDS[locale()];
  const text = values && values.n === 1 && words[key + '_one'] || words[key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values && values[name] != null ? values[name] : whole);
}

// Settings come as {zh, en} or as a plain text.
function local(text) {
  if (!text || typeof text !== 'object') return text || '';
  return text[locale()] || text.zh || text.en || '';
}

function clock(ms) {
  return new Date(ms).toLocaleTimeString(t('tag'), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function dayOf(ms) { return new Date(ms).toDateString(); }

function stamp(ms) {
  const time = clock(ms);
  if (dayOf(ms) === dayOf(Date.now())) return t('today', { time });
  if (dayOf(ms) === dayOf(Date.now() - 864e5)) return t('yesterday', { time });
  const sameYear = new Date(ms).getFullYear() === new Date().getFullYear();
  const shape = { year: sameYear ? undefined : 'numeric', month: locale() === 'zh' ? 'long' : 'short', day: 'numeric' };
  return new Date(ms).toLocaleDateString(t('tag'), shape) + ' ' + time;
}

function exactTime(ms) { return new Date(ms).toLocaleString(t('tag')); }
