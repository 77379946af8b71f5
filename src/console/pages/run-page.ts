import { markup } from '../../report/html/markup.ts';
import { renderRun } from '../../report/html/run-page.ts';
import { OUTCOME_LOOKS } from '../../report/html/state-look.ts';
import type { OutcomeState, Report } from '../../report/report.ts';
import { LINKS } from '../place.ts';
import { renderButton } from './button.ts';
import type { ConsolePage } from './layout.ts';

/** Runs that ended so can be redriven. */
const REDRIVABLE: readonly OutcomeState[] = ['failed', 'stopped', 'timed-out'];

/** The report of a run, with what can be done about it. @param isBroken whether the sample's mistake stands */
export function runPage(report: Report, isBroken: boolean): ConsolePage {
  const { outcome, pipeline, name, executionArn } = report;
  const fields = { run: executionArn };
  const isRunning = outcome.state === 'running';
  const isRedrivable = REDRIVABLE.includes(outcome.state);
  return {
    title: `${OUTCOME_LOOKS[outcome.state].word}: ${pipeline} ${name}`,
    isLive: true,
    tone: OUTCOME_LOOKS[outcome.state].tone,
    body: markup`${
      (isRunning || isRedrivable) &&
      markup`<div class="actions of-run" id="run-actions">
${isRedrivable && isBroken && markup`<p class="hint">The sample is broken on purpose. Repair it, then redrive the run.</p>`}
${isRunning && renderButton({ path: 'stop', label: 'Stop', about: 'the run', fields })}
${isRedrivable && isBroken && renderButton({ path: 'repair', label: 'Repair', about: 'the procedures', fields: {} })}
${isRedrivable && renderButton({ path: 'redrive', label: 'Redrive', about: 'the run', fields, isMain: true })}
</div>`
    }
${renderRun(report, { pipeline: LINKS.pipeline(pipeline) })}`,
  };
}
