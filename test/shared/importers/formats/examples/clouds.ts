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

const cur = {
  identity_line_item_id: 'x1',
  bill_payer_account_id: '111',
  line_item_usage_start_date: '2026-06-02T10:00:00Z',
  line_item_usage_end_date: '2026-06-02T11:00:00Z',
  line_item_usage_account_id: '222',
  line_item_line_item_type: 'Usage',
  line_item_product_code: 'AmazonBedrock',
  line_item_usage_type: 'USE1-Claude4.6Sonnet-output-tokens',
  line_item_operation: 'InvokeModel',
  line_item_resource_id: 'arn:1',
  line_item_line_item_description: 'tokens',
  line_item_usage_amount: '5',
  line_item_currency_code: 'USD',
  line_item_unblended_cost: '1.25',
  line_item_blended_cost: '1.25',
  pricing_public_on_demand_cost: '2.5',
  pricing_unit: '1K tokens',
  product_region_code: 'us-east-1',
  product_servicename: 'Amazon Bedrock',
  resource_tags: '{"user_team":"core"}',
  cost_category: '{"team":"core"}',
}

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
  {
    format: 'aws-cur-csv',
    document: cur,
    others: {
      // Tokens and the product both tell it is Bedrock's; without both it is not.
      line_item_product_code: { line_item_product_code: 'AmazonEC2', line_item_usage_type: 'BoxUsage' },
      line_item_usage_type: 'USE1-Claude5Sonnet-output-tokens',
      pricing_unit: '1M tokens',
    },
    ...OF_CELLS,
  },
  { format: 'aws-cur-csv', document: { ...cur, pricing_unit: 'hours' }, others: { pricing_unit: 'days' }, ...OF_CELLS },
]
