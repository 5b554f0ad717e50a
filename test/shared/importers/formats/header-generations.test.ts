import { describe, expect, it } from 'vitest'
import type { ImportChoices } from '../../../../shared/importers/index.ts'
import { staged } from '../../../support/stage.ts'

/*
 * Every generation of column names that vendors' tables have had, one record each. A layout is known by what it must have, so
 * columns that come, go or change places leave it what it is, and what the record says is taken over.
 */

interface Generation {
  readonly of: string
  readonly header: string
  readonly row: string
  readonly format: string
  readonly choices?: ImportChoices
}

const ANTHROPIC = {
  usage_date_utc: '2026-02-01',
  model: 'Claude Opus 4.5',
  workspace: 'Shop',
  api_key: 'k',
  cost_usd: '1.89',
}
const CELLS: Readonly<Record<string, string>> = {
  ...ANTHROPIC,
  usage_type: 'message',
  context_window: '≤ 200k',
  token_type: 'output',
  list_price_usd: '2.00',
  cost_type: 'token',
  inference_geo: 'global',
  speed: '',
  api_key_id: 'apikey_1',
  api_key_status: 'active',
  model_version: 'claude-opus-4-5-20251101',
  usage_input_tokens_no_cache: '1',
  usage_input_tokens_cache_write_5m: '2',
  usage_input_tokens_cache_write_1h: '3',
  usage_input_tokens_cache_read: '4',
  usage_output_tokens: '5',
  web_search_count: '0',
  start_time: '1759968000',
  end_time: '1760054400',
  start_time_iso: '2025-10-09T00:00:00',
  end_time_iso: '2025-10-10T00:00:00',
  project_id: 'proj_1',
  num_model_requests: '2.0',
  user_id: 'user-1',
  batch: 'False',
  service_tier: 'default',
  compute_units: '',
  input_tokens: '31422.0',
  output_tokens: '100',
  input_cached_tokens: '22',
  input_cache_write_tokens: '400',
  input_uncached_tokens: '31000',
  amount_value: '0.003400000000000000000000000000000000',
  amount_currency: 'usd',
  line_item: '"gpt-5-nano, input_tokens"',
  organization_id: 'org-1',
  organization_name: 'Acme',
  quantity: '12',
  quantity_unit: 'tokens',
  project_name: 'Shop',
  user_email: 'ada@acme.test',
  api_source: 'api',
  Date: '2026-07-01T10:00:00.000Z',
  User: 'ada@acme.test',
  Kind: 'On-Demand',
  'Max Mode': 'No',
  Model: 'gpt-5',
  Tokens: '19',
  'Cost ($)': '0.10',
  'Input (w/ Cache Write)': '4',
  'Input (w/o Cache Write)': '5',
  'Cache Read': '6',
  Output: '4',
  'Output Tokens': '4',
  'Total Tokens': '19',
  Cost: '0.10',
  Requests: '1',
  'Cloud Agent ID': '',
  'Automation ID': '',
  date: '2026-06-02',
  username: 'ada',
  product: 'copilot',
  sku: 'copilot_ai_credit',
  model_name: 'GPT-5',
  unit_type: 'ai-credits',
  applied_cost_per_quantity: '0.01',
  gross_amount: '0.12',
  discount_amount: '0.12',
  net_amount: '0',
  exceeds_quota: 'False',
  total_monthly_quota: '1900',
  organization: 'acme',
  repository: 'acme/shop',
  cost_center_name: 'R&D',
  aic_quantity: '0',
  aic_gross_amount: '0',
  Timestamp: '2025-08-01T00:00:00Z',
  'Requests Used': '1',
  'Exceeds Monthly Quota': 'false',
  'Total Monthly Quota': 'Unlimited',
  workflow_path: '',
  usage_at: '2025-08-01',
  workflow_name: '',
}

function generation(
  of: string,
  format: string,
  header: string,
  own: Readonly<Record<string, string>> = {},
): Generation {
  const row = header
    .split(',')
    .map((name) => own[name] ?? CELLS[name] ?? '')
    .join(',')
  return { of, header, row, format }
}

const OPENAI_24 =
  'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens,input_text_tokens,output_text_tokens,input_cached_text_tokens,input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,input_cached_image_tokens,output_image_tokens'
const OPENAI_26 = OPENAI_24.replace('service_tier,', 'service_tier,compute_units,').replace(
  'input_cached_tokens,',
  'input_cached_tokens,input_cache_write_tokens,',
)
const CURSOR_END = 'Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens'
const AI_USAGE =
  'date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount'
const METERED =
  'date,product,sku,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,organization,repository,cost_center_name'
