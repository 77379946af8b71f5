/** The graph of the steps, the timeline and what draws both. */
export const GRAPH_STYLE = `
.graph { display: block; margin: .25rem auto .25rem 0; font-family: inherit; }
.graph text { font-size: 12.5px; fill: var(--ink); }
.graph .name { font-weight: 600; }
.graph .facts { fill: var(--soft); font-size: 12px; }
.box rect { fill: var(--tone-soft); stroke: color-mix(in srgb, var(--tone) 55%, transparent); stroke-width: 1; }
.box.frame rect { fill: var(--ground); stroke-dasharray: 4 3; }
.box.frame .name { font-weight: 500; }
.box.bad rect, .box.critical rect { stroke: var(--tone); stroke-width: 1.75; }
.box.frame.good rect, .box.frame.idle rect { stroke: var(--rule); stroke-width: 1; }
.graph a:hover .box rect { stroke: var(--ink); }
.graph a:focus-visible { outline: none; }
.graph a:focus-visible .box rect { stroke: var(--link); stroke-width: 3; }
.edge { fill: none; stroke: var(--rule); stroke-width: 1.1; opacity: .8; }
.edge.critical { stroke: var(--ink); stroke-width: 2.6; opacity: 1; }

.bars { display: block; overflow: hidden; }
.span { stroke: none; }
.span.running { fill: var(--running); }
.span.queued { fill: var(--queued); }
.span.orchestrator { fill: var(--orchestrator); }
.span.event { fill: var(--event); }
.span.turn { fill: var(--turn); }
.span.pause { fill: var(--pause); }
.span.failed { fill: var(--bad); }
.span.halted { fill: var(--halted); }
.lane .span.halted { fill: var(--rule); }
.path-mark { fill: var(--ink); }
.grid { stroke: var(--line); stroke-width: 1; }
.tick { stroke: var(--rule); }

.lane { display: grid; grid-template-columns: minmax(9rem, 17rem) 6.2rem minmax(0, 1fr); align-items: center; column-gap: .75rem; }
.lane + .lane, ol > .lane { border-top: 1px solid var(--line); }
.lane-name { display: flex; gap: .5rem; align-items: center; min-width: 0; padding: .25rem 0; font-size: .92rem; overflow-wrap: anywhere; }
.lane-time { text-align: right; font-size: .88rem; color: var(--soft); }
.lane.critical .lane-name, .lane.critical .lane-time { font-weight: 600; color: var(--ink); }
.axis text { font-size: 11.5px; fill: var(--soft); }
.axis .stop { fill: var(--ink); font-weight: 600; }
@media (max-width: 58rem) { .axis .between { display: none; } }
@media (max-width: 44rem) {
  .lane { grid-template-columns: minmax(0, 1fr) auto; }
  .lane > .bars { grid-column: 1 / -1; }
  .lane.axis > span { display: none; }
  ol > .lane { padding-bottom: .35rem; }
}
`;
