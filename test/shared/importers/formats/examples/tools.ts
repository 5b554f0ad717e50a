import { csvOf, type Example, jsonOf } from '../../../../support/field-effects.ts'

const observation = {
  id: 'o-1',
  trace_id: 't-1',
  project_id: 'p-1',
  environment: 'production',
  type: 'GENERATION',
  parent_observation_id: 'o-0',
  start_time: '2026-02-01 10:00:00.000000',
  end_time: '2026-02-01 10:00:05.000000',
  name: 'what somebody named it',
  metadata: { said: 'secret' },
  input: 'secret',
  output: 'secret',
  provided_model_name: 'gpt-5',
  usage_details: { input: 100, output: 50, total: 180, input_cached_tokens: 30 },
  cost_details: { input: 0.1, output: 0.2, total: 0.3 },
  total_cost: 0.3,
  latency: 5.1,
  time_to_first_token: 0.4,
  user_id: 'ann',
  session_id: 's-1',
  trace_name: 'what somebody named it',
  model_id: 'm-1',
  usage_pricing_tier_id: 'tier-1',
  usage_pricing_tier_name: 'Standard',
  updated_at: '2026-02-01 11:00:00.000000',
}
const cells = {
  ...observation,
  metadata: '{"said":"secret"}',
  usage_details: '{"input":100,"output":50,"input_cached_tokens":30}',
  cost_details: '{"total":0.3}',
  total_cost: '0.3',
  latency: '5.1',
  time_to_first_token: '0.4',
}
const { provided_model_name: _provided, ...otherCells } = cells
const details = (usage_details: Example['document'], more: Readonly<Record<string, null>> = {}) => [
  { ...observation, usage_details, ...more },
]

const counts = { inputTokens: 300, outputTokens: 125, cacheCreationTokens: 75, cacheReadTokens: 30 }
const record = {
  ...counts,
  totalTokens: 530,
  totalCost: 0.46,
  modelsUsed: ['claude-sonnet-4'],
  modelBreakdowns: [{ modelName: 'claude-sonnet-4', ...counts, cost: 0.46 }],
}
const totals = { ...counts, totalTokens: 530, totalCost: 0.46 }
const block = {
  id: '2026-01-09T10:00:00.000Z',
  startTime: '2026-01-09T10:00:00.000Z',
  endTime: '2026-01-09T15:00:00.000Z',
  actualEndTime: '2026-01-09T12:30:00.000Z',
  isActive: false,
  isGap: false,
  entries: 2,
  tokenCounts: {
    inputTokens: 300,
    outputTokens: 125,
    cacheCreationInputTokens: 75,
    cacheReadInputTokens: 30,
  },
  totalTokens: 530,
  costUSD: 0.46,
  models: ['claude-sonnet-4'],
  burnRate: { tokensPerMinute: 1 },
  projection: { totalCost: 2 },
}
const ccusage = { format: 'ccusage-json', text: jsonOf }

/** OTLP lists attributes by key; here they stand as an object. */
function otlpOf(document: Example['document']): string {
  return JSON.stringify(document, (name, value: unknown) =>
    name === 'attributes'
      ? Object.entries(value as object).map(([key, said]) => ({ key, value: { stringValue: said as string } }))
      : value,
  )
}
const pointOf = (name: string, aggregationTemporality: number, point: Example['document']) => ({
  resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name, sum: { aggregationTemporality, dataPoints: [point] } }] }] }],
})
const attributes = {
  model: 'claude-opus-4-8',
  'user.email': 'ann@example.com',
  'user.account_uuid': 'u-1',
  'user.id': 'hash',
  'session.id': 's-1',
  'organization.id': 'o-1',
  query_source: 'main',
  speed: 'fast',
  effort: 'high',
  'agent.name': 'reviewer',
  'skill.name': 'tests',
  'app.version': '2.1.220',
  'terminal.type': 'vscode',
  'service.name': 'claude-code',
  'service.version': '2.1.220',
  'os.type': 'linux',
  'host.arch': 'amd64',
  'team.id': 'platform',
  department: 'R&D',
  cost_center: 'cc-1',
  prompt: 'secret',
  'free.text': 'secret',
}
const times = { timeUnixNano: '1769940000000000000', startTimeUnixNano: '1769936400000000000' }
const tokens = { attributes: { ...attributes, type: 'output' }, ...times, asInt: '7' }
const { 'user.email': _email, 'team.id': _team, ...fewer } = attributes
const cost = { attributes: fewer, ...times, asDouble: 0.25 }
const otel = {
  format: 'claude-code-otel-json',
  records: 'resourceMetrics.*.scopeMetrics.*.metrics.*.sum.dataPoints.*',
  text: otlpOf,
  others: { 'attributes.type': 'input' },
}

const answer = {
  timestamp: '2026-01-09T10:00:00.000Z',
  type: 'assistant',
  sessionId: 's-1',
  uuid: 'x',
  parentUuid: 'y',
  isSidechain: false,
  userType: 'external',
  cwd: '/home/ann/work/api',
  gitBranch: 'main',
  version: '2.1.220',
  requestId: 'req-1',
  costUSD: 0.12,
  message: {
    role: 'assistant',
    id: 'msg-1',
    type: 'message',
    model: 'claude-opus-4-8',
    content: [{ type: 'text', text: 'secret' }],
    stop_reason: 'end_turn',
    usage: {
      input_tokens: 100,
      output_tokens: 50,
      cache_creation_input_tokens: 25,
      cache_read_input_tokens: 10,
      cache_creation: { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 5 },
      server_tool_use: { web_search_requests: 2 },
      service_tier: 'priority',
      speed: 'fast',
    },
  },
}
const { cache_creation: _split, ...unsplit } = answer.message.usage
const linesOf = (document: Example['document']) =>
  (document as readonly Example['document'][]).map((line) => JSON.stringify(line)).join('\n')

