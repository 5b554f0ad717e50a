import { addDays, type Day, epochDayOf, lastDayOfMonth, monthOf, MS_PER_DAY } from '../calendar/index.ts'
import type { Company } from './company.ts'
import { SAMPLE_WEEKS, type SampleFile } from './delivery-files.ts'
import { type Dice, diceOf } from './dice.ts'

/** A workspace nobody has claimed, so that unattributed money shows. */
export const UNCLAIMED_WORKSPACE = 'lab-experiments'

interface ClaudeModel {
  readonly id: string
  readonly displayName: string
  /** List prices, USD per million tokens. */
  readonly input: number
  readonly write: number
  readonly read: number
  readonly output: number
}

const OPUS: ClaudeModel = {
  id: 'claude-opus-5',
  displayName: 'Claude Opus 5',
  input: 5,
  write: 6.25,
  read: 0.5,
  output: 25,
}
const SONNET: ClaudeModel = {
  id: 'claude-sonnet-5',
  displayName: 'Claude Sonnet 5',
  input: 2,
  write: 2.5,
  read: 0.2,
  output: 10,
}

/**
 * AI usage of 26 weeks: Claude Console tokens and cost (which agree at list prices, rounded to cents a row as the vendor
 * does), Cursor team events, OpenAI completions, Copilot AI credits. Spend about doubles from the first week to the last.
 */
export function makeUsageFiles(company: Company, seed: number, today: Day): readonly SampleFile[] {
  const days = Array.from({ length: SAMPLE_WEEKS * 7 }, (_, i) => addDays(today, i - SAMPLE_WEEKS * 7 + 1))
  return [
    ...claudeFiles(company, diceOf(seed, 'claude'), days),
    cursorFile(company, diceOf(seed, 'cursor'), days),
    openAiFile(diceOf(seed, 'openai'), diceOf(seed, 'tuned'), days),
    ...copilotFiles(company, diceOf(seed, 'copilot'), days),
  ]
}

function claudeFiles(company: Company, dice: Dice, days: readonly Day[]): readonly SampleFile[] {
  const tokens: string[] = []
  const cost: string[] = []
  const workspaces = [
    ...company.teams.map(({ workspace }, team) => ({
      workspace,
      daily: 31 + 4 * (team % 5),
      key: `agents-${workspace}`,
    })),
    { workspace: UNCLAIMED_WORKSPACE, daily: 24, key: 'scratch' },
  ]
  days.forEach((day, index) => {
    const t = index / days.length
    const weekday = isWeekend(day) ? 0.08 : 1
    for (const { workspace, daily, key } of workspaces) {
      for (const [model, share] of [
        [OPUS, 0.42 + 0.18 * t],
        [SONNET, 0.58 - 0.18 * t],
      ] as const) {
        if (weekday < 1 && dice.chance(0.55)) continue
        // Agents left running over one week: the kind of waste a lead asks about on Monday.
        const isLooping = workspace === 'fleet' && t > 0.8 && t < 0.84
        const money = daily * share * weekday * (1 + 2.1 * t) * dice.around(1, 0.32) * (isLooping ? 4 : 1)
        const read = whole((money * 0.36 * 1e6) / model.read)
        const write = whole((money * 0.24 * 1e6) / model.write)
        const output = whole((money * 0.31 * 1e6) / model.output)
        const fresh = whole((money * 0.09 * 1e6) / model.input)
        tokens.push(
          [
            day,
            model.id,
            key,
            workspace,
            'standard',
            '≤ 200k',
            fresh,
            write,
            0,
            read,
            output,
            0,
            'not_available',
            '',
          ].join(','),
        )
        for (const [type, count, price] of [
          ['input_no_cache', fresh, model.input],
          ['input_cache_write_5m', write, model.write],
          ['input_cache_read', read, model.read],
          ['output', output, model.output],
        ] as const) {
          const amount = cents((count * price) / 1e6)
          const place = [day, model.displayName, workspace, key, 'message', '≤ 200k', type]
          cost.push([...place, amount, amount, 'token', 'not_available', '', `apikey_${key}`, 'active'].join(','))
        }
      }
    }
  })
  const span = `${days[0]!.replaceAll('-', '_')}_to_${days.at(-1)!.replaceAll('-', '_')}`
  return [
    {
      name: `claude_api_tokens_${span}.csv`,
      text: lines(
        'usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed',
        tokens,
      ),
    },
    {
      name: `claude_api_cost_${span}.csv`,
      text: lines(
        'usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,inference_geo,speed,api_key_id,api_key_status',
        cost,
      ),
    },
  ]
}

function cursorFile(company: Company, dice: Dice, days: readonly Day[]): SampleFile {
  const users = company.people.filter((_, index) => index % 5 !== 0)
  const events: { readonly at: number; readonly line: string }[] = []
  days.forEach((day, index) => {
    if (isWeekend(day)) return
    const t = index / days.length
    for (const { email } of users) {
      if (!dice.chance(0.5 + 0.25 * t)) continue
      for (let i = 0; i < dice.whole(1, 2); i++) {
        const model = dice.pick(['claude-4.5-sonnet', 'composer-2.5', 'auto', 'gpt-5.1-codex'])
        const [write, fresh, read, output] = [
          whole(dice.around(42_000, 0.7)),
          whole(dice.around(9_000, 0.9)),
          whole(dice.around(720_000, 0.8)),
          whole(dice.around(6_500, 0.7)),
        ]
        const money = ((write * 3.75 + fresh * 3 + read * 0.3 + output * 15) / 1e6) * (model === 'auto' ? 0.6 : 1)
        const fate = dice.next()
        const isFailed = fate < 0.02
        const kind = isFailed ? 'Errored, Not Charged' : fate < 0.12 + 0.3 * t ? 'On-Demand' : 'Included'
        const at = epochDayOf(day) * MS_PER_DAY + Math.floor((7.5 + 10.5 * dice.next()) * 3_600_000)
        const total = write + fresh + read + output
        events.push({
          at,
          line: `${new Date(at).toISOString()},${email},,,"${kind}",${model},No,${write},${fresh},${read},${output},${total},${isFailed ? '0' : cents(money)}`,
        })
      }
    }
  })
  events.sort((a, b) => b.at - a.at || (a.line < b.line ? -1 : 1))
  return {
    name: `team-usage-events-4417-${days.at(-1)!}.csv`,
    text: lines(
      'Date,User,Cloud Agent ID,Automation ID,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost',
      events.map(({ line }) => line),
    ),
  }
}

