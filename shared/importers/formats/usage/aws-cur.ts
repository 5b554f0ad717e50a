import { epochDayOf, MS_PER_DAY, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { namesOf, plainName } from '../../columns.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { missing, otherProducts, unitsNotTokens } from '../../messages.ts'
import { DateReader } from '../../read-dates.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { tokensOfUnit } from './focus.ts'

/** CUR 2.0 writes `line_item_usage_type`, the report before it `lineItem/UsageType`. */
function both(...names: readonly [group: string, name: string]): readonly string[] {
  const [group, name] = names
  const snake = (text: string) => text.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  return [`${snake(group)}_${snake(name)}`, `${group}/${name}`.toLowerCase()]
}

const START = both('lineItem', 'UsageStartDate')
const USAGE_TYPE = both('lineItem', 'UsageType')
const PRODUCT = both('lineItem', 'ProductCode')
const AMOUNT = both('lineItem', 'UsageAmount')
const COST = both('lineItem', 'UnblendedCost')
const PAYER = both('bill', 'PayerAccountId')

const MEANING: UsageMeaning = {
  tool: 'Amazon Bedrock',
  use: null,
  states: 'money',
  // Four usage types of their own; input leaves the cache out.
  inputIncludesCache: false,
  costs: { line_item_unblended_cost: 'billed', pricing_public_on_demand_cost: 'listed' },
  currency: null,
  moneyUnit: 'units',
  identity: [
    PAYER,
    START,
    both('lineItem', 'UsageEndDate'),
    both('lineItem', 'UsageAccountId'),
    USAGE_TYPE,
    both('lineItem', 'Operation'),
    both('lineItem', 'LineItemType'),
    both('lineItem', 'ResourceId'),
    both('lineItem', 'LineItemDescription'),
  ],
  restated: ['line_item_usage_amount', 'line_item_unblended_cost'],
  restates: 'window',
}

/** Tags and cost categories people made, by which money is given to teams. */
const TAGS = /^(?:resource_?tags|cost_?category|user_identity)/

/** End of a usage type -> bucket. The first that fits decides. */
const CLASSES = [
  [/-cache-read-input-token-count/i, 'cacheRead'],
  [/-cache-write-input-token-count/i, 'cacheWriteUnknown'],
  [/-output-tokens?(?:-|$)/i, 'output'],
  [/-input-tokens?(?:-|$)/i, 'uncachedInput'],
] as const

/**
 * AWS Cost and Usage Report, both generations: Bedrock's rows of it. `USE1-Claude4.6Sonnet-input-tokens` names region, model and
 * token class; the unit column says whether the amount counts tokens or thousands. Finest grain: usage type and hour.
 */
export const awsCur: TableFormat = {
  shape: 'table',
  id: 'aws-cur-csv',
  name: 'AWS cost and usage report, Bedrock (CSV)',
  kind: 'usage',
  required: [START, USAGE_TYPE, AMOUNT, COST],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      line_item_usage_start_date: ['day', 'at', 'key'],
      line_item_usage_end_date: ['key', 'extra'],
      line_item_usage_type: ['model', 'detail', 'key'],
      line_item_product_code: 'fate',
      line_item_operation: ['key', 'extra'],
      line_item_line_item_type: ['detail', 'key'],
      line_item_line_item_description: ['key', 'extra'],
      line_item_resource_id: ['key', 'extra'],
      line_item_usage_account_id: ['workspace', 'key'],
      line_item_usage_amount: ['output', 'quantity'],
      line_item_unblended_cost: 'billed',
      line_item_currency_code: 'currency',
      pricing_public_on_demand_cost: 'listed',
      pricing_unit: ['output', 'unit'],
      bill_payer_account_id: ['account', 'key'],
      product_region_code: 'region',
      resource_tags: 'extra',
      cost_category: 'extra',
    },
    left: {
      identity_line_item_id: 'an id of the line in this file alone',
      line_item_blended_cost: 'an average over accounts',
      product_servicename: 'the product once more',
    },
  },
  open(_table, columns) {
    const read = new RowReader(columns.header)
    const dates = new DateReader(null, UTC)
    const identity = MEANING.identity.map((column) => columns.place(...namesOf(column)))
    const at = {
      start: columns.find(...START),
      type: columns.find(...USAGE_TYPE),
      product: columns.find(...PRODUCT),
      amount: columns.find(...AMOUNT),
      cost: columns.find(...COST),
      listed: columns.find(...both('pricing', 'PublicOnDemandCost')),
      currency: columns.find(...both('lineItem', 'CurrencyCode')),
      unit: columns.find(...both('pricing', 'Unit')),
      payer: columns.find(...PAYER),
      account: columns.find(...both('lineItem', 'UsageAccountId')),
      kind: columns.find(...both('lineItem', 'LineItemType')),
      region: columns.find(...both('product', 'RegionCode'), ...both('product', 'Region')),
    }
    return accepted({
      width: columns.header.length,
      // Hundreds of columns are of other services: of those nobody reads, what tells rows apart and what people tagged is kept.
      unread: columns.unasked().filter((at) => identity.includes(at) || TAGS.test(plainName(columns.header[at]!))),
      judge(cells, sink) {
        read.begin(cells)
        const type = read.text(at.type) ?? ''
        const found = CLASSES.find(([pattern]) => pattern.test(type))
        if (!/bedrock/i.test(read.raw(at.product)) && found === undefined) {
          sink.note(otherProducts('Bedrock'))
          return sink.blank()
        }
        const date = read.date(at.start, dates)
        const [billed, listed] = [read.money(at.cost), read.money(at.listed)]
        const amount = read.quantity(at.amount)
        if (billed === null && !read.flaw) read.fail(at.cost, missing('a cost'))
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        const scale = tokensOfUnit(read.raw(at.unit))
        if (found && amount !== null && scale === null)
          sink.note(unitsNotTokens(`amounts in ${read.raw(at.unit) || 'an unnamed unit'}`))
        const tokens = found && amount !== null && scale !== null ? Math.round(amount * scale) : null
        sink.spoke(date.at ?? epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            at: date.at,
            tool: MEANING.tool,
            model: found ? modelOf(type, found[0]) : null,
            workspace: read.text(at.account),
            detail: [read.text(at.kind), type].filter((part) => part !== null).join('/'),
            ...(found && tokens !== null ? { [found[1]]: tokens } : {}),
            currency: read.text(at.currency)?.toUpperCase() ?? null,
            billed,
            listed,
            account: read.text(at.payer),
            region: read.text(at.region) ?? /^([A-Z]{3,4}\d)-/.exec(type)?.[1] ?? null,
            ...(tokens === null && amount !== null ? { quantity: amount, unit: read.text(at.unit) } : {}),
          },
          read.key('aws-cur', identity),
        )
      },
    })
  },
}

/** `USE1-Claude4.6Sonnet-input-tokens-batch` is of `Claude4.6Sonnet`. */
function modelOf(type: string, tokenClass: RegExp): string | null {
  const end = type.search(tokenClass)
  const model = type.slice(0, end).replace(/^[A-Z]{2,4}\d?-/, '')
  return model === '' ? null : model
}
