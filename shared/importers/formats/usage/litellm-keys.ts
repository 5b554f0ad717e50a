import { accepted } from '../../../issues/index.ts'
import { type JsonPage, type JsonValue, ownField } from '../../../tables/index.ts'
import { FieldReader, type JsonItem, judgeItems, keyOf, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, splitUnproven } from '../../messages.ts'
import { totalOfDaysOf } from '../../total-of-days.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const MEANING: UsageMeaning = {
  tool: 'LiteLLM',
  use: 'requests through a gateway',
  states: 'money',
  inputIncludesCache: true,
  // Computed by the gateway, nobody's invoice.
  costs: { total_cost: 'estimated' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: ['api_key', 'model'],
  restated: ['total_cost', 'total_input_tokens', 'total_output_tokens'],
  restates: 'key',
  isTotalOfDays: true,
}

function keysOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) =>
    (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).map((item) => ({
      value: item,
      around: value,
      line,
    })),
  )
}

/** LiteLLM `/global/spend/report`, by key: totals of each key and model over the days that were asked for, which it does not state. */
export const litellmKeys: JsonFormat = {
  shape: 'json',
  id: 'litellm-keys-json',
  name: 'LiteLLM spend report by key (JSON)',
  kind: 'usage',
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      api_key: ['apiKey', 'key'],
      'model_details.*.model': ['model', 'key'],
      'model_details.*.total_cost': 'estimated',
      'model_details.*.total_input_tokens': 'uncachedInput',
      'model_details.*.total_output_tokens': 'output',
    },
    left: {
      total_cost: 'the sum over its models',
      total_input_tokens: 'the sum over its models',
      total_output_tokens: 'the sum over its models',
    },
  },
  recognise(pages) {
    const first = keysOf(pages)[0]?.value
    const marks = ['api_key', 'total_cost', 'model_details']
    return marks.every((name) => ownField(first, name) !== undefined) ? `records with ${marks.join(', ')}` : null
  },
  open(pages, context) {
    const total = totalOfDaysOf(context, 'spend of keys', true)
    if (!total.ok) return total
    const range = total.value!
    const read = new FieldReader()
    const records = judgeItems(keysOf(pages), ({ value }, sink) => {
      read.begin(value)
      const apiKey = read.text('api_key')
      if (apiKey === null) read.fail('api_key', missing('a key'))
      const rows = (listAt(value, 'model_details') ?? []).map((model) => {
        const flaw = read.problem()
        read.begin(model)
        const row = {
          ...SILENT_USAGE,
          day: range.day,
          tool: MEANING.tool,
          model: read.text('model'),
          apiKey,
          uncachedInput: read.count('total_input_tokens'),
          output: read.count('total_output_tokens'),
          currency: MEANING.currency,
          estimated: read.money('total_cost'),
        }
        return { row, flaw: flaw ?? read.problem() }
      })
      const bad = rows.find(({ flaw }) => flaw !== null)?.flaw ?? read.problem()
      if (bad) return sink.aside(bad.column, bad.issue)
      range.speak(sink)
      if (rows.length === 0) return sink.blank()
      sink.note(splitUnproven())
      for (const { row } of rows) sink.fact('usage', row, keyOf(`litellm-keys|${range.range}`, [apiKey, row.model]))
    })
    return accepted({ records })
  },
}
