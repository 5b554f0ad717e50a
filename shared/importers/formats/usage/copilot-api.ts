import { epochDayOf, MS_PER_DAY, parseDay } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type JsonPage, ownField } from '../../../tables/index.ts'
import { FieldReader, itemsOf, type JsonItem, judgeItems, keyOf, listAt } from '../../field-reader.ts'
import type { JsonFormat, UsageMeaning } from '../../format.ts'
import { missing, notADay, otherProducts, splitUnproven } from '../../messages.ts'
import { SILENT_USAGE } from '../../usage-row.ts'

const BILLING: UsageMeaning = {
  tool: 'GitHub Copilot',
  use: 'GitHub Copilot',
  states: 'money',
  inputIncludesCache: false,
  costs: { grossAmount: 'listed', discountAmount: 'included', netAmount: 'billed' },
  currency: 'USD',
  moneyUnit: 'units',
  identity: [
    'timePeriod',
    ['organization', 'organizationName'],
    'user',
    'product',
    'sku',
    'model',
    'unitType',
    'costCenter',
    'repositoryName',
  ],
  restated: ['grossQuantity', 'grossAmount', 'discountAmount', 'netAmount'],
  restates: 'key',
}

const ACTIVITY: UsageMeaning = {
  tool: 'GitHub Copilot',
  use: 'GitHub Copilot',
  states: 'tokens',
  // Not proven; the size of the prompt counts suggests it.
  inputIncludesCache: true,
  // AI credits of this report are no invoicing totals, so no money is read from it.
  costs: {},
  currency: null,
  moneyUnit: 'units',
  identity: ['user_id', 'day', 'organization_id'],
  restated: ['user_initiated_interaction_count', 'totals_by_cli'],
  restates: 'key',
}

/** Products of GitHub whose use is AI; minutes of Actions, storage and seats of other products are in the same bill. */
export const AI_PRODUCT = /copilot|spark|models|ai[_ -]credit/i

/** Counts that are read, taken apart once more. */
export const METRIC_BREAKDOWNS = {
  totals_by_ide: 'the same counts by editor',
  totals_by_feature: 'the same counts by feature',
  totals_by_language_feature: 'the same counts by language and feature',
  totals_by_language_model: 'the same counts by language and model',
  totals_by_model_feature: 'the same counts by model and feature',
} as const

/**
 * GitHub REST, `settings/billing/ai_credit/usage` and `premium_request/usage`: one answer for each period asked for. The bill of
 * all products (`settings/billing/usage`) has the same shape with a date in each item: its AI products are read.
 */
export const copilotBillingApi: JsonFormat = {
  shape: 'json',
  id: 'copilot-billing-json',
  name: 'GitHub Copilot billing (API, JSON)',
  kind: 'usage',
  meaning: BILLING,
  fields: {
    of: 'usage',
    read: {
      date: ['day', 'key'],
      product: ['key', 'extra'],
      sku: ['detail', 'key'],
      model: ['model', 'key'],
      unitType: ['unit', 'key'],
      grossQuantity: ['requests', 'quantity'],
      quantity: ['requests', 'quantity'],
      grossAmount: 'listed',
      discountAmount: 'included',
      netAmount: 'billed',
      user: ['person', 'key'],
      organizationName: ['workspace', 'key'],
      repositoryName: ['repository', 'key'],
    },
    around: {
      'timePeriod.year': ['day', 'key'],
      'timePeriod.month': ['day', 'key'],
      'timePeriod.day': ['day', 'key'],
      organization: ['workspace', 'key'],
      enterprise: ['workspace', 'key'],
      user: ['person', 'key'],
      'costCenter.id': 'key',
      'costCenter.name': 'costCenter',
    },
  },
  recognise(pages) {
    const first = itemsOf(pages, 'usageItems')[0]?.value
    return ownField(first, 'grossAmount') !== undefined && ownField(first, 'sku') !== undefined
      ? 'usageItems with sku and grossAmount'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(itemsOf(pages, 'usageItems'), ({ value, around }, sink) => {
      read.begin(around)
      const period = ['timePeriod.year', 'timePeriod.month', 'timePeriod.day'].map((name) => read.text(name))
      const [organization, asked] = [read.text('organization') ?? read.text('enterprise'), read.text('user')]
      const [center, centerName] = [read.text('costCenter.id'), read.text('costCenter.name')]
      read.begin(value)
      // A period of a month stands on its first day.
      const written = read.text('date') ?? dayText(period)
      const day = parseDay(written)
      if (!day.ok) read.fail('timePeriod', written === '' ? missing('a year and a month') : notADay(written))
      const money = {
        listed: read.money('grossAmount'),
        included: read.money('discountAmount'),
        billed: read.money('netAmount'),
      }
      const unit = read.text('unitType')?.toLowerCase() ?? ''
      const quantity = Number(read.text('grossQuantity') ?? read.text('quantity') ?? 'x')
      if (read.flaw || !day.ok) return sink.aside(read.flaw!.column, read.flaw!.issue)
      const person = read.text('user') ?? asked
      sink.spoke(epochDayOf(day.value) * MS_PER_DAY, day.value)
      const [product, sku, model] = [read.text('product'), read.text('sku'), read.text('model')]
      if (!AI_PRODUCT.test(`${product ?? ''} ${sku ?? ''}`)) {
        sink.note(otherProducts('AI use'))
        return sink.blank()
      }
      const workspace = read.text('organizationName') ?? organization
      const repository = read.text('repositoryName')
      // Keys were made before these were known, so silence adds nothing.
      const later = [read.text('date'), repository, center].flatMap((part) => part ?? [])
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day: day.value,
          tool: BILLING.tool,
          model,
          person,
          workspace,
          repository,
          costCenter: centerName,
          detail: sku,
          requests: unit.startsWith('request') && Number.isFinite(quantity) ? quantity : null,
          currency: BILLING.currency,
          ...money,
          ...(unit.startsWith('request') || !Number.isFinite(quantity) ? {} : { quantity, unit }),
        },
        keyOf('copilot-billing-api', [...period, workspace, person, product, sku, model, unit, ...later]),
      )
    })
    return accepted({ records })
  },
}

