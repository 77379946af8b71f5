/** Lists of runs, and plots. */
export const LIST_STYLE = `
.list-title { margin-top: 2rem; font-size: clamp(1.5rem, 1.25rem + 1.2vw, 2rem); }
#runs > section, #pipeline > section { margin-top: 2.25rem; }
#runs h2, #pipeline h2 { margin-bottom: .5rem; overflow-wrap: anywhere; }
.runs li { display: grid; grid-template-columns: 8rem minmax(0, 1fr) auto; gap: .1rem 1rem; align-items: baseline; padding: .6rem 0; border-bottom: 1px solid var(--line); }
.runs li:first-child { border-top: 1px solid var(--line); }
.run-words { overflow-wrap: anywhere; }
.run-words a { color: var(--ink); text-decoration-color: transparent; }
.run-words a:hover { text-decoration-color: currentColor; }
.run-words small { display: block; }
.runs time { color: var(--soft); font-size: .88rem; }
@media (max-width: 48rem) {
  .runs li { grid-template-columns: auto minmax(0, 1fr); }
  .run-words { grid-column: 1 / -1; }
  .run-state { grid-area: 1 / 1; }
  .runs time { grid-area: 1 / 2; text-align: right; }
}

.plots { display: grid; gap: 2rem 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.plot { margin: 0; min-width: 0; }
.plot figcaption { font-weight: 620; margin-bottom: .5rem; }
.plot-frame { display: flex; }
.plot-scale { flex: none; }
.plot-field { flex: 1; min-width: 0; overflow: visible; }
.plot text { font-size: 11.5px; fill: var(--soft); font-family: inherit; }
.plot-line { fill: none; stroke: var(--running); stroke-width: 1.5; vector-effect: non-scaling-stroke; opacity: .55; }
.dot { fill: var(--tone); stroke: var(--ground); stroke-width: 1.5; }
`;