const turn = { input_tokens: 1000, cached_input_tokens: 250, output_tokens: 125, reasoning_output_tokens: 75 }
const session = [
  { timestamp: '2026-05-13T09:00:00.000Z', type: 'session_meta', payload: { id: 's-1', cwd: '/home/ann' } },
  { timestamp: '2026-05-13T09:00:00.000Z', type: 'turn_context', payload: { model: 'gpt-5.2-codex' } },
  { timestamp: '2026-05-13T09:00:01.000Z', type: 'event_msg', payload: { type: 'user_message', message: 'secret' } },
  {
    timestamp: '2026-05-13T09:01:00.000Z',
    type: 'event_msg',
    payload: {
      type: 'token_count',
      info: {
        last_token_usage: { ...turn, total_tokens: 1200 },
        total_token_usage: { ...turn, total_tokens: 1200 },
        model_context_window: 272_000,
      },
    },
  },
]
const modelled = session.map((line, at) =>
  at === 3 ? { ...line, payload: { ...line.payload, info: { ...line.payload.info, model: 'gpt-5.3-codex' } } } : line,
)

const cube = {
  stated_at: '2026-07-01T00:00:00Z',
  source: 'warehouse',
  day: '2026-06-01',
  tool: 'Cursor',
  model: 'm',
  person: 'ann',
  api_key: 'k',
  workspace: 'w',
  repository: 'r',
  detail: 'd',
  currency: 'USD',
  requests: '1',
  uncached_input: '2',
  cache_write_5m: '3',
  cache_write_1h: '4',
  cache_write_unknown: '5',
  cache_read: '6',
  output: '7',
  unsplit: '8',
  listed: '1.5',
  billed: '2.5',
  included: '3.5',
  estimated: '4.5',
  region: 'eu',
}

const OF_CELLS = { records: '', text: csvOf }
const LANGFUSE = { format: 'langfuse-observations-json', records: '*', text: jsonOf }
export const TOOLS: readonly Example[] = [
  { document: [observation], ...LANGFUSE },
  { document: [{ ...observation, environment: null, total_cost: null }], ...LANGFUSE },
  { document: details({ total: 9 }), ...LANGFUSE },
  {
    document: details({ input_cache_creation_5m: 1, input_cache_creation_1h: 2, input_cache_creation: 3 }),
    ...LANGFUSE,
  },
  {
    format: 'langfuse-observations-csv',
    document: cells,
    others: { usage_details: '{"input":101,"output":51,"input_cached_tokens":31}' },
    ...OF_CELLS,
  },
  {
    format: 'langfuse-observations-csv',
    document: { ...otherCells, model: 'gpt-5', environment: '', usage_details: '{"total":9}' },
    others: { usage_details: '{"total":10}' },
    ...OF_CELLS,
  },
  { document: { daily: [{ date: '2026-01-09', ...record }], totals }, records: 'daily.*', ...ccusage },
  {
    document: { weekly: [{ week: '2026-01-04', ...record, modelBreakdowns: [] }], totals },
    records: 'weekly.*',
    ...ccusage,
  },
  {
    document: { monthly: [{ month: '2026-01', ...record }], totals },
    records: 'monthly.*',
    others: { month: '2026-02' },
    ...ccusage,
  },
  {
    document: { sessions: [{ sessionId: 's-1', projectPath: 'api', lastActivity: '2026-02-03', ...record }], totals },
    records: 'sessions.*',
    ...ccusage,
  },
  { document: { blocks: [block] }, records: 'blocks.*', others: { models: ['claude-opus-4'] }, ...ccusage },
  { document: { projects: { api: [{ date: '2026-01-09', ...record }] } }, records: 'projects.*.*', ...ccusage },
  {
    document: {
      type: 'daily',
      data: [{ date: '2026-01-09', project: 'api', ...counts, totalTokens: 530, costUSD: 1 }],
    },
    records: 'data.*',
    ...ccusage,
  },
  { document: pointOf('claude_code.token.usage', 1, tokens), ...otel },
  { document: pointOf('claude_code.token.usage', 2, tokens), ...otel },
  { document: pointOf('claude_code.cost.usage', 1, cost), ...otel },
  { format: 'claude-code-transcript-jsonl', document: [answer], records: '*', text: linesOf },
  {
    format: 'claude-code-transcript-jsonl',
    document: [{ ...answer, message: { ...answer.message, usage: unsplit } }],
    records: '*',
    text: linesOf,
  },
  { format: 'codex-session-jsonl', document: session, records: '*', text: linesOf },
  { format: 'codex-session-jsonl', document: modelled, records: '*', text: linesOf },
  { format: 'daily-cube-csv', document: cube, ...OF_CELLS },
  { format: 'daily-cube-json', document: [cube], records: '*', text: jsonOf },
]
