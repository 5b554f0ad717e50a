import { parseArgs } from 'node:util'
import { tellEvidence } from '../../shared/brief/index.ts'
import { tellIssue } from '../../shared/issues/index.ts'
import { MOST_SAMPLES, type Spread } from '../../shared/model/index.ts'
import {
  readNumber,
  readSet,
  type Scenario,
  type ScenarioComparison,
  type ScenarioOutcome,
} from '../../shared/scenario/index.ts'
import type { WallContext } from '../../shared/metrics/index.ts'
import type { Workbook } from '../../shared/workbook/index.ts'
import { type Command, type CommandIo, type ExitCode, UsageError } from '../command.ts'
import { contextOf, openWorkbook } from '../open-workbook.ts'
import {
  compareInWorkbook,
  fittedScenario,
  runInWorkbook,
  type RunWish,
  seekInWorkbook,
  sharesInWorkbook,
} from '../run-workbook-scenario.ts'
import { readSeek, tellSought } from '../seek-in-scenario.ts'
import { tellSobol } from '../sobol-table.ts'
import { readWholeNumber } from '../whole-number.ts'
import { findTemplate } from './template.ts'

export const scenarioCommand: Command = {
  name: 'scenario',
  summary: 'Runs a what-if on a workbook: cost, payback, odds, effect on every key result',
  help: [
    'Usage: quarterdeck scenario WORKBOOK --template ID [options]',
    '       quarterdeck scenario WORKBOOK --scenario ID [options]',
    '',
    'Draws the template’s rows from the imported history where there is enough of it, runs them beside the plan and tells',
    'ranges, odds and what drives them. Nothing is written.',
    '',
    '  --template ID         one of `quarterdeck template list`',
    '  --scenario ID         one that is kept in the workbook',
    "  --set 'Name=formula'  another value for a row, as often as needed",
    '  --samples N           runs (default 10240, at most 1000000)',
    '  --seed N              chooses every draw (default 1); the same number gives the same answer',
    '  --seek NAME           the largest value of a row with which a condition holds: with --between LOW..HIGH,',
    "                        --so-that 'NPV > 0', --odds 80% (default), and --smallest for the other end",
    '  --against ID          beside another one, kept in the workbook or made from that template, or `baseline`: the differences,',
    '                        paired by sample, of the cost, NPV and each key result, and how often it is the better one',
    '  --sobol               of each range behind NPV (else the cost) the share of the spread it has alone, and in all it does',
    '                        together with others; takes as many runs as there are ranges, and two; null where nothing varies',
    '  --json                the whole outcome; shares are 0 … 1, months undefined in some runs are counted',
    '  --strict              exit code 1 when a key result has no odds',
    '',
    "Example: quarterdeck scenario team.quarterdeck --template refactor-services --set 'Services=120'",
  ].join('\n'),
  run: runScenarioCommand,
}

