import { type Day, lastDayOfMonth, nameDay, namePeriod } from '../calendar/index.ts'
import type { ImportRecord } from '../importers/index.ts'
import { toUnits } from '../money/index.ts'
import type { Wall } from '../metrics/index.ts'
import type { Evidence } from '../model/index.ts'
import { type Actuals, besideActuals, type Initiative, sumActuals } from '../plan/index.ts'
import { hashText } from '../records/index.ts'
import type { Scenario, ScenarioOutcome } from '../scenario/index.ts'
import { coarse, monthName, odds, percent, type Speech, speechIn } from './say.ts'
import type { Brief, BriefSection, BriefSentence } from './types.ts'

export interface BriefMaterial {
  readonly workbook: { readonly name: string; readonly isSample: boolean }
  readonly initiatives: Readonly<Record<string, Initiative>>
  readonly scenario: Scenario
  readonly outcome: ScenarioOutcome
  readonly wall: Wall | null
  readonly imports: readonly ImportRecord[]
  /** Of the months the imports cover. */
  readonly actuals: Actuals | null
  readonly today: Day
}

/** Evidence as people read it beside a number. */
export function tellEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'your data':
      return `your data, n = ${evidence.n.toLocaleString('en-US')}`
    case 'published':
      return 'published'
    case 'guess':
      return 'guess'
    case 'entered':
      return 'entered'
    case 'computed':
      return 'computed'
  }
}

/**
 * The page a decision is taken on, in the order finance reads it: ask, options, return, key results, books, what must be
 * true, what if it fails, how good the data is, who signs. Ranges come before points, and every sentence with a number names
 * the rows or imports it comes from.
 */
export function writeBrief(material: BriefMaterial): Brief {
  const { workbook, scenario, outcome, today } = material
  const speech = speechIn(outcome.currency)
  return {
    title: scenario.name,
    subtitle: `${workbook.name} · draft of ${nameDay(today)} · version ${versionOf(scenario, outcome)} · ${outcome.samples.toLocaleString('en-US')} runs, seed ${outcome.seed}`,
    sections: [
      decision(material, speech),
      options(material, speech),
      returns(material, speech),
      keyResults(material, speech),
      books(material, speech),
      mustBeTrue(material, speech),
      ifItFails(material, speech),
      dataConfidence(material, speech),
      signOff(),
    ],
    disclaimer: `${workbook.isSample ? 'Sample workbook: the company and every number in it are made up. ' : ''}A model of the inputs named here, not a promise. The treatment in the books is for your accountants and auditors to decide.`,
  }
}

/** Eight hexadecimal digits that change when any input or result does. */
export function versionOf(scenario: Scenario, outcome: ScenarioOutcome): string {
  return hashText(JSON.stringify([scenario, outcome]))
    .toString(16)
    .padStart(14, '0')
    .slice(-8)
}

function decision({ outcome, scenario }: BriefMaterial, speech: Speech): BriefSection {
  const { allIn, oddsOfAll } = outcome
  const paying = returnOf(outcome)
  const oddsNpvPositive = paying?.oddsNpvPositive ?? 1
  const advice = !paying
    ? 'It changes the plan and claims no return of its own.'
    : oddsNpvPositive >= 0.8
      ? 'Recommended: it pays in most runs, in the cautious ones too.'
      : oddsNpvPositive >= 0.55
        ? 'Recommended as a staged start only: more runs pay than not, but too few to commit the whole amount.'
        : oddsNpvPositive > 0.45
          ? 'Recommended as a staged start at most: as many runs pay as do not.'
          : 'Not recommended as it stands: fewer than half of the runs pay.'
  const ask =
    !paying || oddsNpvPositive >= 0.8
      ? `Asked for: authority up to the P90, ${speech.money(allIn.p90)}.`
      : oddsNpvPositive > 0.45
        ? `Asked for: the first month, about ${speech.money(firstMonth(outcome))}, and a second decision on ${nameDay(lastDayOfMonth(scenario.startMonth))}.`
        : 'No money is asked for.'
  return section('Decision and ask', [
    say(
      `${speech.moneyRange(allIn)} all-in from ${monthName(scenario.startMonth)}${outcome.durationMonths ? `, done in ${coarse(outcome.durationMonths.p10)} to ${coarse(outcome.durationMonths.p90)} months` : ''}. ${ask}`,
      ['All-in cost', ...(outcome.durationMonths ? ['Months to finish'] : [])],
    ),
    say(
      paying
        ? `${advice} NPV ${speech.moneyRange(paying.npv)} over ${outcome.months.length} months; above zero in ${odds(oddsNpvPositive)} of runs.`
        : advice,
      paying ? ['NPV'] : [],
    ),
    ...(oddsOfAll === null
      ? []
      : [say(`Odds that every key result with known odds holds at once: ${odds(oddsOfAll)}.`, ['Key results'])]),
  ])
}

