/** Layouts whose records can hold messages, prompts or answers. */
const WITH_TEXTS =
  /^(langfuse|litellm-logs|openrouter-generations|claude-code-otel|claude-code-transcript|codex-session)/
/** Tables of anyone: their header tells. */
const OF_ANYONE = /^generic/
const TEXTS =
  /\b(prompts?|messages?|completions?|responses?|answers?|contents?|texts?|transcripts?|instructions?|arguments|body|input|output)\b/i
const NUMBERS = /\b(tokens?|costs?|counts?|prices?|length|id|time|ms|seconds|type|status|size|hash)\b/i

/** Bounded, so that it is linear. */
const JSON_NAME = /"([^"\\]{1,100})"\s{0,9}:/g

/**
 * Whether a file may hold what people wrote to a model or what it answered. Of such a file only what its format reads is
 * kept, never the file itself. `start` is its first line or more; of JSON its names count, and of Parquet, whose names stand at
 * the end, nobody can tell.
 */
export function mayHoldTexts(format: string, start: string): boolean {
  if (WITH_TEXTS.test(format)) return true
  if (!OF_ANYONE.test(format)) return false
  if (start.startsWith('PAR1')) return true
  const names = /^\s*[{[]/.test(start)
    ? [...start.matchAll(JSON_NAME)].map((match) => match[1]!)
    : (start.split('\n', 1)[0] ?? '').split(/[,;\t|]/)
  return names.some(isNameOfTexts)
}

/** Whether a column or field of this name may hold such a text: `userPrompt` and `message_content` may, `prompt_tokens` not. */
export function isNameOfTexts(name: string): boolean {
  const words = name.replaceAll(/[_.-]/g, ' ').replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
  return TEXTS.test(words) && !NUMBERS.test(words)
}