const BEFORE = { sku: 'copilot_premium_request', unit_type: 'requests' }
const SEATS = { sku: 'copilot_for_business', unit_type: 'user-months' }

const GENERATIONS: readonly Generation[] = [
  ...[
    'usage_date_utc,model,usage_type,token_type,cost_usd',
    'usage_date_utc,model,api_key,usage_type,token_type,cost_usd',
    'usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd',
    'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type',
    'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type,inference_geo,speed',
    'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed',
    'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status',
  ].map((header) => generation('Anthropic Console cost', 'anthropic-cost-csv', header)),
  ...['', 'context_window,'].flatMap((window) =>
    ['', ',inference_geo,speed'].map((end) =>
      generation(
        'Anthropic Console tokens',
        'anthropic-tokens-csv',
        `usage_date_utc,model_version,api_key,workspace,usage_type,${window}usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count${end}`,
        { usage_type: 'standard' },
      ),
    ),
  ),
  generation(
    'Anthropic Console tokens by hour',
    'anthropic-tokens-csv',
    'usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_output_tokens',
    { usage_date_utc: '2026-07-16 23:00', usage_type: 'standard' },
  ),
  generation('OpenAI usage', 'openai-usage-csv', OPENAI_24, { model: 'gpt-5', input_tokens: '31022.0' }),
  generation('OpenAI usage', 'openai-usage-csv', OPENAI_26, { model: 'gpt-5' }),
  ...[
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,organization_id,organization_name',
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email',
    'start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source',
  ].map((header) => generation('OpenAI cost', 'openai-cost-csv', header)),
  ...[
    'Date,User,Kind,Max Mode,Model,Tokens,Cost ($)',
    'Date,User,Kind,Model,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output,Total Tokens,Cost ($)',
    `Date,Kind,Model,Max Mode,${CURSOR_END},Cost`,
    `Date,User,Kind,Model,Max Mode,${CURSOR_END},Requests`,
    `Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,${CURSOR_END},Cost`,
    `Date,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,${CURSOR_END},Cost`,
  ].map((header) => generation('Cursor usage events', 'cursor-usage-csv', header)),
  ...[
    `${AI_USAGE},total_monthly_quota,organization,repository,cost_center_name,aic_quantity,aic_gross_amount`,
    `${AI_USAGE},total_monthly_quota,organization,repository,cost_center_name,aic_quantity,aic_gross_amount,input,output,cache_read,cache_write`,
    `${AI_USAGE},total_monthly_quota,organization,repository,cost_center_name,aic_quantity,aic_gross_amount,total_input_tokens,total_output_tokens,total_cache_read_tokens,total_cache_creation_tokens`,
  ].map((header) => generation('Copilot AI usage', 'copilot-usage-csv', header, { model: 'GPT-5' })),
  ...[
    `${AI_USAGE},exceeds_quota,total_monthly_quota,organization,cost_center_name,aic_quantity,aic_gross_amount`,
    `${AI_USAGE},exceeds_quota,total_monthly_quota,organization,cost_center_name`,
    'Timestamp,User,Model,Requests Used,Exceeds Monthly Quota,Total Monthly Quota',
  ].map((header) => generation('Copilot premium requests', 'copilot-usage-csv', header, { ...BEFORE, model: 'GPT-5' })),
  ...[METERED, `${METERED},username,workflow_path`, METERED.replace('date,', 'usage_at,')].map((header) =>
    generation('GitHub metered bill', 'copilot-metered-csv', header, SEATS),
  ),
]

describe('every generation of a vendor’s table is the same layout', () => {
  it.each(GENERATIONS)('$of: $header', async ({ header, row, format }) => {
    const { record, keptAside } = await staged('export.csv', `${header}\n${row}\n`)
    expect(keptAside).toEqual([])
    expect([record.format, record.counts]).toEqual([
      format,
      { rows: 1, new: 1, changed: 0, duplicate: 0, keptAside: 0, blank: 0 },
    ])
  })

  it.each(GENERATIONS)(
    'in any order of its columns, with one nobody knows: $of, $header',
    async ({ header, row, format }) => {
      // A quoted comma stays inside its cell.
      const cells = row.match(/"[^"]*"|[^,]+|(?<=^|,)(?=,|$)/g) ?? []
      const turned = [
        ...header.split(',').map((name, i) => [name, cells[i] ?? ''] as const),
        ['brand_new', 'x'] as const,
      ]
      const [names, values] = [turned.map(([name]) => name).reverse(), turned.map(([, cell]) => cell).reverse()]
      const { record, keptAside } = await staged('export.csv', `${names.join(',')}\n${values.join(',')}\n`)
      expect(keptAside).toEqual([])
      expect([record.format, record.counts.new]).toEqual([format, 1])
    },
  )
})
