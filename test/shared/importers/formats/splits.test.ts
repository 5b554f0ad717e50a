import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Zone } from '../../../../shared/calendar/index.ts'
import { FORMATS, type ImportChoices } from '../../../../shared/importers/index.ts'
import { bytesOf, factsOf, joined, NOTHING, saying, stageBytes } from '../../../support/stage.ts'

const SEED = 20_261_121
const DAYS = [1, 2, 3, 4, 5, 6]

const two = (value: number) => String(value).padStart(2, '0')
const day = (i: number) => `2026-03-${two(i)}`
const iso = (i: number, hour = 0) => `${day(i)}T${two(hour)}:00:00Z`
const unix = (i: number) => Date.UTC(2026, 2, i) / 1000
const json = (value: unknown) => JSON.stringify(value)
const csv = (header: string, row: (i: number) => readonly string[]) => (days: readonly number[]) =>
  [header, ...days.flatMap(row)].join('\n')
const buckets = (result: (i: number) => readonly object[]) => (days: readonly number[]) =>
  json({ data: days.map((i) => ({ starting_at: iso(i), ending_at: iso(i + 1), results: result(i) })) })
const unixBuckets = (object: string, result: (i: number) => object) => (days: readonly number[]) =>
  json({ data: days.map((i) => ({ start_time: unix(i), end_time: unix(i + 1), results: [{ object, ...result(i) }] })) })
const list = (item: (i: number) => object) => (days: readonly number[]) => json(days.map(item))
const under =
  (name: string, item: (i: number) => object, around: object = {}) =>
  (days: readonly number[]) =>
    json({ ...around, [name]: days.map(item) })