function options({ outcome }: BriefMaterial, speech: Speech): BriefSection {
  const { allIn, parts, months } = outcome
  const rows = [
    ['All-in', speech.money(0), speech.money(allIn.p10), speech.money(allIn.p50), speech.money(allIn.p90), '100%'],
    ...parts.map(({ name, spread, share }) => [
      `of it ${name}`,
      speech.money(0),
      speech.money(spread.p10),
      speech.money(spread.p50),
      speech.money(spread.p90),
      percent(share),
    ]),
  ]
  const tokens = parts.find(({ name }) => name === 'tokens')
  return {
    heading: 'Options',
    sentences: [
      ...(tokens
        ? [say(`Tokens are ${percent(tokens.share)} of the mean all-in cost.`, ['Token cost', 'All-in cost'])]
        : []),
      ...(outcome.cash && outcome.cash.length > 0
        ? [
            say(
              `Cash in each three months from ${monthName(months[0]!)}, P10 to P90: ${outcome.cash
                .filter(({ spread }) => spread.p90 !== 0)
                .slice(0, 4)
                .map(({ spread }) => `${speech.money(spread.p10)} to ${speech.money(spread.p90)}`)
                .join('; ')}.`,
              ['Cost in month'],
            ),
          ]
        : []),
    ],
    table: {
      columns: ['Cost', 'Do nothing', 'P10', 'P50', 'P90', 'Share of mean'],
      rows,
      caption: `Recommended option against doing nothing, ${monthName(months[0]!)} to ${monthName(months.at(-1)!)}, ${outcome.currency}. Percentiles of parts do not add up; their means do. Source: outcome rows of the scenario.`,
    },
  }
}

function returns({ outcome }: BriefMaterial, speech: Speech): BriefSection {
  const paying = returnOf(outcome)
  if (!paying) return section('Return', [say('No return is claimed: the scenario has no value rows.', [])])
  const { paybackMonths, oddsOfPayback, breakEven, months, samples } = paying
  const never = paybackMonths.undefined / samples
  const hurdle = outcome.assumptions.find(({ name }) => name === 'Hurdle rate')?.formula
  return section('Return', [
    say(
      Number.isNaN(paybackMonths.p50) || oddsOfPayback === 0
        ? `No run pays back within ${months.length} months.`
        : `Pays back within ${months.length} months in ${odds(oddsOfPayback)} of runs; where it does, after ${coarse(paybackMonths.p10)} to ${coarse(paybackMonths.p90)} months, middle ${coarse(paybackMonths.p50)}. ${never > 0.005 ? `${odds(never)} of runs do not within that time.` : ''}`.trim(),
      ['Payback', 'Cumulative net'],
    ),
    ...(breakEven
      ? [
          say(
            `${breakEven.what}: ${speech.inUnit(breakEven.value, breakEven.unit)} in the middle run. ${hurdle === undefined ? '' : `Hurdle rate ${hurdle} a year.`}`,
            [breakEven.what, 'Hurdle rate'],
          ),
        ]
      : []),
  ])
}

function keyResults({ outcome }: BriefMaterial, speech: Speech): BriefSection {
  const known = outcome.keyResults
  const worst = outcome.tensions[0]
  const unknown = known.filter(({ odds: own }) => own === null)
  return {
    heading: 'Key results',
    sentences: [
      say(worst ? `Worst tension: ${worst.sentence}` : 'No two key results pull against each other in these runs.', [
        'Key results',
      ]),
      ...(unknown.length > 0
        ? [
            say(
              `Without odds: ${unknown.map(({ name, unknownBecause }) => `${name} (${unknownBecause ?? 'unknown'})`).join('; ')}.`,
              ['Key results'],
            ),
          ]
        : []),
    ],
    table: {
      columns: ['Key result', 'Now', 'With it, P10 to P90', 'Target', 'Odds now', 'Odds with it'],
      rows: known.map((each) => [
        each.name,
        each.baseline === null ? 'unknown' : speech.inUnit(each.baseline, each.unit),
        each.withScenario === null
          ? 'unknown'
          : speech.rangeInUnit(each.withScenario.p10, each.withScenario.p90, each.unit),
        speech.inUnit(each.target, each.unit),
        each.baselineOdds === null ? 'unknown' : odds(each.baselineOdds),
        each.odds === null ? 'unknown' : odds(each.odds),
      ]),
      caption:
        'Now: last 28 days that can be judged, or last check-in. With it: while the work runs; check-ins carried on to the quarter’s end. Source: key results, metrics, effect rows.',
    },
  }
}

