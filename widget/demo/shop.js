// The sample shop's page: its language (?lang=en), its goods, and the questions that open the chat.
(function () {
  'use strict';
  const english = new URLSearchParams(location.search).get('lang') === 'en';
  const TEXTS = {
    skip: 'Skip to content', brand: 'Qinghe Home', goods: 'Goods', promise: 'Service', eyebrow: 'A frontdesk demo shop',
    headline: 'Let the day be a little slower', lead: 'Hand-made ceramics, wooden kitchenware, cotton and linen bedding, small lamps. Simple materials that last.',
    try: 'Ask the front desk', try_why: 'One with a ready answer, one that takes an article, one about your own order, one nobody knows, and one for a person: try each.',
    who: 'Signed in as', nobody: 'nobody',
    goods_title: 'This season', promise_title: 'Buy with an easy mind', note: 'This shop is a demo; its goods and orders are invented.', desk: 'Agent desk',
  };
  const LABELS = { nav: 'Shop', scene: 'A wooden table with bowls, a teapot, a chopping board, spoons and a small lamp' };
  // One for each way of answering: an entry, an article, an action, an honest "I do not know", a person.
  const QUESTIONS = english
    ? ['How do I return something?', 'Do you ship during Spring Festival?', 'Where is my order?', 'Do you sell sofas and chairs?', 'Talk to a person']
    : ['怎么退货？', '套装可以只退其中几件吗？', '我的订单到哪了？', '你们卖沙发吗？', '转人工'];
  const PROMISES = english
    ? [['7 days to return', 'No reason needed while the goods are unused.'], ['Ships the same day', 'When ordered before 16:00; free of charge from ¥99.'], ['Somebody answers', 'The assistant at any hour, people from 9:00 to 21:00.']]
    : [['7 天无理由退货', '未使用、包装完整即可退，不问原因。'], ['当天发货', '16:00 前下单当天发出，满 99 元包邮。'], ['有问必答', '助手全天在，人工客服 9:00–21:00。']];
  // Each picture is a list of [class, path], drawn on 120 × 120.
  const GOODS = [
    { zh: ['青釉饭碗', '景德镇手作，两只装', '陶瓷碗可以放微波炉吗？'], en: ['Celadon rice bowls', 'Made in Jingdezhen, set of two', 'Can the bowls go in the microwave?'], price: 78,
      art: [['fill-cloth2', 'M34 42h52c0 8-2 15-6 22H40c-4-7-6-14-6-22z'], ['fill-cloth', 'M24 58h72c0 24-13 38-28 38H52c-15 0-28-14-28-38z'], ['fill-cloth2', 'M48 94h24v6H48z'], ['line-rug', 'M38 70c2 7 6 12 12 15']] },
    { zh: ['粗陶餐具 16 件套', '四人份，碗、盘、碟', '16 件餐具套装可以只退其中几件吗？'], en: ['Stoneware set, 16 pieces', 'Bowls and plates for four', 'Is the stoneware dishwasher safe?'], price: 468,
      art: [['fill-clay', 'M10 84h68c0 9-8 14-18 14H28c-10 0-18-5-18-14z'], ['fill-lit', 'M14 72h60c0 8-7 12-16 12H30c-9 0-16-4-16-12z'], ['fill-cloth', 'M20 48h48c0 16-9 24-19 24H39c-10 0-19-8-19-24z'], ['fill-clay2', 'M80 62h30v24c0 8-5 12-11 12h-8c-6 0-11-4-11-12z'], ['fill-lit', 'M80 62h30v7H80z']] },
    { zh: ['榉木砧板', '整木，38 × 26 厘米', '新砧板怎么开板？'], en: ['Beech chopping board', 'One piece of wood, 38 × 26 cm', 'How do I oil a chopping board?'], price: 129,
      art: [['fill-wood', 'M36 44a8 8 0 0 1 8-8h8V22a8 8 0 0 1 16 0v14h8a8 8 0 0 1 8 8v54a8 8 0 0 1-8 8H44a8 8 0 0 1-8-8z'], ['fill-wall', 'M60 19a4 4 0 1 0 .01 0z'], ['line-rug', 'M46 52v44M56 48v50M74 52v40']] },
    { zh: ['樱桃木勺铲', '三件，一次成型不拼接', '木质厨具可以放洗碗机吗？'], en: ['Cherry wood spoons', 'Three pieces, each from one block', 'Can wooden spoons go in the dishwasher?'], price: 89,
      art: [['line-wood', 'M32 50v52M60 46v56M88 52v50'], ['fill-wood', 'M32 16c8 0 12 8 12 18s-5 18-12 18-12-8-12-18 4-18 12-18zM49 16h22l-4 34H53zM88 20c9 0 11 10 11 16 0 10-5 18-11 18s-11-8-11-18c0-6 2-16 11-16z'], ['fill-table', 'M88 27c4 0 6 5 6 10s-2 10-6 10-6-5-6-10 2-10 6-10zM57 24h2v18h-2zM62 24h2v18h-2z']] },
    { zh: ['水洗亚麻四件套', '1.8 米床，南通织造', '亚麻床品会缩水吗？'], en: ['Washed linen bedding', 'Four pieces, for a 1.8 m bed', 'How much does linen shrink?'], price: 899,
      art: [['fill-cloth2', 'M26 80h68a10 10 0 0 1 0 20H26a10 10 0 0 1 0-20z'], ['fill-lit', 'M26 60h68a10 10 0 0 1 0 20H26a10 10 0 0 1 0-20z'], ['fill-cloth', 'M26 40h68a10 10 0 0 1 0 20H26a10 10 0 0 1 0-20z'], ['fill-lit', 'M36 24h48c8 0 10 6 8 16H28c-2-10 0-16 8-16z'], ['line-rug', 'M30 50h44M30 70h44M30 90h44']] },
    { zh: ['全棉被套枕套', '1.5 米床，三件', '纯棉床品会掉色吗？'], en: ['Cotton duvet set', 'Three pieces, for a 1.5 m bed', 'How do I wash cotton bedding?'], price: 329,
      art: [['fill-lit', 'M26 26c22-5 46-5 68 0 4 8 4 16 0 24-22-4-46-4-68 0-4-8-4-16 0-24z'], ['fill-clay', 'M28 50h64a13 13 0 0 1 0 26H28a13 13 0 0 1 0-26z'], ['fill-clay2', 'M28 76h64a13 13 0 0 1 0 26H28a13 13 0 0 1 0-26z'], ['fill-sand', 'M56 50h8v52h-8z'], ['line-rug', 'M56 76h8']] },
    { zh: ['陶座布罩台灯', 'E27 灯泡，可调光', '台灯的灯泡怎么换？'], en: ['Ceramic table lamp', 'Fabric shade, E27, dimmable', 'Which bulb fits the table lamp?'], price: 259,
      art: [['line-shade', 'M60 58v12'], ['fill-cloth', 'M50 68h20c13 9 13 26 4 36H46c-9-10-9-27 4-36z'], ['fill-lit', 'M28 60l14-44h36l14 44z'], ['line-rug', 'M34 54h52']] },
    { zh: ['可充电小夜灯', '木座，续航 20 小时', '充电灯坏了保修多久？'], en: ['Rechargeable night lamp', 'Wooden base, lasts 20 hours', 'Is there a warranty on lamps?'], price: 169,
      art: [['fill-lit', 'M60 22c20 0 32 14 32 32 0 16-10 28-18 32H46c-8-4-18-16-18-32 0-18 12-32 32-32z'], ['fill-wood', 'M42 84h36l4 18H38z'], ['fill-table', 'M38 98h44v5H38z'], ['line-rug', 'M42 46c3-7 8-11 14-12']] },
  ];

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  }

  function picture(shapes) {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    svg.setAttribute('viewBox', '0 0 120 120');
    for (const [cls, d] of shapes) {
      const shape = document.createElementNS(space, 'path');
      shape.setAttribute('class', cls);
      shape.setAttribute('d', d);
      svg.append(shape);
    }
    return make('div', { class: 'picture', 'aria-hidden': 'true' }, svg);
  }

  function asker(text, question) {
    const button = make('button', { type: 'button' }, text);
    button.addEventListener('click', () => { if (window.frontdesk) window.frontdesk.ask(question); });
    return button;
  }

  if (english) {
    document.documentElement.lang = 'en';
    document.title = 'Qinghe Home · frontdesk demo shop';
    for (const element of document.querySelectorAll('[data-t]')) element.textContent = TEXTS[element.dataset.t];
    for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', LABELS[element.dataset.label]);
    const other = document.querySelector('.lang');
    other.textContent = '中文';
    other.lang = other.hreflang = 'zh-CN';
    other.setAttribute('href', '/');
    document.querySelector('.brand').setAttribute('href', '/?lang=en');
  }
  document.querySelector('[data-chips]').append(...QUESTIONS.map((question) => asker(question, question)));
  document.querySelector('[data-promises]').append(...PROMISES.map(([title, text]) => make('div', {}, make('dt', {}, title), make('dd', {}, text))));
  document.querySelector('[data-goods]').append(...GOODS.map((goods) => {
    const [name, what, question] = english ? goods.en : goods.zh;
    const ask = asker(english ? 'Ask about it' : '问问这件', question);
    ask.setAttribute('aria-label', ask.textContent + (english ? ': ' : '：') + question);
    return make('li', { class: 'card' }, picture(goods.art), make('h3', {}, name), make('p', {}, what), make('p', { class: 'price' }, '¥ ' + goods.price.toLocaleString(english ? 'en' : 'zh-CN')), ask);
  }));

  // Signing in, as a shop's own page does it: its server signs who is signed in, the widget passes that on.
  const who = document.querySelector('[data-who]');
  const KEPT = 'shop:customer';
  function keep(id) {
    try { sessionStorage.setItem(KEPT, id); } catch (_) { /* forbidden: until the page is left */ }
  }

  async function signIn(id) {
    const answer = await fetch('/shop/customers/' + encodeURIComponent(id) + '/sign-in', { method: 'POST' });
    if (!answer.ok) return;
    const { identity } = await answer.json();
    const tell = () => window.frontdesk.setIdentity(identity);
    if (window.frontdesk) tell(); else addEventListener('frontdesk:ready', tell, { once: true });
  }

  who.addEventListener('change', () => {
    keep(who.value);
    if (who.value) signIn(who.value).catch(() => {});
    else if (window.frontdesk) window.frontdesk.setIdentity(null);
  });

  async function offer() {
    const answer = await fetch('/shop/customers');
    if (!answer.ok) return;
    const { items } = await answer.json();
    who.append(...items.map(({ id, name }) => make('option', { value: id }, name)));
    who.closest('label').hidden = false;
    let kept = '';
    try { kept = sessionStorage.getItem(KEPT) || ''; } catch (_) { /* forbidden */ }
    if (!items.some(({ id }) => id === kept)) return;
    who.value = kept;
    await signIn(kept);
  }
  offer().catch(() => {});
}());
