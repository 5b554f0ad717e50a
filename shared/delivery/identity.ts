/**
 * human · bot: automation that opens changes by rule (dependency updates, releases) · agent: an AI that writes changes ·
 * reviewer: an AI that reviews them · app: an account of an application on none of the lists; surely no person, so it never
 * counts as a human review, but its changes are kept because it may be a house agent.
 */
export type AccountClass = 'human' | 'bot' | 'agent' | 'reviewer' | 'app'

const AUTOMATION =
  /^(?:dependabot(?:-preview)?|renovate(?:-bot)?|github-actions|pre-commit-ci|semantic-release-bot|release-please|greenkeeper|snyk-bot|mergify|allcontributors|imgbot|codecov|changeset-bot|github-advanced-security|web-flow|k8s-ci-robot|bors)$/
const AGENTS =
  /^(?:claude|copilot|copilot-swe-agent|devin-ai-integration|gemini-code-assist|chatgpt-codex-connector|google-labs-jules|codeflash-ai|cursoragent|cursor|openhands-agent|sweep-ai)$/
const REVIEWERS =
  /^(?:ellipsis-dev|greptile-apps|coderabbitai|copilot-pull-request-reviewer|qodo-merge-pro|sourcery-ai|korbit-ai|graphite-app|cubic-dev-ai)$/

/** Addresses agents sign with. `noreply@` only: people with an address at an agent's maker are people. */
const AGENT_ADDRESSES = new Set([
  'noreply@anthropic.com',
  'openhands@all-hands.dev',
  'opendevin@all-hands.dev',
  'opendevin@opendevin.ai',
  'cursoragent@cursor.com',
  'amp@ampcode.com',
  'code@blackbox.ai',
  'subagent@clawd.ai',
])

/**
 * Class of an account by login or e-mail address; names are never looked at, because there are people called Devin.
 * `app/dependabot`, `dependabot[bot]` and `49699333+dependabot[bot]@users.noreply.github.com` are one account.
 *
 * `houseAgents`: logins or addresses of agents a company runs itself; only its people can know them.
 */
export function classOfAccount(account: string, houseAgents: readonly string[] = []): AccountClass {
  const written = account.trim().toLowerCase()
  if (AGENT_ADDRESSES.has(written)) return 'agent'
  const address = /^(?:\d+\+)?([^@]+)@(.*)$/.exec(written)
  const isForgeAddress = address !== null && /(?:^|\.)noreply\.|^noreply\./.test(address[2]!)
  const login = (address ? address[1]! : written).replace(/^app\//, '')
  const plain = login.replace(/\[bot\]$/, '')
  if (houseAgents.some((house) => isSameAccount(house, written, plain))) return 'agent'
  if (address && !isForgeAddress)
    return AUTOMATION.test(plain) && /bot|dependabot|renovate/.test(plain) ? 'bot' : 'human'
  const isApp = login.endsWith('[bot]') || written.startsWith('app/')
  if (AUTOMATION.test(plain)) return 'bot'
  if (REVIEWERS.test(plain)) return 'reviewer'
  // A person may be called `claude` or `cursor` without the mark of an app; Copilot's own account bears no such mark.
  if (AGENTS.test(plain) && (isApp || /^copilot|^cursoragent$|^openhands-agent$/.test(plain))) return 'agent'
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