function books({ outcome }: BriefMaterial, speech: Speech): BriefSection {
  const tokens = outcome.parts.find(({ name }) => name === 'tokens')
  return section('Books', [
    say(
      `Book view: expense as incurred, ${speech.moneyRange(outcome.allIn)}, unless the work adds function; cash is the same either way. Management view may hold ${tokens ? `the tokens, ${speech.moneyRange(tokens.spread)},` : 'the cost'} as capital, less what is rewritten.`,
      ['All-in cost', ...(tokens ? ['Token cost'] : [])],
    ),
  ])
}

function mustBeTrue({ outcome }: BriefMaterial, speech: Speech): BriefSection {
  const top = outcome.drivers.slice(0, 5)
  return {
    heading: 'What must be true',
    sentences: top[0]
      ? [
          say(
            `${top[0].name} alone explains ${percent(top[0].share)} of the spread.${isGuess(outcome, top[0].name) ? ' It is a guess: measure it on a first batch before the rest is committed.' : ''}`,
            [top[0].name],
          ),
        ]
      : [say('No input is uncertain.', [])],
    table: {
      columns: [
        'Driver',
        'P10 to P90',
        'Evidence',
        'Share of spread',
        returnOf(outcome) ? 'NPV at its low / high' : 'Cost at its low / high',
      ],
      rows: top.map(({ name, share, low, high }) => {
        const assumption = outcome.assumptions.find((each) => each.name === name)
        return [
          name,
          assumption ? withUnit(assumption.formula, assumption.unit) : '',
          assumption ? tellEvidence(assumption.evidence) : 'computed',
          percent(share),
          `${speech.money(low)} / ${speech.money(high)}`,
        ]
      }),
      caption:
        'First-order share of the spread over the runs; the middle result with the driver at its P10 and P90. Source: driver rows.',
    },
  }
}

/** `0.1 to 0.6 h`; formulas that bear their unit stay as they are. */
function withUnit(formula: string, unit: string): string {
  return unit === '' || unit === '1' || /[$€£%]/.test(formula) ? formula : `${formula} ${unit}`
}

function isGuess({ assumptions }: ScenarioOutcome, name: string): boolean {
  return assumptions.find((each) => each.name === name)?.evidence.kind === 'guess'
}

function ifItFails({ outcome, scenario }: BriefMaterial, speech: Speech): BriefSection {
  const watch = outcome.drivers.find(({ name }) => !isGuess(outcome, name)) ?? outcome.drivers[0]
  const assumption = outcome.assumptions.find(({ name }) => name === watch?.name)
  const checkOn = nameDay(lastDayOfMonth(scenario.startMonth))
  const loser = outcome.keyResults
    .filter(({ odds: with_, baselineOdds }) => with_ !== null && baselineOdds !== null)
    .sort((a, b) => a.odds! - a.baselineOdds! - (b.odds! - b.baselineOdds!))[0]
  return section('If it fails', [
    say(
      `Exit on ${checkOn}, after the first month: about ${speech.money(firstMonth(outcome))} is sunk.${watch ? ` Leading indicator: ${watch.name}${assumption ? ` (${assumption.reading})` : ''}; outside that range, stop.` : ''}`,
      ['All-in cost', 'Months to finish', ...(watch ? [watch.name] : [])],
    ),
    ...(loser && loser.odds! < loser.baselineOdds! - 0.005
      ? [
          say(
            `Guardrail: ${loser.name}, whose odds move most (${odds(loser.baselineOdds!)} to ${odds(loser.odds!)}); pause when a week is worse than ${speech.inUnit(loser.withScenario!.p90 > loser.target ? loser.withScenario!.p90 : loser.withScenario!.p10, loser.unit)}.`,
            [loser.name],
          ),
        ]
      : []),
  ])
}

