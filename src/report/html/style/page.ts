/** Colours, type and the frame of every page. Every colour of text has a contrast of at least 4.5 to 1 on its ground. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fdfdfc; --sunk: #f5f5f3; --line: #e3e3df; --rule: #85898f; --ink: #191b1f; --soft: #555a62; --link: #2450a8;
  --good: #12704a; --good-soft: #e8f4ed; --bad: #b0261d; --bad-soft: #fcefed; --busy: #2459b8; --busy-soft: #eaf1fc;
  --warn: #855400; --warn-soft: #fcf4e2; --idle: #5f646c; --idle-soft: #f1f1ef;
  --running: #4054bd; --queued: #8d9ae3; --orchestrator: #878d96; --event: #a98a4b; --turn: #9560b4; --pause: #cf8417; --halted: #c4c7cc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131518; --sunk: #1b1e23; --line: #2c3037; --rule: #7b818b; --ink: #e8eaed; --soft: #a3a9b3; --link: #9cbcff;
    --good: #57c790; --good-soft: #14291f; --bad: #ff8f85; --bad-soft: #321a19; --busy: #86b2ff; --busy-soft: #172540;
    --warn: #e9b454; --warn-soft: #2e2412; --idle: #9ea4ae; --idle-soft: #20242a;
    --running: #8494f2; --queued: #4c5aa8; --orchestrator: #6f7681; --event: #c0a260; --turn: #b585d3; --pause: #e0a03c; --halted: #3d424a;
  }
}
.good { --tone: var(--good); --tone-soft: var(--good-soft); }
.bad { --tone: var(--bad); --tone-soft: var(--bad-soft); }
.busy { --tone: var(--busy); --tone-soft: var(--busy-soft); }
.warn { --tone: var(--warn); --tone-soft: var(--warn-soft); }
.idle { --tone: var(--idle); --tone-soft: var(--idle-soft); }

*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
main, .trail { max-width: 80rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
main { padding-bottom: 5rem; }
main:focus { outline: none; }
.trail { padding-top: 1.25rem; font-size: .9rem; }
h1, h2, h3, p, dl, dd, ol, ul, pre { margin: 0; }
ol, ul { padding: 0; list-style: none; }
h1 { font-size: clamp(1.5rem, 1.25rem + 1.2vw, 2.15rem); line-height: 1.16; font-weight: 680; letter-spacing: -.022em; text-wrap: balance; overflow-wrap: anywhere; max-width: 48ch; }
h2 { font-size: 1.2rem; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h3 { font-size: 1rem; font-weight: 620; }
small { font-size: .84rem; color: var(--soft); }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: 1px; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre, .id { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
.id { overflow-wrap: anywhere; }
.run > section, main > section { margin-top: clamp(2.25rem, 4vw, 3.25rem); }
.run > section > h2 { margin-bottom: .75rem; }
.hint { color: var(--soft); font-size: .88rem; margin-top: .5rem; max-width: 75ch; overflow-wrap: anywhere; }
.none { color: var(--soft); }
.icon { vertical-align: -.16em; flex: none; }
.mark circle { fill: var(--tone); }
.mark path { fill: none; stroke: var(--ground); stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
.state { color: var(--tone); font-weight: 560; white-space: nowrap; }
.scroll { overflow-x: auto; overscroll-behavior-x: contain; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.lane, .scroll, td, th { position: relative; }
.skip { position: absolute; left: .75rem; top: -4rem; padding: .5rem .9rem; background: var(--ink); color: var(--ground); border-radius: 0 0 6px 6px; z-index: 2; }
.skip:focus { top: 0; }
summary { cursor: pointer; padding: .35rem 0; color: var(--link); width: fit-content; }
`;
