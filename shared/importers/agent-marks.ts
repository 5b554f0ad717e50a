/**
 * Marks AI agents leave on changes. Matched by e-mail, never by name: names change with every model, and there are people
 * called Devin. No mark proves nothing; say "marked" and "not marked", never "AI" and "human".
 */
export interface AgentMark {
  readonly agent: string
  /** Lower case. `N+login@users.noreply.github.com` is compared without its number. */
  readonly emails: readonly string[]
  /** GitHub logins, lower case, without `[bot]` and `app/`. */
  readonly logins: readonly string[]
  /** A line the agent writes into pull request bodies or commit messages. */
  readonly line?: RegExp
}

const noreply = (login: string) => `${login}@users.noreply.github.com`

export const AGENT_MARKS: readonly AgentMark[] = [
  {
    agent: 'Claude Code',
    emails: ['noreply@anthropic.com', noreply('claude[bot]')],
    logins: ['claude', 'claude-code'],
    line: /Generated with \[?Claude Code|^Claude-Session:/m,
  },
  {
    agent: 'OpenHands',
    emails: ['openhands@all-hands.dev', 'opendevin@all-hands.dev', 'opendevin@opendevin.ai'],
    logins: ['openhands-agent', 'openhands'],
  },
  { agent: 'Cursor', emails: ['cursoragent@cursor.com'], logins: ['cursor', 'cursoragent'] },
  {
    agent: 'Gemini Code Assist',
    emails: [noreply('gemini-code-assist[bot]')],
    logins: ['gemini-code-assist'],
  },
  {
    agent: 'GitHub Copilot',
    emails: [noreply('copilot'), noreply('copilot-swe-agent[bot]')],
    logins: ['copilot', 'copilot-swe-agent'],
  },
  {
    agent: 'Devin',
    emails: [noreply('devin-ai-integration[bot]')],
    logins: ['devin-ai-integration'],
  },
  {
    agent: 'Codex',
    emails: [noreply('chatgpt-codex-connector[bot]')],
    logins: ['chatgpt-codex-connector'],
  },
  { agent: 'Jules', emails: [noreply('google-labs-jules[bot]')], logins: ['google-labs-jules'] },
  { agent: 'Amp', emails: ['amp@ampcode.com'], logins: [], line: /^Amp-Thread-ID:/m },
  { agent: 'Blackbox', emails: ['code@blackbox.ai'], logins: [] },
  { agent: 'OpenClaw', emails: ['subagent@clawd.ai'], logins: [] },
  { agent: 'Codeflash', emails: [noreply('codeflash-ai[bot]')], logins: ['codeflash-ai'] },
]

/** Automation without judgement of its own, and reviewers that co-sign suggestions: neither people nor authors. */
export const BOT_LOGINS: readonly string[] = [
  'dependabot',
  'renovate',
  'github-actions',
  'pre-commit-ci',
  'ellipsis-dev',
  'greptile-apps',
  'coderabbitai',
  'copilot-pull-request-reviewer',
  'codecov',
  'codecov-commenter',
]

const byEmail = new Map(AGENT_MARKS.flatMap(({ agent, emails }) => emails.map((email) => [email, agent] as const)))
const byLogin = new Map(AGENT_MARKS.flatMap(({ agent, logins }) => logins.map((login) => [login, agent] as const)))

export function agentOfEmail(email: string): string | null {
  const plain = email
    .trim()
    .toLowerCase()
    .replace(/^\d+\+/, '')
  return byEmail.get(plain) ?? null
}

export function agentOfLogin(login: string): string | null {
  return byLogin.get(plainLogin(login)) ?? null
}

export function agentOfText(text: string): string | null {
  return AGENT_MARKS.find(({ line }) => line?.test(text))?.agent ?? null
}

/** `Name <mail>` lines, as landings keep their co-authors. */
export function agentOfPeople(people: string): string | null {
  for (const person of people.split('\n')) {
    const email = /<([^<>]+)>\s*$/.exec(person)?.[1] ?? person
    const agent = agentOfEmail(email)
    if (agent !== null) return agent
  }
  return null
}

/** Bots by GitHub's own endings or by our list; agents are bots as reviewers, not as authors. */
export function isBotLogin(login: string): boolean {
  const lower = login.toLowerCase()
  return lower.endsWith('[bot]') || lower.startsWith('app/') || BOT_LOGINS.includes(plainLogin(login))
}

function plainLogin(login: string): string {
  return login
    .trim()
    .toLowerCase()
    .replace(/^app\//, '')
    .replace(/\[bot\]$/, '')
}
