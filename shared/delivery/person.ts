import type { Day } from '../calendar/index.ts'
import type { Identified } from '../records/index.ts'

export const PERSON_KINDS = ['human', 'bot', 'agent', 'reviewer'] as const
/** human · bot: automation by rule · agent: an AI that writes changes · reviewer: an AI that reviews them. */
export type PersonKind = (typeof PERSON_KINDS)[number]

/** Somebody, under all the names tools know them by; what a user has confirmed, never what was guessed. */
export interface Person extends Identified {
  readonly name: string
  readonly kind: PersonKind
  /** Addresses, logins and keys; the first stands for all in figures. Letter case aside, an account has one person. */
  readonly accounts: readonly string[]
  /** By rising start; `from` null = from the beginning. Team '' = left all teams. */
  readonly teams: readonly { readonly team: string; readonly from: Day | null }[]
}

/** Accounts the user said are not one person: never suggested again. */
export interface RefusedMerge extends Identified {
  readonly accounts: readonly string[]
}

/** Accounts are compared without letter case. */
export function plainAccount(account: string): string {
  return account.trim().toLowerCase()
}
