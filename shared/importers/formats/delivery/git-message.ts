import { agentOfText } from '../../agent-marks.ts'

/** What the message of a commit says beside its subject. */
export interface GitMessage {
  /** `Name <mail>` of all its co-authors, also those above its last paragraph, where git itself does not look. */
  readonly coAuthors: readonly string[]
  readonly agent: string | null
  /** Number of the merge request it lands, as GitLab writes it into merge commits. */
  readonly mergeRequest: number | null
}

export function readMessage(message: string): GitMessage {
  const request = /^See merge request (?:\S+)?!(\d{1,9})\s*$/m.exec(message)
  return {
    coAuthors: [...message.matchAll(/^[ \t>*-]*co-authored-by:[ \t]*([^<\n]*<[^>\n]+>)\s*$/gim)].map(([, who]) =>
      who!.trim(),
    ),
    agent: agentOfText(message),
    mergeRequest: request ? Number(request[1]) : null,
  }
}

/** Both lists as lines, each person once; null = nobody. */
export function joinPeople(trailers: readonly string[], found: readonly string[]): string | null {
  const people = new Map<string, string>()
  for (const who of [...trailers, ...found]) {
    const address = /<([^<>]+)>\s*$/.exec(who)?.[1] ?? who
    if (!people.has(address.toLowerCase())) people.set(address.toLowerCase(), who)
  }
  return people.size === 0 ? null : [...people.values()].join('\n')
}
