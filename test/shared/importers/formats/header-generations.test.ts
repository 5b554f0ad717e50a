import { describe, expect, it } from 'vitest'
import { eachFact, resolveFacts } from '../../../../shared/facts/index.ts'
import { recogniseFormat, sourceDocumentOf } from '../../../../shared/importers/index.ts'
import { formatNanos } from '../../../../shared/money/index.ts'
import { instantOf } from '../../../../shared/quantities/index.ts'
import { bytesOf, staged } from '../../../support/stage.ts'

/*
 * Every generation of column names that vendors' tables have had, one record each. A layout is known by what it must have, so
 * columns that come, go or change places leave it what it is, and what the record says is taken over.
 */

interface Generation {
  readonly of: string
  readonly header: string
  readonly row: string
  readonly format: string
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

const LOGS =
  'request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model,model_id,custom_llm_provider,user,metadata,messages,response,team_id,end_user,session_id'
const DAILY =
  'date,api_key,model,model_group,custom_llm_provider,mcp_namespaced_tool_name,endpoint,prompt_tokens,completion_tokens,cache_read_input_tokens,cache_creation_input_tokens,spend,api_requests,successful_requests,failed_requests'
const DEVLAKE_PULLS =
  'id,base_repo_id,head_repo_id,status,original_status,title,url,author_name,author_id,merged_by_id,parent_pr_id,pull_request_key,created_date,merged_date,closed_date,type,component,merge_commit_sha,head_ref,base_ref,base_commit_sha,head_commit_sha,additions,deletions,is_draft'
const FOCUS_12 =
  'BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargeClass,ChargeDescription,ChargePeriodEnd,ChargePeriodStart,ContractedCost,EffectiveCost,InvoiceIssuerName,ListCost,PricingQuantity,PricingUnit,ProviderName,PublisherName,ServiceCategory,ServiceName'
const LINEAR_30 =
  'ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue,Initiatives,Project Milestone ID,Project Milestone,SLA Status,Roadmaps'

describe('every other table is told by its columns', () => {
  it.each([
    ['focus-csv', FOCUS_12],
    [
      'focus-csv',
      FOCUS_12.replace('ProviderName,PublisherName', 'ServiceProviderName,HostProviderName,InvoiceDetailId'),
    ],
    [
      'aws-cur-csv',
      'line_item_usage_start_date,line_item_usage_type,line_item_usage_amount,line_item_unblended_cost,line_item_currency_code,line_item_product_code,pricing_unit',
    ],
    [
      'aws-cur-csv',
      'lineItem/UsageStartDate,lineItem/UsageType,lineItem/UsageAmount,lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/ProductCode,pricing/unit',
    ],
    [
      'cursor-models-csv',
      'Model,Request Count,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost ($)',
    ],
    [
      'claude-enterprise-spend-csv',
      'user_email,account_uuid,product,model,total_requests,total_prompt_tokens,total_completion_tokens,total_net_spend_usd,total_gross_spend_usd',
    ],
    ['litellm-logs-csv', LOGS],
    ['litellm-daily-csv', `id,user_id,${DAILY}`],
    ['litellm-daily-csv', `id,team_id,${DAILY}`],
    ['import/not-needed', `id,tag,${DAILY}`],
    ['openrouter-activity-csv', 'Date,Slug,Usage,BYOK Usage,Requests,Prompt Tokens,Completion Tokens,Reasoning Tokens'],
    [
      'openrouter-generations-csv',
      'generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,variant,cancelled,streamed,user,finish_reason_raw,finish_reason_normalized,generation_time_ms,time_to_first_token_ms,api_key_disabled,api_key_name,app_name',
    ],
    [
      'langfuse-observations-csv',
      'id,trace_id,project_id,environment,type,start_time,end_time,name,metadata,provided_model_name,usage_details,cost_details,total_cost,latency,user_id,session_id,trace_name,model_id,updated_at',
    ],
    [
      'gitlab-merge-requests-csv',
      'Title,Description,MR ID,URL,State,Source Branch,Target Branch,Source Project ID,Target Project ID,Author,Author Username,Assignees,Assignee Usernames,Approvers,Approver Usernames,Merged User,Merged Username,Milestone ID,Created At (UTC),Updated At (UTC)',
    ],
    [
      'gitlab-issues-csv',
      'Title,Description,URL,State,Labels,Due Date,Created At (UTC),Closed At (UTC),Weight,Time Estimate',
    ],
    ['linear-csv', LINEAR_30],
    ['linear-csv', `UUID,${LINEAR_30},Time in status (minutes),Related to,Blocked by,Duplicate of`],
    ['azure-work-items-csv', 'ID,Work Item Type,Title,Assigned To,State,Tags'],
    ['azure-work-items-csv', 'ID,Work Item Type,Title 1,Title 2,Assigned To,State,Tags'],
    [
      'jira-csv',
      'Summary,Issue key,Issue id,Parent id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Reporter,Creator,Created,Updated,Last Viewed,Resolved,Labels,Labels',
    ],
    [
      'jira-changelog-csv',
      'Issue Key,Summary,Author,Created,Field Type,Field,Field Id,From,From String,To,To String,From AccountId,To AccountId',
    ],
    [
      'pagerduty-csv',
      'id,incident_number,description,service_id,service_name,escalation_policy_id,escalation_policy_name,created_on,resolved_on,seconds_to_first_ack,seconds_to_resolve,auto_resolved,escalation_count,urgency',
    ],
    [
      'opsgenie-alerts-csv',
      'Alert ID,Alias,TinyID,Message,Status,IsSeen,Acknowledged,Snoozed,CreatedAt,CreatedAtDate,UpdatedAt,UpdatedAtDate,Count,Owner,Teams',
    ],
    ['devlake-pull-requests-csv', DEVLAKE_PULLS],
    [
      'devlake-issues-csv',
      'id,issue_key,type,status,story_point,created_date,resolution_date,lead_time_minutes,assignee_id,epic_key,parent_issue_id',
    ],
    [
      'devlake-issue-changes-csv',
      'issue_id,field_name,original_from_value,original_to_value,from_value,to_value,created_date',
    ],
    [
      'devlake-pull-request-comments-csv',
      'id,pull_request_id,body,account_id,created_date,commit_sha,type,review_id,status',
    ],
    [
      'devlake-pull-request-commits-csv',
      'commit_sha,pull_request_id,commit_author_name,commit_author_email,commit_authored_date',
    ],
    [
      'devlake-deployments-csv',
      'cicd_deployment_id,commit_sha,environment,result,created_date,queued_date,started_date,finished_date,prev_success_deployment_commit_id,repo_url',
    ],
    ['devlake-incidents-csv', 'id,created_date,resolution_date,table,scope_id,severity'],
    [
      'import/not-needed',
      'id,name,result,status,environment,created_date,queued_date,started_date,finished_date,cicd_scope_id',
    ],
    ['import/not-needed', 'pull_request_id,label_name'],
    ['import/not-needed', 'pull_request_id,issue_id,pull_request_key,issue_key'],
    ['import/not-needed', 'id,commit_sha,file_path,additions,deletions'],
    ['import/not-needed', 'id,name,url,description,owner_id,language,forked_from,created_date'],
  ])('%s: %s', (wanted, header) => {
    const row = header
      .split(',')
      .map((name) => (/date|created|updated|start|end|resolved/i.test(name) ? '2026-07-01T10:00:00Z' : '1'))
    const found = recogniseFormat(
      sourceDocumentOf('export.csv', bytesOf(`${header}\n${row.join(',')}\n`), instantOf(0)),
    )
    expect(found.ok ? found.value.format : found.issues[0]!.code).toBe(wanted)
  })
})

describe('LiteLLM tables', () => {
  it('keep counts and cost of each request, and no word of what was asked or answered', async () => {
    const text = `${LOGS}\nr1,acompletion,hash,0.0125,150,100,50,2026-07-01 10:00:00.123,2026-07-01 10:00:02,gpt-5,,openai,ada,"{}","secret question","secret answer",team-1,,s1\n`
    const { record, chunks, keptAside } = await staged('logs.csv', text)
    expect(keptAside).toEqual([])
    const [fact] = [...eachFact(resolveFacts(chunks, [record]).usage)]
    expect(fact).toMatchObject({
      day: '2026-07-01',
      person: 'ada',
      workspace: 'team-1',
      session: 's1',
      uncachedInput: 100,
      output: 50,
    })
    expect(formatNanos(fact!.estimated!)).toBe('0.0125')
    expect(
      JSON.stringify(Object.values(chunks[0]!.columns).map((column) => ('words' in column ? column.words : []))),
    ).not.toContain('secret')
  })

  it('take the cache out of the daily prompt, and know a row again by day, owner, key, model and endpoint', async () => {
    const row = (endpoint: string, spend: string) =>
      `1,ada,2026-07-01,hash,gpt-5,,openai,,${endpoint},1000,50,600,100,${spend},3,3,0`
    const text = `id,user_id,${DAILY}\n${row('/chat', '0.5')}\n${row('/responses', '0.25')}\n`
    const { record, chunks } = await staged('daily.csv', text)
    const facts = [...eachFact(resolveFacts(chunks, [record]).usage)]
    expect(
      facts.map(({ uncachedInput, cacheRead, cacheWriteUnknown, requests }) => [
        uncachedInput,
        cacheRead,
        cacheWriteUnknown,
        requests,
      ]),
    ).toEqual([
      [300, 600, 100, 3],
      [300, 600, 100, 3],
    ])
    expect([record.counts.new, record.totals.cost.estimated]).toEqual([2, '0.75'])
  })
})
