import { accepted } from '../../../issues/index.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { missing } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { totalOfDaysOf } from '../../total-of-days.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const MEANING: UsageMeaning = {
  tool: 'Claude Enterprise',
  use: 'Claude Enterprise',
  states: 'money',
  // One number of prompt tokens, cached or not: it cannot be taken apart, so it counts as unsplit with the output.
  inputIncludesCache: true,
  // After and before discount. On plans with seats only what goes beyond them.
  costs: { total_net_spend_usd: 'billed', total_gross_spend_usd: 'listed' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: [['account_uuid', 'user_email'], 'product', 'model'],
  restated: ['total_requests', 'total_net_spend_usd', 'total_gross_spend_usd'],
  restates: 'key',
  isTotalOfDays: true,
}

/** Claude Enterprise or Team, "Export spend report": a person, product and model each, totals of a range it does not state. */
export const anthropicSpendReport: TableFormat = {
  shape: 'table',
  id: 'claude-enterprise-spend-csv',
  name: 'Claude Enterprise spend report (CSV)',
  kind: 'usage',
  required: ['user_email', 'product', 'model', 'total_requests', 'total_prompt_tokens', 'total_net_spend_usd'],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      // The key of a row where there is no account.
      user_email: ['person', 'key'],
      account_uuid: ['key', 'extra'],
      product: ['workspace', 'key'],
      model: ['model', 'key'],
      total_requests: 'requests',
      total_prompt_tokens: 'unsplitTokens',
      total_completion_tokens: 'unsplitTokens',
      total_net_spend_usd: 'billed',
      total_gross_spend_usd: 'listed',
    },
  },
  open(table, columns, context) {
    const first = table.batches().next().value
    const total = totalOfDaysOf(context, 'spend of people', (first?.rows.length ?? 0) > 0)
    if (!total.ok) return total
    const range = total.value
    const read = new RowReader(columns.header)
    const at = {
      email: columns.find('user_email'),
      account: columns.place('account_uuid'),
      product: columns.find('product'),
      model: columns.find('model'),
      requests: columns.find('total_requests'),
      prompt: columns.find('total_prompt_tokens'),
      completion: columns.find('total_completion_tokens'),
      net: columns.find('total_net_spend_usd'),
      gross: columns.find('total_gross_spend_usd'),
    }
    const identity = [at.account < 0 ? at.email : at.account, at.product, at.model]
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        read.begin(cells)
        const [prompt, output] = [read.count(at.prompt), read.count(at.completion)]
        const [billed, listed] = [read.money(at.net), read.money(at.gross)]
        const requests = read.quantity(at.requests)
        if (billed === null && listed === null && !read.flaw) read.fail(at.net, missing('an amount'))
        if (read.flaw || range === null) return sink.aside(read.flaw?.column ?? null, read.flaw!.issue)
        range.speak(sink)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: range.day,
            tool: MEANING.tool,
            model: read.text(at.model),
            person: read.text(at.email) ?? read.text(at.account),
            workspace: read.text(at.product),
            requests,
            unsplitTokens: prompt === null && output === null ? null : (prompt ?? 0) + (output ?? 0),
            currency: MEANING.currency,
            billed,
            listed,
          },
          read.key(`claude-spend|${range.range}`, identity),
        )
      },
    })
  },
}
