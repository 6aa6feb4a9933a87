// Styles of the frame: tokens, launcher, panel, header, bars, footer. CSS as text, because a strict CSP allows no <style>.
const STYLE_FRAME = `
:host{all:initial!important;position:fixed!important;right:0!important;bottom:0!important;z-index:2147483000!important}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
.root{--paper:#f7f7f5;--sheet:#fff;--line:#e4e3df;--edge:#8b8d90;--ink:#1b1c1e;--ink-soft:#62656b;--accent:#0f6b5c;--on-accent:#fff;
--good:#2e7d4f;--warn:#8a5700;--bad:#b3362b;--shadow:0 8px 32px rgba(20,22,26,.16);color-scheme:light;
font:400 16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
color:var(--ink);text-align:start;text-autospace:normal;-webkit-text-size-adjust:100%}
.root[data-scheme=dark]{--paper:#16171a;--sheet:#1e2024;--line:#33363c;--edge:#7a7e86;--ink:#ececea;--ink-soft:#a2a6ad;--accent:#4cc2ab;--on-accent:#0c1f1b;
--good:#69c08d;--warn:#e0ab4d;--bad:#ee8277;--shadow:0 8px 32px rgba(0,0,0,.5);color-scheme:dark}
button,input,textarea{font:inherit;color:inherit;letter-spacing:inherit;margin:0}
button{background:none;border:1px solid transparent;padding:0;cursor:pointer;border-radius:8px;touch-action:manipulation;-webkit-tap-highlight-color:transparent}
button[disabled],button[aria-disabled=true]{cursor:default}
svg{width:20px;height:20px;display:block;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;flex:none}
:focus{outline:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.sr{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}

.launcher{position:fixed;right:max(20px,env(safe-area-inset-right));bottom:max(20px,env(safe-area-inset-bottom));min-width:56px;height:56px;padding:0 15px;
display:flex;align-items:center;justify-content:center;gap:8px;border-radius:28px;background:var(--accent);color:var(--on-accent);box-shadow:var(--shadow);font-weight:600}
.launcher svg{width:24px;height:24px}
.launcher:focus-visible{outline-offset:3px;box-shadow:0 0 0 3px var(--sheet),var(--shadow)}
.left .launcher,.left .panel{right:auto;left:max(20px,env(safe-area-inset-left))}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:var(--bad);color:#fff;
font-size:12px;line-height:18px;border:2px solid var(--sheet);text-align:center;font-variant-numeric:tabular-nums}
[data-scheme=dark] .badge{color:#2a0f0c}

.panel{position:fixed;right:max(20px,env(safe-area-inset-right));bottom:calc(max(20px,env(safe-area-inset-bottom)) + 68px);
width:380px;max-width:calc(100vw - 40px);height:620px;max-height:calc(100vh - 108px);max-height:calc(100dvh - 108px);
display:flex;flex-direction:column;background:var(--paper);border:1px solid var(--line);border-radius:16px;box-shadow:var(--shadow);overflow:hidden;
animation:rise .15s ease-out}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
.panel:focus-visible{outline-offset:-2px}
.head{display:flex;align-items:center;gap:4px;min-height:56px;padding:4px 8px 4px 16px;background:var(--sheet);border-bottom:1px solid var(--line);flex:none}
.head h2{flex:1;min-width:0;margin:0;font-size:16px;line-height:1.4;font-weight:600;overflow-wrap:anywhere}
.head h2 .role{font-weight:400;color:var(--ink-soft)}
.head h2 .role::before{content:" · "}
.plain{width:44px;height:44px;display:grid;place-items:center;color:var(--ink-soft);flex:none}
.plain:hover{color:var(--ink);background:var(--paper)}
.bar{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 12px;padding:6px 16px;font-size:14px;background:var(--sheet);border-bottom:1px solid var(--line);flex:none}
.bar:empty{display:none}
.bar.soft{color:var(--ink-soft);justify-content:center;text-align:center;text-wrap:balance}
.bar.bad{color:var(--bad);border-top:1px solid var(--line);border-bottom:0}
.link{color:var(--accent);min-height:44px;padding:0 4px;margin:-4px 0;text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px;font-size:inherit}
.link:hover{text-decoration-thickness:2px}
.foot{display:flex;align-items:center;justify-content:space-between;gap:12px;min-height:44px;padding:0 16px max(0px,env(safe-area-inset-bottom));font-size:12px;color:var(--ink-soft);background:var(--sheet);flex:none}
.foot .link{margin:0;padding:0;font-size:14px;text-decoration:none;font-weight:600;text-align:start;flex:none;max-width:60%}
.foot .link:hover{text-decoration:underline}
.foot .link[aria-disabled=true]{color:var(--ink-soft);text-decoration:none}
.foot span{line-height:1.35;text-wrap:balance}
.foot .link+span{text-align:end}
.write{padding:8px 8px 2px;background:var(--sheet);border-top:1px solid var(--line);flex:none}
.box{display:flex;align-items:flex-end;border:1px solid var(--edge);border-radius:16px;background:var(--sheet)}
.box:focus-within{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
.box textarea{flex:1;min-width:0;height:46px;max-height:142px;padding:11px 4px 11px 14px;border:0;background:none;resize:none;line-height:24px;outline:none;overflow-y:auto;display:block}
.box textarea::placeholder{color:var(--ink-soft);opacity:1;white-space:nowrap}
.box button{width:44px;height:44px;margin:1px;display:grid;place-items:center;border-radius:14px;color:var(--accent)}
.box button[aria-disabled=true]{color:var(--ink-soft)}
.count{margin:4px 8px 0;font-size:12px;color:var(--ink-soft);text-align:end;font-variant-numeric:tabular-nums}
.count.over{color:var(--bad);font-weight:600}

@media (max-width:480px),(max-height:480px){
.root:not(.page) .panel{inset:auto 0 auto 0;top:var(--top,0);width:100%;max-width:none;height:100vh;height:var(--tall,100dvh);max-height:none;border:0;border-radius:0;box-shadow:none}
.root.open .launcher{display:none}
.head{padding-top:max(4px,env(safe-area-inset-top));padding-left:max(16px,env(safe-area-inset-left));padding-right:max(8px,env(safe-area-inset-right))}
}
@media (max-height:400px){.head{min-height:40px;padding-top:0;padding-bottom:0}.head h2{font-size:14px}.plain{height:40px}.panel .scroll{padding-top:8px;min-height:96px}.bar{padding-top:0;padding-bottom:0}
.write{padding-top:4px}.foot,.foot .link{min-height:32px}.panel{overflow-y:auto}}
.page .panel{inset:0;width:100%;max-width:none;height:var(--tall,100dvh);max-height:none;border:0;border-radius:0;box-shadow:none;animation:none}
.page .head,.page .bar,.page .scroll,.page .write,.page .foot{padding-inline:max(16px,calc(50vw - 360px))}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media print{:host{display:none!important}}
`;
