import type { Issue } from '../issues/index.ts'
import { enriches, restatesPeriod, sameMoneyTwice } from './messages.ts'
import type { ImportRecord } from './types.ts'

/** Formats of one account that speak of the same use in different shapes. */
interface Family {
  readonly name: string
  /** Formats that state money; two of them over the same days say it twice. */
  readonly money: readonly string[]
  /** Formats that state tokens: beside money of the same account they explain it. */
  readonly tokens: readonly string[]
}

const FAMILIES: readonly Family[] = [
  {
    name: 'Claude API',
    money: ['anthropic-cost-csv', 'anthropic-cost-report-json'],
    tokens: ['anthropic-tokens-csv', 'anthropic-usage-report-json'],
  },
  {
    name: 'OpenAI API',
    money: ['openai-cost-csv', 'openai-costs-json'],
    tokens: ['openai-usage-csv', 'openai-usage-json'],
  },
  { name: 'GitHub Copilot', money: ['copilot-usage-csv', 'copilot-billing-json'], tokens: ['copilot-metrics-json'] },
  {
    name: 'Claude Code',
    money: ['anthropic-claude-code-json', 'ccusage-json', 'claude-code-otel-json'],
    tokens: [],
  },
  {
    name: 'requests through a gateway',
    money: ['litellm-logs-json', 'litellm-daily-json', 'langfuse-observations-json'],
    tokens: [],
  },
  { name: 'OpenRouter', money: ['openrouter-activity-csv', 'openrouter-generations-csv'], tokens: [] },
]

/** Providers restate whole periods: rows that vanished from the later file are still in the earlier one. */
const RESTATED_BY_PERIOD: ReadonlySet<string> = new Set(['focus-csv'])

type Spoken = Pick<ImportRecord, 'format' | 'period' | 'fileName' | 'fingerprint' | 'facts'>

/** What the user should know about this file beside those already there: said, never decided for them. */
export function overlapNotes(own: Spoken, known: readonly Spoken[]): readonly Issue[] {
  const beside = known.filter(
    ({ period, fingerprint }) => fingerprint !== own.fingerprint && shareDays(period, own.period),
  )
  const notes: Issue[] = []
  for (const { name, money, tokens } of FAMILIES) {
    const isMoney = money.includes(own.format)
    if (!isMoney && !tokens.includes(own.format)) continue
    const twin = beside.find(({ format }) => format !== own.format && (isMoney ? money : tokens).includes(format))
    const other = beside.find(({ format }) => (isMoney ? tokens : money).includes(format))
    if (twin) notes.push(sameMoneyTwice(name, twin.fileName))
    if (other) notes.push(enriches(name, other.fileName))
  }
  if (RESTATED_BY_PERIOD.has(own.format)) {
    const earlier = beside.find(({ format }) => format === own.format)
    if (earlier) notes.push(restatesPeriod(earlier.fileName))
  }
  return notes
}

function shareDays(a: ImportRecord['period'], b: ImportRecord['period']): boolean {
  return a !== null && b !== null && a.from <= b.to && b.from <= a.to
}
