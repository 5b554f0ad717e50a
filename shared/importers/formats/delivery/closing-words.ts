const CLOSES = String.raw`\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)`
const ISSUE = String.raw`(?:https?:\/\/[^\s/]{1,100}\/[\w./-]{1,200}\/issues\/\d{1,9}|[\w./-]{0,200}#\d{1,9})`
const CLOSING = new RegExp(String.raw`${CLOSES}(?::\s*|\s+)(${ISSUE}(?:(?:,\s*and\s+|,\s*|\s+and\s+)${ISSUE})*)`, 'gi')
const EACH = new RegExp(ISSUE, 'g')

/**
 * Issues a description says it closes, in the words forges act on (`Fixes #12`, `closes owner/name#3 and #4`, or the address
 * of an issue), as `owner/name#12` in lines; null = none. `repository` is where the description stands: `host/owner/name`.
 */
export function closedIn(text: string | null, repository: string): string | null {
  const home = repository.slice(repository.indexOf('/') + 1)
  const closed = new Set<string>()
  for (const [, issues = ''] of (text ?? '').matchAll(CLOSING)) {
    for (const [issue] of issues.matchAll(EACH)) {
      const [, project = '', number = ''] =
        /^https?:\/\/[^/]+\/(.+?)(?:\/-)?\/issues\/(\d+)$/.exec(issue) ?? /^(.*)#(\d+)$/.exec(issue) ?? []
      closed.add(`${project === '' ? home : project}#${number}`)
    }
  }
  return closed.size === 0 ? null : [...closed].join('\n')
}
