/** Keys of what a forge knows, the same from every export of it, so that one fills the gaps of another. */
export function pullKey(repository: string, number: number): string {
  return `pr|${repository}|${number}`
}

export function pullCommitKey(repository: string, number: number, sha: string | null): string {
  return `pr-commit|${repository}|${number}|${sha ?? ''}`
}

/**
 * Exports spell ids of reviews differently, so a review is known by who gave it and when. A verdict and a comment of the
 * same second are two; a verdict that was dismissed later stays the same review.
 */
export function reviewKey(review: {
  readonly repository: string
  readonly number: number
  readonly reviewer: string | null
  readonly state: string | null
  readonly submittedAt: number | null
  /** For reviews without a moment (pending ones). */
  readonly id: string | null
}): string {
  const who = (review.reviewer ?? '')
    .toLowerCase()
    .replace(/^app\//, '')
    .replace(/\[bot\]$/, '')
  const kind = review.state === 'COMMENTED' || review.state === 'PENDING' ? 'comment' : 'verdict'
  const when = review.submittedAt === null ? `id ${review.id ?? ''}` : String(Math.floor(review.submittedAt / 1000))
  return `review|${review.repository}|${review.number}|${who}|${kind}|${when}`
}

/** Of a deployment the forge knows by number; `host` may be unknown, numbers are unique on one host. */
export function deploymentKey(forge: string, id: string): string {
  return `deployment|${forge}|${id}`
}

/** `https://api.github.com/repos/o/r/…`, `https://ghe.example/api/v3/repos/o/r/…` and `https://github.com/o/r/…` are `host/o/r`. */
export function repositoryOfAddress(address: string | null): string | null {
  const match = /^https?:\/\/([^/\s]+)\/(?:(?:api\/v3\/)?repos\/)?([^/\s]+)\/([^/\s?#]+)/.exec(address ?? '')
  if (!match) return null
  const host = match[1]!.toLowerCase()
  return `${host === 'api.github.com' ? 'github.com' : host}/${match[2]!}/${match[3]!.replace(/\.git$/, '')}`
}
