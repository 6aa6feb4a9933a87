// The small markdown of answers: paragraphs, lists, bold, http(s) links and escaped marks, built from nodes; everything else is literal.
const ESCAPED = /\\([\\`*_[\]()<>#!|~&])/g;
const INLINE = /\\([\\`*_[\]()<>#!|~&])|\*\*([^*\n]+)\*\*|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>"'，。；：！？、（）《》【】「」]+)/g;

function inlineNodes(text, linksOnly) {
  const nodes = [];
  let from = 0;
  const literal = (to) => { if (to > from) nodes.push(text.slice(from, to)); };
  for (const hit of text.matchAll(INLINE)) {
    const [whole, escaped, bold, label, target, bare] = hit;
    if (linksOnly && !bare) continue;
    literal(hit.index);
    from = hit.index + whole.length;
    if (escaped) nodes.push(escaped);
    else if (bold) nodes.push(h('strong', {}, bold.replace(ESCAPED, '$1')));
    else if (label) nodes.push(anchor('', label, target));
    else {
      const address = bare.replace(/[.,;:!?)\]*]+$/, '');
      nodes.push(anchor('', address, address));
      from -= bare.length - address.length;
    }
  }
  literal(text.length);
  return nodes;
}

function lineNodes(lines, linksOnly) {
  return lines.flatMap((line, i) => i ? [h('br'), ...inlineNodes(line, linksOnly)] : inlineNodes(line, linksOnly));
}

function plainNodes(text) {
  return text.split(/\n{2,}/).map((part) => h('p', {}, lineNodes(part.split('\n'), true)));
}

function markdownNodes(text) {
  const blocks = [];
  let lines = [], list = null;
  const paragraph = () => { if (lines.length) blocks.push(h('p', {}, lineNodes(lines))); lines = []; };
  for (const line of text.replace(/\r/g, '').split('\n')) {
    const item = /^\s{0,6}(?:([-*•])|(\d{1,3})[.)、])\s+(.+)$/.exec(line);
    if (item) {
      paragraph();
      const kind = item[1] ? 'UL' : 'OL';
      if (!list || list.tagName !== kind) blocks.push(list = h(kind, kind === 'OL' && item[2] !== '1' ? { start: item[2] } : {}));
      list.append(h('li', {}, inlineNodes(item[3])));
    } else if (!line.trim()) {
      paragraph(); // a blank line inside a list does not end it
    } else {
      list = null;
      lines.push(line);
    }
  }
  paragraph();
  return blocks;
}
