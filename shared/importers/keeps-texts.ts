/** Layouts whose records can hold messages, prompts or answers. */
const WITH_TEXTS =
  /^(langfuse|litellm-logs|openrouter-generations|claude-code-otel|claude-code-transcript|codex-session)/
/** Tables of anyone: their header tells. */
const OF_ANYONE = /^generic/
const TEXTS = /\b(prompts?|messages?|completions?|responses?|answers?|content|input|output)\b/i
const NUMBERS = /\b(tokens?|costs?|counts?|prices?|length|id)\b/i

/**
 * Whether a file may hold what people wrote to a model or what it answered. Of such a file only what its format reads is
 * kept, never the file itself. `start` is its first line or more.
 */
export function mayHoldTexts(format: string, start: string): boolean {
  if (WITH_TEXTS.test(format)) return true
  if (!OF_ANYONE.test(format)) return false
  const names = (start.split('\n', 1)[0] ?? '').replaceAll('_', ' ').split(/[,;\t|]/)
  return names.some((name) => TEXTS.test(name) && !NUMBERS.test(name))
}