async function runScenarioCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      template: { type: 'string' },
      scenario: { type: 'string' },
      set: { type: 'string', multiple: true },
      samples: { type: 'string' },
      seed: { type: 'string' },
      seek: { type: 'string' },
      between: { type: 'string' },
      'so-that': { type: 'string' },
      odds: { type: 'string' },
      smallest: { type: 'boolean' },
      against: { type: 'string' },
      sobol: { type: 'boolean' },
      json: { type: 'boolean' },
      strict: { type: 'boolean' },
    },
  })
  if ((values.template === undefined) === (values.scenario === undefined)) {
    throw new UsageError('Which what-if? Name a template with --template or a kept scenario with --scenario.')
  }
  const template = values.template === undefined ? null : findTemplate(values.template)
  const wish: RunWish = {
    sets: setsOf(values.set ?? []),
    ...(values.samples === undefined
      ? {}
      : { samples: readWholeNumber('--samples', values.samples, 0, 1, MOST_SAMPLES) }),
    ...(values.seed === undefined ? {} : { seed: readWholeNumber('--seed', values.seed, 0, 0, 2 ** 32 - 1) }),
  }
  const seek = readSeek(values)
  const workbook = await openWorkbook(positionals, io)
  if (workbook === null) return 3
  const context = contextOf(workbook)
  const scenario = template
    ? fittedScenario(template, workbook, context, io.now(), wish)
    : keptScenario(workbook, values.scenario!)
  const outcome = await runInWorkbook(scenario, workbook, context, wish)
  if (!outcome.ok) {
    for (const issue of outcome.issues) io.err(tellIssue(issue))
    return 2
  }
  const answer = seek && seekInWorkbook(scenario, workbook, context, seek, wish)
  if (answer && !answer.ok) throw new UsageError(answer.issues.map(tellIssue).join(' '))
  const sought = answer && answer.value
  const compared =
    values.against === undefined
      ? null
      : compareInWorkbook(
          scenario,
          againstOf(values.against, workbook, context, io.now(), wish),
          workbook,
          context,
          wish,
        )
  if (compared && !compared.ok) throw new UsageError(compared.issues.map(tellIssue).join(' '))
  const comparison = compared && compared.value
  const shares = values.sobol ? sharesInWorkbook(scenario, workbook, context, wish) : null
  io.out(
    values.json
      ? JSON.stringify(
          {
            template: scenario.templateId,
            ...outcome.value,
            ...(sought && { sought }),
            ...(comparison && { comparison }),
            ...(values.sobol && { sobol: shares }),
          },
          null,
          2,
        )
      : [
          tell(outcome.value, scenario),
          ...(seek && sought ? ['', tellSought(seek, sought)] : []),
          ...(comparison ? ['', ...tellComparison(comparison)] : []),
          ...(shares ? ['', ...tellSobol(shares)] : []),
          ...(values.sobol && !shares
            ? ['', 'There are no shares of the spread: nothing behind NPV or the cost varies.']
            : []),
        ].join('\n'),
  )
  const isComplete = outcome.value.keyResults.every(({ odds }) => odds !== null)
  return values.strict === true && !isComplete ? 1 : 0
}

function keptScenario({ records: { scenarios } }: Workbook, id: string): Scenario {
  const scenario = scenarios[id]
  if (scenario) return scenario
  throw new UsageError(
    `${id}: not a scenario of this workbook. Known are: ${Object.keys(scenarios).join(', ') || 'none'}.`,
  )
}

/** A kept one by its id, else one from the template of that name without settings; null = the baseline. */
function againstOf(
  id: string,
  workbook: Workbook,
  context: WallContext,
  nowMs: number,
  { sets: _, ...wish }: RunWish,
): Scenario | null {
  if (id === 'baseline') return null
  return workbook.records.scenarios[id] ?? fittedScenario(findTemplate(id), workbook, context, nowMs, wish)
}

function tellComparison({ against, numbers, samples }: ScenarioComparison): readonly string[] {
  return [
    `Less “${against}”, run by run (${samples} runs)`,
    `${''.padEnd(42)}${['P10', 'P50', 'P90', 'better in'].map((head) => head.padStart(12)).join('')}`,
    ...numbers.map(
      ({ name, unit, difference: { p10, p50, p90 }, better }) =>
        `  ${name.padEnd(40)}${[p10, p50, p90].map((value) => readNumber(value, unit).padStart(12)).join('')}${percent(better).padStart(12)}`,
    ),
  ]
}

function setsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const read = readSet(text)
      if (!read.ok) throw new UsageError(read.issues.map(tellIssue).join(' '))
      return [read.value.name, read.value.formula]
    }),
  )
}

