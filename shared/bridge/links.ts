/**
 * The sites a link in the product may lead to: where the exports we read are described, and where the evidence behind a
 * template's defaults was published. Anything else stays text.
 */
export const LINK_HOSTS: readonly string[] = [
  'arxiv.org',
  'cursor.com',
  'docs.anthropic.com',
  'docs.claude.com',
  'docs.github.com',
  'doi.org',
  'dora.dev',
  'focus.finops.org',
  'platform.claude.com',
  'platform.openai.com',
  'www.finops.org',
]

/** True for a plain https address on one of our sites: no user name, no port, no look-alike host. */
export function isAllowedLink(address: string): boolean {
  // Only what a person would type: control characters and spaces are how addresses are disguised.
  if (!/^https:\/\/[a-z0-9.-]+(?:[/?#][\x21-\x7e]*)?$/.test(address)) return false
  const host = address.slice('https://'.length).split(/[/?#]/, 1)[0] ?? ''
  return LINK_HOSTS.includes(host)
}