function dataConfidence({ imports, actuals, wall, outcome }: BriefMaterial, speech: Speech): BriefSection {
  const sentences: BriefSentence[] = []
  const periods = imports.flatMap(({ period }) => (period ? [period] : []))
  if (periods.length === 0) {
    sentences.push(say('Nothing is imported: every number is entered, published or a guess.', []))
  } else {
    const from = periods.map((period) => period.from).sort()[0]!
    const to = periods
      .map((period) => period.to)
      .sort()
      .at(-1)!
    const aside = imports.reduce((sum, { counts }) => sum + counts.keptAside, 0)
    sentences.push(
      say(
        `${imports.length} imports cover ${namePeriod(from, to)}; ${aside === 0 ? 'no row was' : `${aside.toLocaleString('en-US')} rows were`} kept aside.`,
        [`imports ${imports[0]!.seq} to ${imports.at(-1)!.seq}`],
      ),
    )
  }
  if (actuals && actuals.cells.length > 0) {
    const spent = toUnits(sumActuals(actuals.cells))
    const unattributed = toUnits(sumActuals(actuals.cells, ({ initiativeId }) => initiativeId === null))
    const beside = besideActuals(actuals.cells)
      .filter(({ kind }) => kind !== 'included')
      .map(({ kind, nanos }) => `${speech.money(toUnits(nanos))} ${kind}`)
    const unpriced = actuals.unpriced.reduce((sum, { rows }) => sum + rows, 0)
    // All may be beside them: included in seats, or of another kind than what is billed in another currency.
    const counted =
      spent === 0
        ? 'No AI cost is in the actuals'
        : `${percent(1 - unattributed / spent)} of ${speech.money(spent)} ${actuals.kind ?? ''} AI cost belongs to an initiative; ${speech.money(unattributed)} is unattributed`
    sentences.push(
      say(
        `${counted}, ${beside.length === 0 ? '' : `${spent === 0 ? '' : 'another '}${beside.join(' and ')} is beside ${spent === 0 ? 'them' : 'it'} and not added, `}${unpriced === 0 ? 'nothing is unpriced' : `${unpriced.toLocaleString('en-US')} usage rows are unpriced`}.`,
        ['usage imports', 'attribution rules'],
      ),
    )
  }
  const unknown = wall?.numbers.filter(({ current }) => !current.known) ?? []
  if (unknown.length > 0)
    sentences.push(say(`Unknown on the wall: ${unknown.map(({ name }) => name).join(', ')}.`, ['wall']))
  const count = (kind: Evidence['kind']) => outcome.assumptions.filter(({ evidence }) => evidence.kind === kind).length
  sentences.push(
    say(
      `Of ${outcome.assumptions.length} assumptions ${count('your data')} rest on your data, ${count('published')} on published figures, ${count('entered')} are entered, ${count('guess')} are guesses.`,
      ['driver rows'],
    ),
  )
  return section('Data confidence', sentences)
}

function signOff(): BriefSection {
  return section('Sign-off', [
    say('Author ____________   Reviewer ____________   Finance ____________   Date ____________', []),
  ])
}

/** The middle cost spread evenly over the time it takes. */
function firstMonth(outcome: ScenarioOutcome): number {
  const months = outcome.durationMonths ? Math.max(1, outcome.durationMonths.p50) : outcome.months.length
  return outcome.allIn.p50 / months
}

type Paying = ScenarioOutcome & {
  readonly [K in 'npv' | 'paybackMonths' | 'oddsOfPayback' | 'oddsNpvPositive']: NonNullable<ScenarioOutcome[K]>
}

/** The outcome where its rows say what it is worth and when it comes back; null where they do not. */
function returnOf(outcome: ScenarioOutcome): Paying | null {
  const { npv, paybackMonths, oddsOfPayback, oddsNpvPositive } = outcome
  if (npv === null || paybackMonths === null || oddsOfPayback === null || oddsNpvPositive === null) return null
  return { ...outcome, npv, paybackMonths, oddsOfPayback, oddsNpvPositive }
}

function section(heading: string, sentences: readonly BriefSentence[]): BriefSection {
  return { heading, sentences }
}

function say(text: string, sources: readonly string[]): BriefSentence {
  return { text, sources }
}