function tell(outcome: ScenarioOutcome, scenario: Scenario): string {
  const {
    allIn,
    parts,
    durationMonths,
    paybackMonths,
    npv,
    oddsOfPayback,
    oddsNpvPositive,
    breakEven,
    baselineBudget,
  } = outcome
  const lines = [
    `${outcome.name}, ${outcome.months[0]} to ${outcome.months.at(-1)}, ${outcome.currency}, ${outcome.samples} runs, seed ${outcome.seed}`,
    '',
    `${''.padEnd(26)}${'P10'.padStart(12)}${'P50'.padStart(12)}${'P90'.padStart(12)}`,
    line('All-in cost', allIn, '$'),
    ...parts.map(({ name, spread, share }) => `${line(`  ${name}`, spread, '$')}   ${percent(share)} of the mean`),
    ...(durationMonths ? [line('Months to finish', durationMonths, '1')] : []),
    npv ? line('NPV', npv, '$') : `${'NPV'.padEnd(26)}${'unknown'.padStart(12)}`,
    paybackMonths && oddsOfPayback !== null
      ? `${line('Months to payback', paybackMonths, '1')}   within ${outcome.months.length} months in ${percent(oddsOfPayback)} of runs`
      : `${'Months to payback'.padEnd(26)}${'unknown'.padStart(12)}`,
    '',
    ...(oddsNpvPositive === null ? [] : [`NPV is above zero in ${percent(oddsNpvPositive)} of runs.`]),
  ]
  if (breakEven) lines.push(`${breakEven.what}: ${readNumber(breakEven.value, breakEven.unit)} in the middle run.`)
  if (baselineBudget !== null) lines.push(`The plan has ${readNumber(baselineBudget, '$')} for the same months.`)
  if (outcome.keyResults.length > 0) {
    lines.push('', 'Key results')
    for (const each of outcome.keyResults) {
      const now = each.baseline === null ? 'unknown' : readNumber(each.baseline, each.unit)
      const then = each.withScenario === null ? 'unknown' : readNumber(each.withScenario.p50, each.unit)
      const odds =
        each.odds === null || each.baselineOdds === null
          ? `unknown: ${each.unknownBecause ?? 'no value'}`
          : `odds ${percent(each.baselineOdds)} -> ${percent(each.odds)}`
      lines.push(
        `  ${each.name.padEnd(42)}now ${now}, with it ${then}, target ${readNumber(each.target, each.unit)}, ${odds}`,
      )
    }
    if (outcome.oddsOfAll !== null) lines.push(`  all at once: ${percent(outcome.oddsOfAll)}`)
    for (const { sentence } of outcome.tensions.slice(0, 3)) lines.push(`  ${sentence}`)
  }
  for (const { rowName, closedForm, simulated, lowerBound } of outcome.flow ?? []) {
    lines.push(
      '',
      `${rowName}, checked by simulation: ${short(closedForm)} in closed form, ${short(simulated.mean)} on average of ${simulated.replications} simulated runs (P10 ${short(simulated.p10)}, P90 ${short(simulated.p90)})${lowerBound === null ? '' : `, never below ${short(lowerBound)}`}.`,
    )
  }
  lines.push('', 'What drives the spread')
  for (const { name, share, low, high } of outcome.drivers.slice(0, 5)) {
    lines.push(
      `  ${name.padEnd(42)}${percent(share).padStart(5)}   ${readNumber(low, '$')} at its P10, ${readNumber(high, '$')} at its P90`,
    )
  }
  const { information } = outcome
  if (information && information.all > 0) {
    lines.push(
      `To know everything before deciding is worth ${readNumber(information.all, '$')} at most.`,
      ...information.inputs.map(({ name, value }) => `  ${name.padEnd(42)}${readNumber(value, '$')} to know alone`),
    )
  }
  lines.push('', 'Assumptions')
  for (const { name, formula, evidence } of outcome.assumptions) {
    lines.push(`  ${name.padEnd(42)}${formula.padEnd(24)}${tellEvidence(evidence)}`)
  }
  if (Object.keys(scenario.sets).length > 0)
    lines.push(
      '',
      `Set: ${Object.entries(scenario.sets)
        .map(([name, formula]) => `${name} = ${formula}`)
        .join(', ')}`,
    )
  lines.push('', ...outcome.notes)
  return lines.join('\n')
}

function line(name: string, { p10, p50, p90 }: Spread, unit: string): string {
  return `${name.padEnd(26)}${[p10, p50, p90].map((value) => readNumber(value, unit).padStart(12)).join('')}`
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
