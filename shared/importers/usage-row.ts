import type { FactRow } from '../facts/index.ts'

/** A usage fact that says nothing yet; formats spread it and state what their file states. */
export const SILENT_USAGE: FactRow<'usage'> = {
  day: null,
  at: null,
  tool: null,
  model: null,
  person: null,
  apiKey: null,
  workspace: null,
  repository: null,
  session: null,
  detail: null,
  requests: null,
  uncachedInput: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWriteUnknown: null,
  cacheRead: null,
  output: null,
  unsplitTokens: null,
  currency: null,
  listed: null,
  billed: null,
  included: null,
  estimated: null,
}