/** An export of these days, by format. Two rows a day where a day has several. */
const EXPORTS: Readonly<Record<string, (days: readonly number[]) => string>> = {
  'anthropic-cost-csv': csv('usage_date_utc,model,api_key,usage_type,token_type,cost_usd', (i) => [
    `${day(i)},m,k,message,input,${i}.10`,
    `${day(i)},m,k,message,output,${i}.20`,
  ]),
  'anthropic-tokens-csv': csv(
    'usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_output_tokens',
    (i) => [`${day(i)},m,k,w,standard,${i},${i}`, `${day(i)},n,k,w,standard,${i},${i}`],
  ),
  'anthropic-cost-report-json': buckets((i) => [
    { amount: `${i}00`, currency: 'USD', token_type: 't', description: 'd' },
  ]),
  'anthropic-usage-report-json': buckets((i) => [{ uncached_input_tokens: i, cache_creation: {}, model: 'm' }]),
  'anthropic-claude-code-json': under('data', (i) => ({
    date: iso(i),
    actor: { email_address: 'a@example.com' },
    model_breakdown: [{ model: 'm', tokens: { input: i }, estimated_cost: { amount: i, currency: 'USD' } }],
  })),
  'claude-enterprise-analytics-json': under('data', (i) => ({
    starting_at: iso(i),
    product: 'chat',
    amount: '5',
    list_amount: '6',
    currency: 'USD',
  })),
  'openai-usage-csv': csv('start_time,end_time,project_id,num_model_requests,model,input_tokens,output_tokens', (i) => [
    `${unix(i)},${unix(i + 1)},p,1,m,${i},1`,
    // Equal in every dimension, and both true.
    `${unix(i)},${unix(i + 1)},p,1,m,${i + 50},1`,
  ]),
  'openai-cost-csv': csv('start_time,end_time,amount_value,amount_currency,line_item,organization_id', (i) => [
    `${unix(i)},${unix(i + 1)},${i}.5,usd,"m, input",org`,
  ]),
  'openai-usage-json': unixBuckets('organization.usage.completions.result', (i) => ({ input_tokens: i, model: 'm' })),
  'openai-costs-json': unixBuckets('organization.costs.result', (i) => ({ amount: { value: i, currency: 'usd' } })),
  'cursor-usage-csv': csv('Date,User,Kind,Model,Max Mode,Total Tokens,Cost', (i) => [
    `${iso(i, 1)},a,Included,auto,No,${i},0.1`,
    `${iso(i, 2)},a,On-Demand,auto,Yes,${i},0.2`,
  ]),
  'cursor-admin-json': under('usageEvents', (i) => ({
    timestamp: String(Date.UTC(2026, 2, i)),
    userEmail: 'a',
    model: 'm',
    kind: 'Included',
    chargedCents: i,
  })),
  'cursor-daily-use-json': under('data', (i) => ({
    day: day(i),
    email: 'a',
    isActive: true,
    composerRequests: 1,
    usageBasedReqs: i,
  })),
  'copilot-usage-csv': csv(
    'date,username,product,sku,model,quantity,unit_type,gross_amount,discount_amount,net_amount',
    (i) => [`${day(i)},a,copilot,s,m,${i},requests,1,1,0`, `${day(i)},b,copilot,s,m,${i},requests,1,0,1`],
  ),
  'copilot-metered-csv': csv('date,product,sku,quantity,unit_type,gross_amount,discount_amount,net_amount', (i) => [
    `${day(i)},copilot,s,${i},user-months,1,0,1`,
  ]),
  'copilot-metrics-json': list((i) => ({
    user_id: 1,
    user_login: 'a',
    day: day(i),
    user_initiated_interaction_count: i,
  })),
  'copilot-organization-metrics-json': list((i) => ({
    day: day(i),
    organization_id: '7',
    daily_active_users: 2,
    user_initiated_interaction_count: i,
  })),
  'focus-csv': csv(
    'ProviderName,BillingAccountId,BilledCost,EffectiveCost,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,BillingCurrency',
    (i) => [`AWS,1,${i},${i},${iso(i)},${iso(i + 1)},Usage,USD`, `AWS,2,${i},${i},${iso(i)},${iso(i + 1)},Usage,USD`],
  ),
  'aws-cur-csv': csv(
    'bill_payer_account_id,line_item_usage_start_date,line_item_product_code,line_item_usage_type,line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit',
    (i) => [`1,${iso(i)},AmazonBedrock,USE1-M-input-tokens,${i},USD,1,tokens`],
  ),
  'openrouter-activity-csv': csv('Date,Slug,Usage,Prompt Tokens,Completion Tokens', (i) => [
    `${day(i)} 00:00:00,m,1,${i},1`,
  ]),
  'openrouter-generations-csv': csv('generation_id,created_at,cost_total,tokens_prompt,tokens_completion', (i) => [
    `g${i},${iso(i)},1,${i},1`,
  ]),
  'openrouter-activity-json': under('data', (i) => ({
    date: day(i),
    model: 'm',
    usage: 1,
    prompt_tokens: i,
    byok_usage_inference: 0,
  })),
  'litellm-logs-json': list((i) => ({ request_id: `r${i}`, startTime: iso(i), spend: 1, prompt_tokens: i })),
  'litellm-daily-json': under('results', (i) => ({
    date: day(i),
    breakdown: { models: { m: { metrics: { spend: i } } } },
  })),
  'langfuse-observations-json': list((i) => ({
    id: `o${i}`,
    trace_id: 't',
    start_time: iso(i),
    usage_details: { input: i },
  })),
  'langfuse-observations-csv': csv('id,trace_id,start_time,provided_model_name,usage_details,total_cost', (i) => [
    `o${i},t,${iso(i)},m,"{""input"":${i}}",1`,
  ]),
  'ccusage-json': under('daily', (i) => ({ date: day(i), totalTokens: i, inputTokens: i, totalCost: i })),
  'claude-code-transcript-jsonl': (days) =>
    days
      .map((i) =>
        json({
          sessionId: 's',
          timestamp: iso(i),
          requestId: `r${i}`,
          message: { id: `m${i}`, usage: { input_tokens: i } },
        }),
      )
      .join('\n'),
  'gh-pr-list-json': list((i) => ({
    number: i,
    url: `https://github.com/a/b/pull/${i}`,
    createdAt: iso(i),
    updatedAt: iso(i, 5),
    mergedAt: null,
    isDraft: false,
    reviews: [{ author: { login: 'x' }, state: 'APPROVED', submittedAt: iso(i, 3) }],
  })),
  'github-issues-json': list((i) => ({
    number: i,
    html_url: `https://github.com/a/b/issues/${i}`,
    created_at: iso(i),
    comments: 0,
  })),
  'gitlab-issues-csv': csv('Title,URL,State,Created At (UTC),Closed At (UTC)', (i) => [
    `t,https://gitlab.com/g/n/-/issues/${i},Open,${day(i)} 10:00:00,`,
  ]),
  'jira-csv': csv('Summary,Issue key,Issue id,Issue Type,Status,Created', (i) => [
    `s,A-${i},${i},Story,Done,${iso(i)}`,
  ]),
  'jira-changelog-csv': csv('Issue Key,Created,Field,From String,To String', (i) => [`A-${i},${iso(i)},status,a,b`]),
  'jira-pipeline-issues-csv': csv('id,key,project_key,issue_type,status,created_date,resolution_date', (i) => [
    `${i},A-${i},A,Story,Done,${iso(i)},`,
  ]),
  'linear-csv': csv('ID,Team,Title,Status,Created,Started,Completed,Canceled', (i) => [`A-${i},T,t,Done,${iso(i)},,,`]),
  'azure-work-items-csv': csv('ID,Work Item Type,Title,State,Created Date', (i) => [`${i},Bug,t,New,${iso(i)}`]),
  'pagerduty-csv': csv('id,incident_number,service_name,created_on,resolved_on,urgency', (i) => [
    `p${i},${i},s,${iso(i)},,high`,
  ]),
  'opsgenie-alerts-csv': csv('Alert ID,TinyID,Status,Priority,CreatedAt,UpdatedAt', (i) => [
    `a${i},${i},open,P1,${unix(i)}000,${unix(i)}000`,
  ]),
  'deployments-csv': csv('deployment_id,service,finished_at,result', (i) => [`d${i},s,${iso(i)},success`]),
  'incidents-csv': csv('incident_id,service,started_at,resolved_at', (i) => [`i${i},s,${iso(i)},`]),
  'devlake-pull-request-comments-csv': csv('id,pull_request_id,created_date,account_id', (i) => [
    `c${i},p,${day(i)} 1:02:03,a`,
  ]),
  'devlake-pull-request-commits-csv': csv('commit_sha,pull_request_id,commit_authored_date', (i) => [
    `s${i},p,${day(i)} 1:02:03`,
  ]),
  'generic-usage-csv': csv('date,user,model,requests', (i) => [`${day(i)},a,m,${i}`, `${day(i)},b,m,${i}`]),
  'generic-deployments-csv': csv('id,service,date', (i) => [`d${i},s,${iso(i)}`]),
}

