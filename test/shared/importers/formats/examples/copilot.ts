import { csvOf, type Example, jsonOf } from '../../../../support/field-effects.ts'

const report = {
  date: '2026-06-01',
  username: 'ann',
  product: 'copilot',
  sku: 'copilot_ai_credit',
  model: 'Auto: GPT-5.3-Codex',
  quantity: '12.5',
  unit_type: 'ai-credits',
  applied_cost_per_quantity: '0.01',
  gross_amount: '0.125',
  discount_amount: '0.100',
  net_amount: '0.025',
  total_monthly_quota: '1900',
  organization: 'acme',
  repository: 'api',
  cost_center_name: 'R&D',
  aic_quantity: '0',
  aic_gross_amount: '0',
  input: '10',
  output: '20',
  cache_read: '30',
  cache_write: '40',
}
const { input: _i, output: _o, cache_read: _r, cache_write: _w, ...withoutTokens } = report
const aliases = {
  total_input_tokens: '10',
  total_output_tokens: '20',
  total_cache_read_tokens: '30',
  total_cache_creation_tokens: '40',
}
const first = {
  timestamp: '2025-07-01T10:00:00Z',
  user: 'ann',
  model: 'gpt-5',
  'requests used': '2',
  'exceeds monthly quota': 'false',
  'total monthly quota': '300',
}

const metered = {
  date: '2026-06-01',
  product: 'copilot',
  sku: 'copilot_for_business',
  quantity: '3',
  unit_type: 'user-months',
  applied_cost_per_quantity: '19',
  gross_amount: '57',
  discount_amount: '7',
  net_amount: '50',
  username: 'ann',
  organization: 'acme',
  repository: 'api',
  cost_center_name: 'R&D',
  workflow_path: '.github/workflows/ci.yml',
}
const { date: _date, workflow_path: _path, ...oldMetered } = metered

const item = {
  product: 'Copilot',
  sku: 'Copilot AI Credit',
  model: 'GPT-5',
  unitType: 'ai-credits',
  pricePerUnit: 0.01,
  grossQuantity: 100,
  grossAmount: 1,
  discountQuantity: 90,
  discountAmount: 0.9,
  netQuantity: 10,
  netAmount: 0.1,
}
const billing = {
  timePeriod: { year: 2026, month: 6, day: 2 },
  organization: 'acme',
  user: 'ann',
  costCenter: { id: 'cc-1', name: 'R&D' },
  usageItems: [item],
}
const { organization: _organization, user: _user, ...ofEnterprise } = billing
const allProducts = {
  date: '2026-06-02',
  product: 'copilot',
  sku: 'code_quality_ai_credit',
  quantity: 100,
  unitType: 'requests',
  pricePerUnit: 0.04,
  grossAmount: 4,
  discountAmount: 1,
  netAmount: 3,
  organizationName: 'acme',
  repositoryName: 'acme/api',
}

const counts = {
  user_initiated_interaction_count: 24,
  code_generation_activity_count: 25,
  code_acceptance_activity_count: 24,
  loc_suggested_to_add_sum: 1,
  loc_suggested_to_delete_sum: 2,
  loc_added_sum: 435,
  loc_deleted_sum: 29,
  totals_by_ide: [{ ide: 'vscode', loc_added_sum: 1 }],
  totals_by_feature: [{ feature: 'copilot_cli', loc_added_sum: 435 }],
  totals_by_language_feature: [{ language: 'typescript', feature: 'copilot_cli', loc_added_sum: 330 }],
  totals_by_language_model: [{ language: 'typescript', model: 'claude-sonnet-4.6', loc_added_sum: 330 }],
  totals_by_model_feature: [{ model: 'claude-sonnet-4.6', feature: 'copilot_cli', loc_added_sum: 330 }],
  totals_by_cli: {
    session_count: 3,
    request_count: 30,
    prompt_count: 24,
    token_usage: { output_tokens_sum: 1000, prompt_tokens_sum: 90_000, avg_tokens_per_request: 3033.3 },
  },
}
const person = {
  day: '2026-04-25',
  user_id: 338_097,
  user_login: 'hubot',
  organization_id: '100000001',
  enterprise_id: '200001',
  ...counts,
  used_agent: true,
  used_chat: false,
  used_cli: true,
  ai_credits_used: 12.5,
}
const organisation = {
  day: '2026-04-25',
  daily_active_users: 12,
  weekly_active_users: 20,
  monthly_active_users: 30,
  ...counts,
  pull_requests: { total_created: 4, total_reviewed: 5, total_created_by_copilot: 1 },
}
const around = { report_start_day: '2026-04-25', report_end_day: '2026-04-25', created_at: '2026-04-26T03:36:11Z' }

const OF_CELLS = { records: '', text: csvOf }
export const COPILOT: readonly Example[] = [
  { format: 'copilot-usage-csv', document: report, ...OF_CELLS },
  { format: 'copilot-usage-csv', document: { ...withoutTokens, ...aliases, unit_type: 'requests' }, ...OF_CELLS },
  { format: 'copilot-usage-csv', document: first, ...OF_CELLS },
  { format: 'copilot-metered-csv', document: metered, ...OF_CELLS },
  {
    format: 'copilot-metered-csv',
    document: { ...oldMetered, usage_at: '2026-06-01', workflow_name: 'ci', unit_type: 'requests' },
    ...OF_CELLS,
  },
  { format: 'copilot-billing-json', document: billing, records: 'usageItems.*', text: jsonOf },
  {
    format: 'copilot-billing-json',
    document: { ...ofEnterprise, enterprise: 'acme', usageItems: [{ ...item, user: 'ann', unitType: 'requests' }] },
    records: 'usageItems.*',
    text: jsonOf,
  },
  {
    format: 'copilot-billing-json',
    document: { usageItems: [allProducts, { ...allProducts, sku: 'spark', unitType: 'ai-credits' }] },
    records: 'usageItems.*',
    text: jsonOf,
  },
  {
    format: 'copilot-metrics-json',
    document: { ...around, organization_id: '1', day_totals: [person] },
    records: 'day_totals.*',
    text: jsonOf,
  },
  { format: 'copilot-metrics-json', document: person, records: '', text: jsonOf },
  {
    format: 'copilot-organization-metrics-json',
    document: { ...around, organization_id: '1', day_totals: [organisation] },
    records: 'day_totals.*',
    text: jsonOf,
  },
  {
    format: 'copilot-organization-metrics-json',
    document: { ...around, enterprise_id: '1', day_totals: [organisation] },
    records: 'day_totals.*',
    text: jsonOf,
  },
  {
    format: 'copilot-organization-metrics-json',
    document: { ...organisation, organization_id: '1', enterprise_id: '2' },
    records: '',
    text: jsonOf,
  },
  {
    format: 'copilot-organization-metrics-json',
    document: { ...organisation, enterprise_id: '2' },
    records: '',
    text: jsonOf,
  },
]
