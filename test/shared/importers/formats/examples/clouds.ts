import { csvOf, type Example } from '../../../../support/field-effects.ts'

/** FOCUS 1.2 with what 1.3 and 1.4 add and a column of a tool's own. */
const focus = {
  BilledCost: '0',
  BillingAccountId: '1',
  BillingAccountName: 'Acme',
  BillingCurrency: 'USD',
  BillingPeriodEnd: '2026-07-01T00:00:00Z',
  BillingPeriodStart: '2026-06-01T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargeClass: '',
  ChargeDescription: 'Tokens of a model',
  ChargePeriodEnd: '2026-06-03T00:00:00Z',
  ChargePeriodStart: '2026-06-02T00:00:00Z',
  CommitmentDiscountId: 'cd-1',
  CommitmentDiscountStatus: 'Used',
  ConsumedQuantity: '1000',
  ConsumedUnit: 'Tokens',
  ContractApplied: 'c-1',
  ContractedCost: '1.5',
  EffectiveCost: '1.25',
  HostProviderName: 'AWS',
  InvoiceId: 'i-1',
  InvoiceIssuerName: 'AWS',
  ListCost: '2.5',
  PricingCategory: 'Standard',
  PricingCurrency: 'USD',
  PricingQuantity: '1',
  PricingUnit: '1000 Tokens',
  ProviderName: 'AWS',
  PublisherName: 'AWS',
  RegionId: 'us-east-1',
  ResourceId: 'arn:1',
  ResourceName: 'Claude',
  ServiceCategory: 'AI and Machine Learning',
  ServiceName: 'Bedrock',
  ServiceSubcategory: 'Generative AI',
  SkuId: 'sku-1',
  SkuMeter: 'Input tokens',
  SkuPriceId: 'price-1',
  SkuPriceDetails: '{"CoreCount": 4}',
  SubAccountId: 's-1',
  SubAccountName: 'Team A',
  Tags: '{"team":"core"}',
  AllocatedResourceId: 'ar-1',
  x_AIModel: 'Claude Sonnet 5',
  x_ConsumedTokens: '1000',
}
const plain = (row: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(row).map(([name, cell]) => [name.toLowerCase(), cell]))
const { ProviderName: _provider, x_AIModel: _model, SubAccountName: _name, SubAccountId: _id, ...rest } = focus

const OTHERS = { chargecategory: 'Purchase', tags: '{"team":"other"}' }
const OF_CELLS = { records: '', text: csvOf }
export const CLOUDS: readonly Example[] = [
  { format: 'focus-csv', document: plain(focus), others: OTHERS, ...OF_CELLS },
  {
    format: 'focus-csv',
    document: plain({ ...rest, ServiceProviderName: 'AWS', ConsumedUnit: 'Hours', ChargeClass: 'Correction' }),
    others: OTHERS,
    ...OF_CELLS,
  },
]
