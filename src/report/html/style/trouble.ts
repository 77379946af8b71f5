/** What went wrong beside what to do, and commands with their buttons. */
export const TROUBLE_STYLE = `
.trouble { display: grid; gap: 1.75rem 3rem; grid-template-columns: minmax(0, 1fr); border: 1px solid color-mix(in srgb, var(--bad) 35%, var(--line)); border-radius: 12px; padding: clamp(1rem, 2.5vw, 1.75rem); }
@media (min-width: 64rem) { .trouble { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.run > .trouble > div > h2 { margin-bottom: .75rem; }
.trouble h2 { margin-bottom: .6rem; }
.trouble h3 { margin-top: 1.25rem; }
.trouble p { max-width: 68ch; overflow-wrap: anywhere; }
.error-name { margin-bottom: .35rem; font-weight: 600; }
.error-name code { color: var(--bad); font-size: 1rem; }
.cause { margin-top: .75rem; padding: .75rem .9rem; background: var(--bad-soft); border-left: 3px solid var(--bad); border-radius: 0 6px 6px 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; unicode-bidi: plaintext; }
.cause.long { max-height: 26rem; overflow-y: auto; }
.effects { display: grid; gap: .75rem; margin-top: .5rem; }
.effects dt { font-weight: 560; }
.effects dt .idle { --tone: var(--idle); }
.effects dd { color: var(--soft); padding-left: 1.45rem; overflow-wrap: anywhere; }
.case { border-top: 1px solid var(--line); padding: .5rem 0; }
.case[open] { padding-bottom: 1.1rem; }
.case summary { color: var(--ink); width: auto; }
.trouble .case h3 { display: inline; margin: 0; font-weight: 560; overflow-wrap: anywhere; }
.case[open] h3 { font-weight: 650; }
.verb { margin-top: .75rem; color: var(--soft); font-size: .88rem; }
.verb b { color: var(--ink); font-weight: 620; }
.command { position: relative; display: flex; align-items: flex-start; gap: .5rem; margin-top: .4rem; padding: .6rem .75rem; background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; }
.command pre { flex: 1; min-width: 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; }
.command code { font-size: inherit; }
.copy { display: none; flex: none; font: inherit; font-size: .8rem; padding: .12rem .6rem; color: var(--ink); background: var(--ground); border: 1px solid var(--rule); border-radius: 5px; cursor: pointer; }
.scripted .copy { display: block; }
.copy:hover { border-color: var(--ink); }
`;
