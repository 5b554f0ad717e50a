import type { FactRow } from '../../../facts/index.ts'

/** A pull request of which nothing is said; an export states its own columns over it. */
export const SILENT_PULL = {
  repository: null,
  number: null,
  title: null,
  state: null,
  isDraft: null,
  author: null,
  authorIsBot: null,
  createdAt: null,
  mergedAt: null,
  closedAt: null,
  mergeSha: null,
  headRef: null,
  additions: null,
  deletions: null,
  changedFiles: null,
  labels: null,
  closes: null,
  agent: null,
  reviewsKnown: null,
  commitsKnown: null,
} satisfies FactRow<'pullRequest'>
