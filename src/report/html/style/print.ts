/** On paper: light, nothing folded that matters, no table cut through a row, nothing that only a screen can do. */
export const PRINT_STYLE = `
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --sunk: #fff; --line: #ccc; --rule: #777; --ink: #000; --soft: #333; --link: #000;
    --good: #12704a; --good-soft: #fff; --bad: #b0261d; --bad-soft: #fff; --busy: #2459b8; --busy-soft: #fff;
    --warn: #855400; --warn-soft: #fff; --idle: #5f646c; --idle-soft: #fff;
    --running: #4054bd; --queued: #8d9ae3; --orchestrator: #878d96; --event: #a98a4b; --turn: #9560b4; --pause: #cf8417; --halted: #c4c7cc;
  }
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  .skip, .trail, .copy, .scripted .copy { display: none; }
  .scroll { overflow: visible; }
  .scroll > table { min-width: 0; }
  thead th, .state, .events td:nth-child(n + 3) { white-space: normal; overflow-wrap: anywhere; }
  .lane { grid-template-columns: 12rem 5.5rem minmax(0, 1fr); }
  .axis .between { display: none; }
  .graph { max-width: 100%; height: auto; }
  .cause.long { max-height: none; overflow: visible; }
  details.case::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
  tr, .lane, .case, .figures > div, .command { break-inside: avoid; }
  h2, h3, thead { break-after: avoid; }
  thead { display: table-header-group; }
}
`;
