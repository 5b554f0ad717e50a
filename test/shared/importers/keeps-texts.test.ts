import { expect, test } from 'vitest'
import { FORMATS, mayHoldTexts } from '../../../shared/importers/index.ts'

test('layouts of logs with messages are known by name, whatever stands in them', () => {
  const withTexts = FORMATS.map(({ id }) => id).filter((id) => mayHoldTexts(id, ''))
  expect(withTexts.sort()).toEqual([
    'claude-code-otel-json',
    'claude-code-transcript-jsonl',
    'codex-session-jsonl',
    'langfuse-observations-csv',
    'langfuse-observations-json',
    'litellm-logs-csv',
    'litellm-logs-json',
    'openrouter-generations-csv',
  ])
})

test.each([
  ['Date,Tool,Model,User,Output tokens,Input tokens,Cost', false],
  ['day,prompt_tokens,completion_tokens,response cost', false],
  ['Date,Prompt,Cost', true],
  ['date,user_message,answer', true],
  ['date,input,output,model', true],
  ['Date,Cost\n2026-01-01,prompt', false],
  ['[\n  {\n    "date": "2026-01-01",\n    "userPrompt": "…"', true],
  ['{"date": "2026-01-01", "prompt_tokens": 5, "model": "a prompt"}', false],
  ['PAR1\u0015', true],
])('a table of anyone is known by its header: %s', (start, holds) => {
  expect(mayHoldTexts('generic-usage-csv', start)).toBe(holds)
})