const CHOICES: Readonly<Record<string, ImportChoices>> = {
  'generic-deployments-csv': { as: 'generic-deployments-csv' },
}

/** What holds after these files came in one after the other. */
async function after(format: string, files: readonly (readonly number[])[]): Promise<string> {
  let known = NOTHING
  for (const [i, days] of files.entries()) {
    const choices = { zone: 'UTC' as Zone, ...CHOICES[format] }
    const read = await stageBytes(`file-${i}`, bytesOf(EXPORTS[format]!(days)), choices, known)
    if (!read.ok) throw new Error(`${format}: ${read.issues[0]!.code} ${read.issues[0]!.said ?? ''}`)
    const { format: found, counts } = read.value.record
    if (found !== format || counts.keptAside > 0)
      throw new Error(`${format}: read as ${found}, ${counts.keptAside} kept aside`)
    known = joined(known, read.value)
  }
  return saying(factsOf(known))
}

/** Exports are of days in a row: some that cover all of them together, overlapping, in any order, any of them twice. */
const splits = fc
  .array(fc.tuple(fc.constantFrom(...DAYS), fc.constantFrom(...DAYS)), { minLength: 1, maxLength: 4 })
  .map((ranges) => ranges.map(([a, b]) => DAYS.filter((i) => i >= Math.min(a, b) && i <= Math.max(a, b))))
  .chain((files) => {
    const lacking = DAYS.filter((i) => !files.some((days) => days.includes(i)))
    const whole = [...files, ...lacking.map((i) => [i]), files[0]!]
    return fc.shuffledSubarray(whole, { minLength: whole.length, maxLength: whole.length })
  })

describe('exports split at random, overlapping, in any order', () => {
  it.each(Object.keys(EXPORTS))('%s says the same as one export of all', async (format) => {
    const whole = await after(format, [DAYS])
    await fc.assert(
      fc.asyncProperty(splits, async (files) => {
        expect(await after(format, files)).toBe(whole)
      }),
      { numRuns: 5, seed: SEED },
    )
  })

  it('are of formats that are there', () => {
    const known = new Set(FORMATS.map(({ id }) => id))
    expect(Object.keys(EXPORTS).filter((id) => !known.has(id))).toEqual([])
  })
})
