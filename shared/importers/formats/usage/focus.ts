import { MS_PER_DAY, epochDayOf, UTC } from '../../../calendar/index.ts'
import { accepted } from '../../../issues/index.ts'
import { type Columns, namesOf } from '../../columns.ts'
import type { TableFormat, UsageMeaning } from '../../format.ts'
import { amortised, centuryAssumed, missing, notOneOf, virtualCurrency } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { SILENT_USAGE } from '../../usage-row.ts'
import { openDates } from './copilot-usage.ts'

const CATEGORIES = ['usage', 'purchase', 'tax', 'credit', 'adjustment']

const MEANING: UsageMeaning = {
  tool: '',
  use: null,
  states: 'money',
  inputIncludesCache: false,
  // A prepaid purchase is billed once and effective over its use; adding both counts it twice. Effective cost is taken.
  costs: { effectivecost: 'billed', listcost: 'listed' },
  currency: null,
  moneyUnit: 'units',
  identity: [
    ['serviceprovidername', 'providername'],
    'billingaccountid',
    'billingperiodstart',
    'chargeperiodstart',
    'chargeperiodend',
    'chargecategory',
    'chargeclass',
    'chargedescription',
    'skuid',
    'skupriceid',
    'skumeter',
    'resourceid',
    'subaccountid',
    'regionid',
    'pricingcategory',
    'commitmentdiscountid',
    'commitmentdiscountstatus',
    'allocatedresourceid',
    'tags',
  ],
  restated: ['effectivecost', 'billedcost', 'listcost', 'consumedquantity'],
  restates: 'window',
}

/** `Tokens`, `Token`, `1000 Tokens`, `1M tokens`; null = another unit. */
export function tokensOfUnit(unit: string): number | null {
  const match = /^(?:(\d+)\s*([km])?\s+)?tokens?$/i.exec(unit.trim())
  if (!match) return null
  const scale = match[2]?.toLowerCase() === 'k' ? 1000 : match[2]?.toLowerCase() === 'm' ? 1_000_000 : 1
  return Number(match[1] ?? '1') * scale
}

/** Accounts of two providers may be numbered alike. */
function accountOf(provider: string | null, payer: string | null): string | null {
  return payer === null ? null : provider === null ? payer : `${provider}/${payer}`
}

/** What the first of these columns says that says something; the text of the others is kept beside the row. */
function firstSaid(columns: Columns, first: string, ...others: readonly string[]): (read: RowReader) => string | null {
  const places = [columns.find(first), ...others.map((name) => columns.place(name))]
  return (read) => places.map((at) => read.text(at)).find((said) => said !== null) ?? null
}

/** Hours, gigabytes, seats: what is consumed and is no tokens. */
function quantityOf(
  read: RowReader,
  at: number,
  unitAt: number,
): { readonly quantity?: number; readonly unit?: string } {
  const text = read.raw(at).trim()
  const unit = read.text(unitAt)
  return text === '' || unit === null || !Number.isFinite(Number(text)) ? {} : { quantity: Number(text), unit }
}

/** The token class is said by the SKU only, if at all. The first that fits decides. */
const CLASSES = [
  [/cache[ _-]?(?:read|hit)|cached[ _-]?input/i, 'cacheRead'],
  [/cache[ _-]?(?:write|creation)/i, 'cacheWriteUnknown'],
  [/output|completion/i, 'output'],
  [/input|prompt/i, 'uncachedInput'],
] as const

