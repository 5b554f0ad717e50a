/** What a model is called in a price list, from the many ways exports write it. */

const NO_MODEL: ReadonlySet<string> = new Set([
  '',
  'auto',
  'default',
  'unknown',
  'premium',
  'coding-agent-model',
  'code-review-model',
])

/** How hard a model thinks changes how many tokens it makes, not their price. */
const EFFORT = /-(?:minimal|low|medium|high|xhigh|max|thinking|reasoning)$/

/**
 * `Claude Opus 4.5`, `anthropic/claude-4.5-opus-high-thinking` and `us.anthropic.claude-opus-4-5-20251101-v1:0` are
 * `claude-opus-4-5` with or without its date. null = the text names no model.
 */
export function plainModel(text: string | null): string | null {
  let name = (text ?? '').trim().toLowerCase()
  name = name
    .replace(/^auto:\s*/, '')
    .replaceAll(/\s+/g, '-')
    .replace(/^[a-z0-9-]+\//, '')
  name = name.replace(/^(?:[a-z]{2,6}\.)?anthropic\./, '').replace(/-v\d+:\d+$/, '')
  while (EFFORT.test(name)) name = name.replace(EFFORT, '')
  const turned = /^claude-(\d+)[.-]?(\d+)?-(opus|sonnet|haiku|fable)(.*)$/.exec(name)
  // Models before the fourth are called the other way round.
  if (turned && Number(turned[1]) >= 4 && (turned[2] ?? '').length <= 2) {
    const [, major = '', minor, family = '', rest = ''] = turned
    name = `claude-${family}-${major}${minor === undefined ? '' : `-${minor}`}${rest}`
  } else if (name.startsWith('claude-')) name = name.replaceAll('.', '-')
  return NO_MODEL.has(name) ? null : name
}

/** Who makes a model, as price lists name providers; undefined = its name does not tell. */
export function providerOf(name: string): string | undefined {
  return PROVIDERS.find(([pattern]) => pattern.test(name))?.[1]
}

const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^claude-/, 'anthropic'],
  [/^(?:gpt-|o\d|codex-)/, 'openai'],
  [/^gemini-/, 'google'],
  [/^grok-/, 'x-ai'],
  [/^composer-/, 'cursor'],
]