/** A model of the company's own, which no price list knows: its tokens show as unpriced. */
export const TUNED_MODEL = 'ft:gpt-5-mini-2025-08-07:nordhavn::claims3'

/** A day without use is one row with only its times, as in the real export. */
function openAiFile(dice: Dice, tuned: Dice, days: readonly Day[]): SampleFile {
  const rows: string[] = []
  days.forEach((day, index) => {
    const t = index / days.length
    const from = epochDayOf(day) * 86_400
    const times = `${from},${from + 86_400},${day}T00:00:00+00:00,${addDays(day, 1)}T00:00:00+00:00`
    if (isWeekend(day)) {
      rows.push(`${times}${','.repeat(22)}`)
      return
    }
    for (const [project, model, scale, own] of [
      ['proj_review_guard', 'gpt-5.1-2025-11-13', 1, dice],
      ['proj_claims_triage', 'gpt-5-mini-2025-08-07', 2.2, dice],
      ['proj_claims_triage', TUNED_MODEL, 0.4, tuned],
    ] as const) {
      if (model === TUNED_MODEL && t < 0.6) continue
      const requests = whole(own.around(90 * scale * (1 + t), 0.25))
      const input = requests * whole(own.around(26_000, 0.2))
      const cached = whole(input * (0.42 + 0.2 * own.next()))
      const output = requests * whole(own.around(2_100, 0.2))
      const counts = [input, output, cached, 0, input - cached, input - cached, output, cached, 0, 0, 0, 0, 0, 0]
      const cells = [
        project,
        requests,
        'user-9c1f',
        `key_${project.slice(5)}`,
        model,
        'false',
        'default',
        '',
        ...counts,
      ]
      rows.push(`${times},${cells.join(',')}`)
    }
  })
  return {
    name: `completions_usage_${days[0]!}_${days.at(-1)!}.csv`,
    text: lines(
      'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,compute_units,input_tokens,output_tokens,input_cached_tokens,input_cache_write_tokens,input_uncached_tokens,input_text_tokens,output_text_tokens,input_cached_text_tokens,input_audio_tokens,input_cached_audio_tokens,output_audio_tokens,input_image_tokens,input_cached_image_tokens,output_image_tokens',
      rows,
    ),
  }
}

/** One file a month, because the vendor's report holds at most 31 days. */
function copilotFiles(company: Company, dice: Dice, days: readonly Day[]): readonly SampleFile[] {
  const users = company.people.filter((_, index) => index % 5 === 0)
  const months = new Map<string, string[]>()
  const poolLeft = new Map<string, number>()
  days.forEach((day, index) => {
    if (isWeekend(day)) return
    const t = index / days.length
    const month = monthOf(day)
    const rows = months.get(month) ?? []
    months.set(month, rows)
    for (const { login, team } of users) {
      if (!dice.chance(0.62)) continue
      const credits = whole(dice.around(70 * (1 + t), 0.6) * 10) / 10
      // 1 credit is $0.01; the pool of the seats is used up first and shows as a discount.
      const left = poolLeft.get(month) ?? users.length * 1900
      const included = Math.min(credits, left)
      poolLeft.set(month, left - included)
      const [gross, discount] = [(credits / 100).toFixed(4), (included / 100).toFixed(4)]
      const net = ((credits - included) / 100).toFixed(4)
      const model = dice.pick(['Claude Sonnet 4.5', 'GPT-5.1-Codex', 'Auto: GPT-5-mini'])
      const sku = dice.chance(0.3) ? 'coding_agent_ai_credit' : 'copilot_ai_credit'
      const place = [
        day,
        login,
        'copilot',
        sku,
        model,
        credits,
        'ai-credits',
        '0.01',
        gross,
        discount,
        net,
        '1900',
        company.owner,
      ]
      rows.push([...place, company.teams[team]!.repository, '', '0', '0'].map((cell) => `"${cell}"`).join(','))
    }
  })
  return [...months].map(([month, rows]) => ({
    name: `copilot_ai_usage_${month}-01_${lastDayOfMonth(month as ReturnType<typeof monthOf>)}.csv`,
    text: `\ufeff${lines(
      'date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,gross_amount,discount_amount,net_amount,total_monthly_quota,organization,repository,cost_center_name,aic_quantity,aic_gross_amount'
        .split(',')
        .map((name) => `"${name}"`)
        .join(','),
      rows,
    )}`,
  }))
}

function isWeekend(day: Day): boolean {
  const weekday = (epochDayOf(day) + 4) % 7
  return weekday === 0 || weekday === 6
}

function whole(value: number): number {
  return Math.max(0, Math.round(value))
}

function cents(value: number): string {
  return (Math.round(value * 100 + 1e-7) / 100).toFixed(2)
}

function lines(header: string, rows: readonly string[]): string {
  return `${header}\n${rows.join('\n')}\n`
}
