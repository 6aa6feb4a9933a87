// Styles of what is said: messages, suggestions, feedback, survey and forms.
const STYLE_TALK = `
.scroll{position:relative;flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:16px;display:flex;flex-direction:column;gap:4px;scrollbar-width:thin}
.scroll:focus-visible{outline-offset:-2px}
.log,.own,.stream{display:flex;flex-direction:column;gap:4px;flex:none}
.log>:first-child{margin-top:0}
.scroll>:empty{display:none}
.when,.notice{align-self:center;max-width:100%;margin:12px 0 4px;font-size:12px;color:var(--ink-soft);text-align:center;text-wrap:balance;overflow-wrap:anywhere}
.notice{margin:8px 0;font-size:14px;display:flex;align-items:center;gap:8px}
.notice::before,.notice::after{content:"";width:16px;flex:none;border-top:1px solid var(--edge)}
.msg{display:flex;flex-direction:column;align-items:flex-start;max-width:88%;min-width:0;position:relative}
.msg.first{margin-top:8px}
.msg.mine{align-self:flex-end;align-items:flex-end}
.who{display:none;font-size:12px;color:var(--ink-soft);margin:0 0 4px 4px}
.first>.who{display:block}
.bubble{max-width:100%;padding:8px 14px;border:1px solid var(--line);border-radius:16px;background:var(--sheet);overflow-wrap:anywhere;word-break:normal}
.bubble:lang(zh){line-height:1.7}
.first>.bubble{border-start-start-radius:4px}
.mine>.bubble{background:var(--accent);border-color:var(--accent);color:var(--on-accent);white-space:pre-wrap}
.mine.first>.bubble{border-start-start-radius:16px;border-start-end-radius:4px}
.bubble p,.bubble ul,.bubble ol{margin:0 0 8px}
.bubble :last-child{margin-bottom:0}
.bubble ul,.bubble ol{padding-inline-start:22px}
.bubble li+li{margin-top:4px}
.bubble a,.source{color:var(--accent);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}
.mine>.bubble a{color:inherit}
.picture{display:block;margin-top:8px}
.picture img{display:block;max-width:100%;max-height:240px;border-radius:8px}
.live .bubble{border-style:dashed}
.hint{font-size:14px;color:var(--ink-soft);margin:8px 4px}
.state{display:flex;flex-wrap:wrap;justify-content:flex-end;align-items:center;gap:0 8px;font-size:12px;color:var(--ink-soft);margin:2px 4px 0}
.state.bad{color:var(--bad)}
.state .link{min-height:32px;min-width:32px;margin:0}
.tools{display:flex;flex-wrap:wrap;align-items:center;gap:0 12px;font-size:12px;color:var(--ink-soft);margin-inline-start:4px;max-width:100%}
.sources{padding:6px 0;line-height:24px;overflow-wrap:anywhere}
.source{margin-inline-end:8px;padding:4px 0}
span.source{color:inherit;text-decoration:none}
.thumbs{display:flex;align-items:center}
.thumbs button{width:44px;height:36px;display:grid;place-items:center;color:var(--ink-soft)}
.thumbs button:first-child{margin-inline-start:-12px}
.thumbs svg{width:16px;height:16px}
.thumbs button:hover{color:var(--ink)}
.thumbs button[aria-pressed=true]{color:var(--accent)}
.thumbs button[aria-pressed=true] svg{fill:currentColor;fill-opacity:.25;stroke-width:2.25}
.suggest{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px;flex:none}
.chip{min-height:44px;padding:8px 14px;border:1px solid var(--edge);border-radius:22px;background:var(--sheet);color:var(--accent);text-align:start;line-height:1.4;overflow-wrap:anywhere}
.chip:hover{border-color:var(--accent)}
.chip.person{display:inline-flex;align-items:center;gap:6px;background:none;border-color:var(--accent);font-weight:600}
.chip.person svg{width:16px;height:16px}
.chip[aria-disabled=true]{color:var(--ink-soft);border-color:var(--edge)}
.chip[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.card{align-self:stretch;margin:12px 0 4px;padding:16px;border:1px solid var(--line);border-radius:16px;background:var(--sheet);flex:none;min-width:0}
.card h3,.card legend{margin:0 0 8px;padding:0;font-size:16px;font-weight:600;line-height:1.5}
.card p{margin:0 0 8px;font-size:14px;color:var(--ink-soft)}
.card p.wrong{color:var(--bad);margin:4px 0 8px}
.card fieldset{border:0;margin:0;padding:0;min-width:0}
.card label.field{display:block;font-size:14px;margin-top:8px}
.card input[type=text],.card textarea{display:block;width:100%;min-height:44px;margin-top:4px;padding:9px 12px;border:1px solid var(--edge);border-radius:8px;background:var(--sheet);font-size:16px}
.card textarea{min-height:72px;resize:vertical}
.card [aria-invalid=true]{border-color:var(--bad)}
.row{display:flex;flex-wrap:wrap;gap:8px;margin-top:12px;align-items:center}
.go,.alt{min-height:44px;padding:0 16px;border-radius:8px;font-weight:600}
.go{background:var(--accent);color:var(--on-accent)}
.alt{border-color:var(--edge)}
.go:hover{filter:brightness(1.08)}
.alt:hover{border-color:var(--accent)}
.mild{min-height:44px;padding:0 8px;color:var(--ink-soft)}
.mild:hover{color:var(--ink)}
.why{margin:4px 0 8px;max-width:100%}
.why .chip,.why .row button{font-size:14px}
.why .row button{padding:0 12px}
.scores{display:grid;grid-template-columns:repeat(5,1fr);gap:4px}
.score{position:relative;display:flex;flex-direction:column;align-items:center;justify-content:flex-start;gap:2px;min-height:64px;padding:8px 2px;border:1px solid var(--edge);border-radius:8px;text-align:center;font-size:12px;line-height:1.3;color:var(--ink-soft);cursor:pointer}
.score b{font-size:20px;line-height:1.3;font-weight:600;color:var(--ink)}
.score input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.score:hover{border-color:var(--accent)}
.score.on{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.score.on b{color:inherit}
.score:focus-within{outline:2px solid var(--accent);outline-offset:2px}
.jump{position:sticky;bottom:0;align-self:center;min-height:44px;padding:0 16px;border-radius:22px;border-color:var(--edge);background:var(--sheet);color:var(--accent);font-size:14px;font-weight:600;box-shadow:var(--shadow);flex:none}
@media (max-width:300px){.scores{grid-template-columns:1fr}.score{flex-direction:row;gap:8px;min-height:44px;padding:4px 12px}}
@media (forced-colors:active){.mine>.bubble,.chip[aria-pressed=true],.score.on{border:2px solid Highlight}}
`;
