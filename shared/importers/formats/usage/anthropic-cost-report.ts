import { dayIn, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { ownField } from '../../../tables/index.ts'
import { bucketItems, FieldReader, judgeItems, keyOf, lacksPages } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, morePages } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { firstResult } from './anthropic-usage-report.ts'

const DIMENSIONS = [
  'workspace_id',
  'description',
  'model',
  'cost_type',
  'token_type',
  'service_tier',
  'context_window',
  'inference_geo',
] as const

const MEANING: UsageMeaning = {
  tool: 'Claude API',
  use: 'Claude API',
  states: 'money',
  inputIncludesCache: false,
  // A decimal string of cents: "123.78912" is $1.2378912.
  costs: { amount: 'billed' },
  currency: null,
  moneyUnit: 'cents',
  identity: ['starting_at', ...DIMENSIONS],
  restated: ['amount'],
  restates: 'window',
}

/** Anthropic Admin API, `cost_report`: money by day, in cents. Priority tier costs are not part of it. */
export const anthropicCostReport: JsonFormat = {
  shape: 'json',
  id: 'anthropic-cost-report-json',
  name: 'Anthropic cost report (Admin API, JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      amount: 'billed',
      currency: 'currency',
      model: ['model', 'key'],
      workspace_id: ['workspace', 'key'],
      description: ['detail', 'key'],
      // The detail of a row without a description.
      cost_type: ['key', 'extra'],
      token_type: ['key', 'extra'],
      service_tier: ['key', 'extra'],
      context_window: ['contextWindow', 'key'],
      inference_geo: ['region', 'key'],
    },
    around: { 'data.*.starting_at': ['day', 'key'], has_more: 'note' },
  },
  recognise(pages) {
    const first = firstResult(pages)
    // The report of an Enterprise organisation has a list price as well.
    const isConsole = ownField(first, 'token_type') !== undefined && ownField(first, 'list_amount') === undefined
    return typeof ownField(first, 'amount') === 'string' && isConsole ? 'time buckets with amount and token_type' : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(bucketItems(pages), ({ value, around }, sink) => {
      read.begin(around)
      const from = read.instant('starting_at')
      if (from === null) read.fail('starting_at', missing('a start time'))
      if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
      const day = dayIn(from!, UTC)
      sink.spoke(from!, day)
      if (value === null) return sink.blank()
      read.begin(value)
      const billed = read.money('amount', 'cents')
      if (billed === null) read.fail('amount', missing('an amount'))
      const flaw = read.problem()
      if (flaw) return sink.aside(flaw.column, flaw.issue)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          tool: MEANING.tool,
          model: read.text('model'),
          workspace: read.text('workspace_id'),
          detail: read.text('description') ?? read.text('cost_type'),
          currency: read.text('currency')?.toUpperCase() ?? null,
          billed,
          contextWindow: read.text('context_window'),
          region: read.text('inference_geo'),
        },
        keyOf('anthropic-cost-report', [from, ...DIMENSIONS.map((name) => read.text(name))]),
      )
    })
    return accepted({ records, finish: (sink) => (lacksPages(pages) ? sink.note(morePages()) : undefined) })
  },
}
