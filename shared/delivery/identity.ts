import { agentOfEmail, agentOfLogin, BOT_LOGINS } from '../importers/index.ts'

/**
 * human · bot: automation that opens changes by rule (dependency updates, releases) · agent: an AI that writes changes ·
 * reviewer: an AI that reviews them · app: an account of an application on none of the lists; surely no person, so it never
 * counts as a human review, but its changes are kept because it may be a house agent.
 */
export type AccountClass = 'human' | 'bot' | 'agent' | 'reviewer' | 'app'

const REVIEWERS = new Set(
  (
    'ellipsis-dev greptile-apps coderabbitai copilot-pull-request-reviewer qodo-merge-pro sourcery-ai korbit-ai graphite-app ' +
    'cubic-dev-ai'
  ).split(' '),
)

const AUTOMATION = new Set([
  ...BOT_LOGINS.filter((login) => !REVIEWERS.has(login)),
  ...(
    'dependabot-preview renovate-bot semantic-release-bot release-please greenkeeper snyk-bot mergify allcontributors imgbot ' +
    'changeset-bot github-advanced-security web-flow'
  ).split(' '),
])

/**
 * Class of an account by login or e-mail address; names are never looked at, because there are people called Devin.
 * `app/dependabot`, `dependabot[bot]` and `49699333+dependabot[bot]@users.noreply.github.com` are one account.
 *
 * `houseAgents`: logins or addresses of agents a company runs itself; only its people can know them. `bot:`, `reviewer:` or
 * `human:` before one makes it that instead.
 */
export function classOfAccount(account: string, houseAgents: readonly string[] = []): AccountClass {
  const written = account.trim().toLowerCase()
  const isAddress = written.includes('@')
  // Forges give addresses like `123+login@users.noreply.github.com`: the login is inside.
  const forge = /^(?:\d+\+)?([^@]+)@users\.noreply\./.exec(written)
  const login = (forge?.[1] ?? written).replace(/^app\//, '')
  const plain = login.replace(/\[bot\]$/, '')
  for (const house of houseAgents) {
    const [, kind, name] = /^(?:(bot|reviewer|human):)?(.*)$/s.exec(house)!
    if (isSameAccount(name!, written, plain)) return (kind ?? 'agent') as AccountClass
  }
  if (isAddress && agentOfEmail(written) !== null) return 'agent'
  if (isAddress && !forge) return 'human'
  if (AUTOMATION.has(plain)) return 'bot'
  if (REVIEWERS.has(plain)) return 'reviewer'
  const isApp = login.endsWith('[bot]') || written.startsWith('app/')
  if (isAddress) return isApp ? 'app' : 'human'
  if (agentOfLogin(written) !== null) return 'agent'
  return isApp ? 'app' : 'human'
}

function isSameAccount(house: string, written: string, plain: string): boolean {
  const wanted = house.trim().toLowerCase()
  return wanted === written || wanted === plain || wanted === `${plain}[bot]`
}

/** Addresses of `Name <mail>` lines, as they stand. */
export function addressesOf(lines: string | null): readonly string[] {
  if (lines === null) return []
  return [...lines.matchAll(/<([^<>\s]+)>/g)].map((match) => match[1]!)
}
