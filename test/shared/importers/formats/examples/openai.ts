import { csvOf, type Example, jsonOf } from '../../../../support/field-effects.ts'

const dimensions = {
  project_id: 'proj_1',
  user_id: 'user-1',
  api_key_id: 'key_1',
  model: 'gpt-5-2025-08-07',
}
const times = { start_time: '1754006400', end_time: '1754092800', start_time_iso: '', end_time_iso: '' }
const isoTimes = (end: string) => ({
  start_time: '',
  end_time: '',
  start_time_iso: '2025-08-01T00:00:00+00:00',
  end_time_iso: `2025-08-${end}:00:00+00:00`,
})
const usage = {
  ...times,
  num_model_requests: '5',
  ...dimensions,
  batch: 'False',
  service_tier: 'flex',
  compute_units: '7',
  input_tokens: '1000',
  output_tokens: '500',
  input_cached_tokens: '400',
  input_cache_write_tokens: '100',
  input_uncached_tokens: '',
  input_text_tokens: '400',
  output_text_tokens: '450',
  input_cached_text_tokens: '300',
  input_audio_tokens: '50',
  input_cached_audio_tokens: '50',
  output_audio_tokens: '50',
  input_image_tokens: '50',
  input_cached_image_tokens: '50',
  output_image_tokens: '50',
}

const cost = {
  ...times,
  amount_value: '0.25',
  amount_currency: 'usd',
  quantity: '12',
  quantity_unit: 'tokens',
  line_item: 'gpt-5-nano, input_tokens',
  user_id: 'user-1',
  api_key_id: 'key_1',
  project_id: 'proj_1',
  organization_id: 'org_1',
  project_name: 'Project',
  organization_name: 'Organization',
  user_email: 'a@example.com',
  api_source: 'responses',
}

const pageOf = (result: Example['document'], end = 1_754_092_800): Example['document'] => ({
  object: 'page',
  data: [{ object: 'bucket', start_time: 1_754_006_400, end_time: end, results: [result] }],
  has_more: false,
  next_page: null,
})

const completions = {
  object: 'organization.usage.completions.result',
  input_tokens: 1000,
  input_cached_tokens: 400,
  input_cache_write_tokens: 100,
  output_tokens: 500,
  input_text_tokens: 400,
  output_text_tokens: 400,
  input_cached_text_tokens: 300,
  input_audio_tokens: 50,
  input_cached_audio_tokens: 50,
  output_audio_tokens: 50,
  input_image_tokens: 50,
  input_cached_image_tokens: 50,
  output_image_tokens: 50,
  num_model_requests: 5,
  ...dimensions,
  batch: false,
  service_tier: 'flex',
}
const sister = (endpoint: string, fields: Readonly<Record<string, number | string>>) => ({
  object: `organization.usage.${endpoint}.result`,
  ...fields,
  ...dimensions,
})

const costs = {
  object: 'organization.costs.result',
  amount: { value: 0.06, currency: 'usd' },
  line_item: 'gpt-5-nano, input_tokens',
  project_id: 'proj_1',
  api_key_id: 'key_1',
  organization_id: 'org_1',
  quantity: 12,
  quantity_unit: 'tokens',
}

const LINE = { line_item: 'gpt-5-mini, output_tokens' }
const OF_RESULTS = { records: 'data.*.results.*', text: jsonOf }
const USAGE_JSON = { format: 'openai-usage-json', ...OF_RESULTS }
const OF_CELLS = { records: '', text: csvOf }

export const OPENAI: readonly Example[] = [
  { format: 'openai-usage-csv', document: usage, ...OF_CELLS },
  { format: 'openai-usage-csv', document: { ...usage, end_time: '1754028000' }, ...OF_CELLS },
  { format: 'openai-usage-csv', document: { ...usage, ...isoTimes('01T06') }, ...OF_CELLS },
  { format: 'openai-usage-csv', document: { ...usage, ...isoTimes('02T00') }, ...OF_CELLS },
  {
    format: 'openai-usage-csv',
    document: {
      ...usage,
      input_tokens: '',
      input_cached_tokens: '',
      input_cache_write_tokens: '',
      input_uncached_tokens: '9',
    },
    ...OF_CELLS,
  },
  { format: 'openai-cost-csv', document: cost, others: LINE, ...OF_CELLS },
  { format: 'openai-cost-csv', document: { ...cost, end_time: '1754028000' }, others: LINE, ...OF_CELLS },
  {
    format: 'openai-cost-csv',
    document: { ...cost, ...isoTimes('01T06'), user_email: '', project_id: '' },
    others: LINE,
    ...OF_CELLS,
  },
  { format: 'openai-cost-csv', document: { ...cost, ...isoTimes('02T00') }, others: LINE, ...OF_CELLS },
  { document: pageOf(completions), ...USAGE_JSON },
  { document: pageOf(completions, 1_754_006_460), ...USAGE_JSON },
  { document: pageOf({ object: completions.object, input_uncached_tokens: 5, output_tokens: 1 }), ...USAGE_JSON },
  { document: pageOf(sister('embeddings', { input_tokens: 16, num_model_requests: 2 })), ...USAGE_JSON },
  { document: pageOf(sister('moderations', { input_tokens: 16, num_model_requests: 2 })), ...USAGE_JSON },
  {
    document: pageOf(sister('images', { images: 2, num_model_requests: 2, size: '1024x1024', source: 'image.edit' })),
    ...USAGE_JSON,
  },
  { document: pageOf(sister('audio_speeches', { characters: 45, num_model_requests: 1 })), ...USAGE_JSON },
  { document: pageOf(sister('audio_transcriptions', { seconds: 20, num_model_requests: 1 })), ...USAGE_JSON },
  {
    document: pageOf({ object: 'organization.usage.vector_stores.result', usage_bytes: 1024, project_id: 'proj_1' }),
    ...USAGE_JSON,
  },
  {
    document: pageOf({
      object: 'organization.usage.code_interpreter_sessions.result',
      num_sessions: 1,
      project_id: 'proj_1',
    }),
    ...USAGE_JSON,
  },
  { document: pageOf(sister('file_searches', { num_requests: 2, vector_store_id: 'vs_1' })), ...USAGE_JSON },
  {
    document: pageOf(sister('web_searches', { num_requests: 2, num_model_requests: 3, context_level: 'low' })),
    ...USAGE_JSON,
  },
  { format: 'openai-costs-json', document: pageOf(costs), others: LINE, ...OF_RESULTS },
]
