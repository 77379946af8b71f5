/** The outcome at the top, the figures below it, and the bar of where the time went. */
export const FIGURE_STYLE = `
.outcome { padding-top: 1.75rem; }
.outcome::before { content: ""; position: absolute; inset: 0 0 auto; height: 5px; background: var(--tone); }
.whereabouts { display: flex; flex-wrap: wrap; align-items: baseline; gap: .15rem 1.1rem; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
.verdict { display: flex; align-items: center; gap: .5rem; margin-top: clamp(1.5rem, 3.5vw, 2.5rem); color: var(--tone); font-size: 1.15rem; font-weight: 650; }
.outcome h1 { margin-top: .5rem; }
.whole { white-space: nowrap; }
.when { margin-top: .75rem; color: var(--soft); }
.warnings { margin-top: 1rem; display: grid; gap: .35rem; }
.warnings li { display: flex; gap: .55rem; align-items: baseline; background: var(--warn-soft); border-radius: 6px; padding: .45rem .75rem; overflow-wrap: anywhere; }
.warnings .icon { --tone: var(--warn); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.25rem 1.5rem; }
.figures dt { color: var(--soft); font-size: .86rem; }
.figures dd { font-size: 1.6rem; line-height: 1.25; font-weight: 600; letter-spacing: -.02em; }
.figures dd { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: .5rem; }
.figures small { font-weight: 400; letter-spacing: 0; }
.parts { margin-top: 1.5rem; }
.parts .bars { border-radius: 4px; display: block; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .6rem 0; color: var(--soft); font-size: .86rem; }
.legend b { color: var(--ink); font-weight: 600; }
.swatch { vertical-align: -.08em; margin-right: .2rem; }

.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin-bottom: .75rem; }
.facts dt { color: var(--soft); font-size: .86rem; }
`;
