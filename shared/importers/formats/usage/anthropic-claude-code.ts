import { epochDayOf, MS_PER_DAY } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, judgeItems, keyOf, lacksPages, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { morePages } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const MEANING: UsageMeaning = {
  tool: 'Claude Code',
  use: 'Claude Code',
  partOf: 'Claude API',
  states: 'money',
  inputIncludesCache: false,
  // Cents as a number; computed by Anthropic, not invoiced.
  costs: { estimated_cost: 'estimated' },
  currency: null,
  moneyUnit: 'cents',
  identity: ['date', 'actor', 'terminal_type', 'is_remote', 'customer_type', 'model'],
  restated: ['tokens', 'estimated_cost'],
  restates: 'key',
}

/** Anthropic Admin API, `usage_report/claude_code`: a person and day each, taken apart by model. */
export const anthropicClaudeCode: JsonFormat = {
  shape: 'json',
  id: 'anthropic-claude-code-json',
  name: 'Claude Code analytics (Admin API, JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      'actor.email_address': ['person', 'key'],
      'actor.api_key_name': 'apiKey',
      customer_type: ['detail', 'key'],
      terminal_type: ['key', 'extra'],
      is_remote: ['key', 'extra'],
      'model_breakdown.*.model': ['model', 'key'],
      'model_breakdown.*.tokens.input': 'uncachedInput',
      'model_breakdown.*.tokens.output': 'output',
      'model_breakdown.*.tokens.cache_read': 'cacheRead',
      'model_breakdown.*.tokens.cache_creation': 'cacheWriteUnknown',
      'model_breakdown.*.estimated_cost.amount': 'estimated',
      'model_breakdown.*.estimated_cost.currency': 'currency',
    },
    around: { has_more: 'note' },
  },
  recognise(pages) {
    const first = itemsOf(pages, 'data')[0]?.value
    return listAt(first, 'model_breakdown') !== null && ownField(first, 'actor') !== undefined
      ? 'records with actor and model_breakdown'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(itemsOf(pages, 'data'), ({ value }, sink) => {
      read.begin(value)
      const day = read.day('date')
      if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      const apiKey = read.text('actor.api_key_name')
      const person = read.text('actor.email_address')
      const [terminal, remote, customer] = ['terminal_type', 'is_remote', 'customer_type'].map((name) =>
        read.text(name),
      )
      const models = listAt(value, 'model_breakdown') ?? []
      const rows = models.map((model) => {
        read.begin(model)
        return {
          ...SILENT_USAGE,
          day,
          tool: MEANING.tool,
          model: read.text('model'),
          person,
          apiKey,
          detail: customer ?? null,
          uncachedInput: read.count('tokens.input'),
          cacheWriteUnknown: read.count('tokens.cache_creation'),
          cacheRead: read.count('tokens.cache_read'),
          output: read.count('tokens.output'),
          currency: read.text('estimated_cost.currency')?.toUpperCase() ?? null,
          estimated: read.money('estimated_cost.amount', 'cents'),
          flaw: read.flaw,
        }
      })
      const bad = rows.find(({ flaw }) => flaw !== null)?.flaw
      if (bad) return sink.aside(bad.column, bad.issue)
      sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
      if (rows.length === 0) return sink.blank()
      for (const { flaw: _, ...row } of rows) {
        const parts = [day, person ?? apiKey, terminal ?? null, remote ?? null, customer ?? null, row.model]
        sink.fact('usage', row, keyOf('claude-code', parts))
      }
    })
    return accepted({ records, finish: (sink) => (lacksPages(pages) ? sink.note(morePages()) : undefined) })
  },
}
