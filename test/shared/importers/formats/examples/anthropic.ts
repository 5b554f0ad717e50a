import { csvOf, type Example, jsonOf } from '../../../../support/field-effects.ts'
import type { Day } from '../../../../../shared/calendar/index.ts'

const cost = {
  usage_date_utc: '2026-08-01',
  model: 'Claude Opus 4.5',
  workspace: 'w',
  api_key: 'claude_code_key_ann_abcd',
  usage_type: 'message',
  context_window: '≤ 200k',
  token_type: 'output',
  cost_usd: '1.50',
  list_price_usd: '2.00',
  cost_type: 'token',
  inference_geo: 'us',
  speed: 'fast',
}

const tokens = {
  usage_date_utc: '2026-07-16 23:00',
  model_version: 'claude-opus-4-5-20251101',
  api_key: 'claude_code_key_ann_abcd',
  workspace: 'w',
  usage_type: 'batch',
  context_window: '≤ 200k',
  usage_input_tokens_no_cache: '10',
  usage_input_tokens_cache_write: '11',
  usage_input_tokens_cache_write_5m: '12',
  usage_input_tokens_cache_write_1h: '13',
  usage_input_tokens_cache_read: '14',
  usage_output_tokens: '15',
  web_search_count: '16',
  inference_geo: 'us',
  speed: 'fast',
}

const bucket = { starting_at: '2025-08-01T00:00:00Z', ending_at: '2025-08-02T00:00:00Z' }
const pageOf = (data: Example['document']) => ({ data, has_more: false, next_page: null })

const usage = {
  uncached_input_tokens: 1500,
  cache_read_input_tokens: 200,
  cache_creation: { ephemeral_1h_input_tokens: 1000, ephemeral_5m_input_tokens: 500 },
  output_tokens: 500,
  server_tool_use: { web_search_requests: 10 },
  model: 'claude-opus-4-6',
  workspace_id: 'wrkspc_1',
  api_key_id: 'apikey_1',
  account_id: 'user_1',
  service_account_id: 'svac_1',
  service_tier: 'batch',
  context_window: '0-200k',
  inference_geo: 'us',
  speed: 'fast',
}

const costReport = {
  amount: '123.78912',
  currency: 'USD',
  cost_type: 'tokens',
  description: 'Claude Sonnet 4 Usage - Input Tokens',
  model: 'claude-opus-4-6',
  service_tier: 'standard',
  token_type: 'uncached_input_tokens',
  context_window: '0-200k',
  inference_geo: 'global',
  workspace_id: 'wrkspc_1',
}

const accepted = { accepted: 25, rejected: 3 }
const claudeCode = {
  date: '2025-08-08T00:00:00Z',
  actor: { type: 'user_actor', email_address: 'a@example.com', api_key_name: 'k' },
  organization_id: 'o',
  customer_type: 'api',
  subscription_type: 'enterprise',
  is_remote: false,
  terminal_type: 'iTerm.app',
  core_metrics: {
    num_sessions: 15,
    lines_of_code: { added: 342, removed: 128 },
    commits_by_claude_code: 8,
    pull_requests_by_claude_code: 2,
  },
  tool_actions: { edit_tool: accepted, multi_edit_tool: accepted, write_tool: accepted, notebook_edit_tool: accepted },
  model_breakdown: [
    {
      model: 'claude-opus-4-8',
      tokens: { input: 1, output: 2, cache_read: 3, cache_creation: 4 },
      estimated_cost: { amount: 186, currency: 'USD' },
    },
  ],
}

const analytics = {
  starting_at: '2026-01-02T00:00:00Z',
  ending_at: '2026-01-03T00:00:00Z',
  actor: { deleted: true, email: 'jane@example.com', name: 'Jane', type: 'user_actor', user_id: 'user_1' },
  amount: '41280.000000',
  list_amount: '51600.000000',
  currency: 'USD',
  product: 'chat',
  model: 'claude-opus-4-6',
  requests: 128,
  rbac_group_id: 'g',
  slack_channel_id: 'C0',
  cost_type: 'tokens',
  token_type: 'output_tokens',
  context_window: '0-200k',
  inference_geo: 'global',
  speed: 'fast',
  uncached_input_tokens: 1,
  cache_read_input_tokens: 2,
  cache_creation: { ephemeral_1h_input_tokens: 3, ephemeral_5m_input_tokens: 4 },
  output_tokens: 5,
}

const spend = {
  user_email: 'a@example.com',
  account_uuid: 'u-1',
  product: 'chat',
  model: 'Claude Opus 5',
  model_family: 'opus',
  total_requests: '3',
  total_prompt_tokens: '100',
  total_completion_tokens: '10',
  total_net_spend_usd: '1.25',
  total_gross_spend_usd: '2.50',
}
const FEBRUARY = { days: { from: '2026-02-01' as Day, to: '2026-02-28' as Day } }
const { account_uuid: _, ...spendByMail } = spend

export const ANTHROPIC: readonly Example[] = [
  { format: 'anthropic-cost-csv', document: cost, records: '', text: csvOf },
  {
    format: 'anthropic-cost-csv',
    document: { ...cost, api_key_id: 'apikey_1', api_key_status: 'active' },
    records: '',
    text: csvOf,
  },
  { format: 'anthropic-tokens-csv', document: tokens, records: '', text: csvOf },
  { format: 'anthropic-tokens-csv', document: { ...tokens, api_key_id: 'apikey_1' }, records: '', text: csvOf },
  {
    format: 'anthropic-usage-report-json',
    document: pageOf([{ ...bucket, results: [usage] }]),
    records: 'data.*.results.*',
    text: jsonOf,
  },
  {
    format: 'anthropic-usage-report-json',
    document: pageOf([{ ...bucket, ending_at: '2025-08-01T01:00:00Z', results: [usage] }]),
    records: 'data.*.results.*',
    text: jsonOf,
  },
  {
    format: 'anthropic-cost-report-json',
    document: pageOf([{ ...bucket, results: [costReport] }]),
    records: 'data.*.results.*',
    text: jsonOf,
  },
  { format: 'anthropic-claude-code-json', document: pageOf([claudeCode]), records: 'data.*', text: jsonOf },
  {
    format: 'claude-enterprise-analytics-json',
    document: { ...pageOf([analytics]), data_refreshed_at: '2026-02-01T00:00:00Z', organization_id: 'o' },
    records: 'data.*',
    text: jsonOf,
  },
  { format: 'claude-enterprise-spend-csv', document: spend, records: '', text: csvOf, choices: FEBRUARY },
  { format: 'claude-enterprise-spend-csv', document: spendByMail, records: '', text: csvOf, choices: FEBRUARY },
]