/** FOCUS 1.0 to 1.4, CSV. Period ends are exclusive; the word NULL stands for nothing; times without a zone are UTC. */
export const focus: TableFormat = {
  shape: 'table',
  id: 'focus-csv',
  name: 'FOCUS cost and usage (CSV)',
  kind: 'usage',
  required: ['billedcost', 'effectivecost', 'chargeperiodstart', 'chargeperiodend', 'chargecategory'],
  meaning: MEANING,
  fields: {
    of: 'usage',
    read: {
      chargeperiodstart: ['day', 'key'],
      chargeperiodend: ['key', 'extra'],
      billingperiodstart: ['key', 'extra'],
      billingaccountid: ['account', 'key'],
      chargecategory: ['detail', 'key'],
      chargeclass: ['key', 'extra'],
      chargedescription: ['detail', 'key'],
      effectivecost: 'billed',
      listcost: 'listed',
      // What an invoice says of prepaid use: beside the effective cost it would count twice.
      billedcost: 'extra',
      billingcurrency: 'currency',
      pricingcurrency: 'extra',
      consumedquantity: ['quantity', 'uncachedInput'],
      consumedunit: ['unit', 'quantity', 'uncachedInput'],
      servicename: 'tool',
      serviceprovidername: ['account', 'key'],
      providername: ['account', 'key'],
      x_aimodel: 'model',
      resourcename: ['model', 'extra'],
      subaccountname: 'workspace',
      subaccountid: ['key', 'extra'],
      billingaccountname: ['workspace', 'extra'],
      // These three say whether tokens are of input, output or the cache.
      skumeter: ['key', 'extra'],
      skuid: ['key', 'extra'],
      skupriceid: ['key', 'extra'],
      resourceid: ['key', 'extra'],
      regionid: ['region', 'key'],
      pricingcategory: ['key', 'extra'],
      commitmentdiscountid: ['key', 'extra'],
      commitmentdiscountstatus: ['key', 'extra'],
      allocatedresourceid: ['key', 'extra'],
      tags: ['key', 'extra'],
    },
  },
  open(table, columns, context) {
    const read = new RowReader(columns.header)
    const startAt = columns.find('chargeperiodstart')
    const opened = openDates(table, startAt, { ...context, zone: UTC })
    if (!opened.ok) return opened
    const { dates, hasShortYears } = opened.value
    const identity = MEANING.identity.map((names) => columns.place(...namesOf(names)))
    const at = {
      category: columns.find('chargecategory'),
      description: columns.find('chargedescription'),
      effective: columns.find('effectivecost'),
      invoiced: columns.place('billedcost'),
      list: columns.find('listcost'),
      currency: columns.find('billingcurrency'),
      pricing: columns.place('pricingcurrency'),
      quantity: columns.find('consumedquantity'),
      unit: columns.find('consumedunit'),
      service: firstSaid(columns, 'servicename', 'serviceprovidername', 'providername'),
      model: firstSaid(columns, 'x_aimodel', 'resourcename'),
      sku: [columns.place('skumeter'), columns.place('skuid'), columns.find('chargedescription')],
      workspace: firstSaid(columns, 'subaccountname', 'subaccountid', 'billingaccountname', 'billingaccountid'),
      provider: columns.find('serviceprovidername', 'providername'),
      payer: columns.find('billingaccountid'),
      region: columns.find('regionid'),
    }
    return accepted({
      width: columns.header.length,
      judge(cells, sink) {
        cells.forget('NULL')
        read.begin(cells)
        const date = read.date(startAt, dates)
        const billed = read.money(at.effective)
        const invoiced = read.money(at.invoiced)
        const listed = read.money(at.list)
        const category = read.text(at.category)
        if (category === null) read.fail(at.category, missing('a charge category'))
        else if (!CATEGORIES.includes(category.toLowerCase()))
          read.fail(at.category, notOneOf(category, ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']))
        if (billed === null) read.fail(at.effective, missing('an effective cost'))
        const scale = tokensOfUnit(read.raw(at.unit))
        const quantity = scale === null ? null : read.amount(at.quantity, read.raw(at.quantity))
        if (read.flaw || date === null) return sink.aside(read.flaw!.column, read.flaw!.issue)
        if (hasShortYears) sink.note(centuryAssumed())
        if (invoiced !== billed) sink.note(amortised())
        const pricing = read.text(at.pricing)
        if (pricing !== null && !/^[A-Z]{3}$/.test(pricing)) sink.note(virtualCurrency(pricing))
        const tokens = quantity === null || scale === null ? null : Math.round((Number(quantity) * scale) / 1e9)
        const sku = at.sku.map((position) => read.text(position) ?? '').join(' ')
        const tokenClass = CLASSES.find(([pattern]) => pattern.test(sku))?.[1] ?? 'unsplitTokens'
        sink.spoke(date.at ?? epochDayOf(date.day) * MS_PER_DAY, date.day)
        sink.fact(
          'usage',
          {
            ...SILENT_USAGE,
            day: date.day,
            tool: at.service(read),
            model: at.model(read),
            workspace: at.workspace(read),
            detail: [category, read.text(at.description)].filter((part) => part !== null).join('/'),
            ...(tokens === null ? {} : { [tokenClass]: tokens }),
            currency: read.text(at.currency)?.toUpperCase() ?? null,
            billed,
            listed,
            account: accountOf(read.text(at.provider), read.text(at.payer)),
            region: read.text(at.region),
            ...(tokens === null ? quantityOf(read, at.quantity, at.unit) : {}),
          },
          read.key('focus', identity),
        )
      },
    })
  },
}
