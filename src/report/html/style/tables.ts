/** Tables. That of the steps becomes a card a step where the page is narrow. */
export const TABLE_STYLE = `
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .55rem .9rem .55rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-weight: 500; font-size: .84rem; white-space: nowrap; border-bottom-color: var(--rule); }
tbody th { font-weight: 560; }
.number { text-align: right; }
.scroll > table { min-width: 27rem; }
.scroll > .events { min-width: 30rem; }
.scroll + .scroll { margin-top: 1.25rem; }

.cards small { display: block; overflow-wrap: anywhere; }
.cards th b { font-weight: 600; overflow-wrap: anywhere; }
.cards th small { font-weight: 400; }
.cards td b { font-weight: 600; white-space: nowrap; }
.cards .id { font-size: .8rem; }
.written { display: block; }
.cards td:nth-child(4) small { white-space: nowrap; }
.written { overflow-wrap: anywhere; }
.cards td > .id { display: block; white-space: normal; }
.written + .written { margin-top: .4rem; }
.retried { color: var(--warn); }
.cards small.warn { color: var(--warn); font-weight: 560; }
.gauge { display: block; margin: .4rem 0 .2rem; }
.gauge .ground { fill: var(--line); }
.gauge .value { fill: var(--running); }
.gauge line { stroke: var(--ink); stroke-width: 1.5; }
tr:target th, tr:target td { background: color-mix(in srgb, var(--link) 11%, transparent); }
tr.bad th b { color: var(--bad); }
@media (min-width: 60.01rem) {
  .cards { table-layout: fixed; }
  .cards th { width: 13.5%; }
  .cards th:first-child { width: 23%; }
  .cards th:nth-child(2) { width: 17%; }
  .cards th:nth-child(6) { width: 9%; }
  .cards th:last-child { width: 15.5%; }
}
@media (max-width: 60rem) {
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards, .cards tbody, .cards tr, .cards th, .cards td { display: block; }
  .cards tr { padding: .9rem 0; border-bottom: 1px solid var(--line); }
  .cards tr:first-child { border-top: 1px solid var(--line); }
  .cards tbody th, .cards td { border: 0; padding: 0; width: auto; }
  .cards tbody th { margin-bottom: .5rem; font-size: 1rem; }
  .cards td { display: grid; grid-template-columns: 7.5rem minmax(0, 1fr); padding: .15rem 0; }
  .cards td::before { content: attr(data-label); color: var(--soft); grid-row: 1 / span 20; }
  .cards td > * { grid-column: 2; }
  .cards td:has(> .none) { display: none; }
}

.events td { padding-top: .22rem; padding-bottom: .22rem; white-space: nowrap; font-size: .86rem; }
.events td[colspan] { white-space: normal; overflow-wrap: anywhere; }
.events tr.bad td { color: var(--bad); border-bottom-color: transparent; }
.event-cause { white-space: pre-wrap; overflow-wrap: anywhere; }
.events summary { color: inherit; text-decoration: underline; }
#unknown li { padding-left: 1.1rem; text-indent: -1.1rem; max-width: 75ch; overflow-wrap: anywhere; }
#unknown li::before { content: "– "; color: var(--soft); }
`;