function dayText([year, month, day]: readonly (string | null)[]): string {
  return year == null || month == null ? '' : `${year}-${month.padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}`
}

/** Copilot usage metrics, people by day: NDJSON as downloaded, or one document with `day_totals`. */
export const copilotMetrics: JsonFormat = {
  shape: 'json',
  id: 'copilot-metrics-json',
  name: 'GitHub Copilot usage metrics (NDJSON)',
  kind: 'usage',
  meaning: ACTIVITY,
  fields: {
    of: 'usage',
    read: {
      day: ['day', 'key'],
      user_id: ['key', 'extra'],
      user_login: 'person',
      organization_id: ['workspace', 'key'],
      user_initiated_interaction_count: 'requests',
      'totals_by_cli.token_usage.prompt_tokens_sum': 'uncachedInput',
      'totals_by_cli.token_usage.output_tokens_sum': 'output',
      // No invoicing totals, as GitHub says.
      ai_credits_used: 'extra',
    },
    left: METRIC_BREAKDOWNS,
  },
  recognise(pages) {
    const first = dayTotalsOf(pages)[0]?.value
    return ownField(first, 'user_login') !== undefined &&
      ownField(first, 'user_initiated_interaction_count') !== undefined
      ? 'records with user_login and user_initiated_interaction_count'
      : null
  },
  open(pages) {
    const read = new FieldReader()
    const records = judgeItems(dayTotalsOf(pages), ({ value }, sink) => {
      read.begin(value)
      const day = read.day('day')
      const requests = read.count('user_initiated_interaction_count')
      const prompt = read.count('totals_by_cli.token_usage.prompt_tokens_sum')
      const output = read.count('totals_by_cli.token_usage.output_tokens_sum')
      if (read.flaw || day === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
      if (prompt !== null) sink.note(splitUnproven())
      sink.spoke(epochDayOf(day) * MS_PER_DAY, day)
      sink.fact(
        'usage',
        {
          ...SILENT_USAGE,
          day,
          tool: ACTIVITY.tool,
          person: read.text('user_login'),
          workspace: read.text('organization_id'),
          detail: 'activity',
          requests,
          uncachedInput: prompt,
          output,
        },
        keyOf('copilot-metrics', [read.text('user_id'), day, read.text('organization_id')]),
      )
    })
    return accepted({ records })
  },
}

export function dayTotalsOf(pages: readonly JsonPage[]): readonly JsonItem[] {
  return pages.flatMap(({ value, line }) => {
    const days =
      listAt(value, 'day_totals') ?? (Array.isArray(value) ? (value as readonly JsonPage['value'][]) : [value])
    return days.map((item) => ({ value: item, around: value, line }))
  })
}
