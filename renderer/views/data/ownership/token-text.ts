import { formatCount } from '../../../parts/index.ts'

export function allTokensText(tokens: number | null): string {
  return tokens === null ? '–' : formatCount(tokens)
}
