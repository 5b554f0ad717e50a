import type { RecordSink } from '../../format.ts'

/** Source of ids of DevLake, `<plugin>:<Entity>:<connection>:<id>`. */
export const DEVLAKE = 'devlake'

const OF_WAREHOUSE = 'where the warehouse had the row from'

/** What DevLake writes beside each row about where it came from; it says nothing of the row. */
export const RAW_DATA = {
  _raw_data_params: OF_WAREHOUSE,
  _raw_data_table: OF_WAREHOUSE,
  _raw_data_id: OF_WAREHOUSE,
  _raw_data_remark: OF_WAREHOUSE,
} as const

export const GITHUB = 'github'
export const GITLAB = 'gitlab'

/** What a source says of one of its accounts; left out = nothing. */
export interface SaidAccount {
  readonly source: string
  /** Where it says so, unless beside what the account did: each place is a statement of its own. */
  readonly place?: 'accounts' | 'persons'
  readonly id: string | null
  readonly login?: string | null
  readonly email?: string | null
  readonly name?: string | null
  readonly person?: string | null
}

/**
 * Tells accounts a file states, each once: which login, address and name are one account is what people are told apart by,
 * and nothing else says it for sure.
 */
export class SaidAccounts {
  private readonly told = new Set<string>()

  tell(sink: RecordSink, account: SaidAccount): void {
    const { source, place = 'deeds', id, login = null, email = null, name = null, person = null } = account
    if (id === null || (login ?? email ?? name ?? person) === null) return
    // An account whose id is its login may have several addresses.
    const key = `account|${source}|${place}|${id}${id === login && email !== null ? `|${email}` : ''}`
    const said = JSON.stringify([key, login, email, name, person])
    if (this.told.has(said)) return
    this.told.add(said)
    sink.fact('account', { source, id, login, email, name, person }, key)
  }
}

/** An account whose only name is a display name has none by which to be found. */
export function loginOf(name: string | null): string | null {
  return name === null || /\s/.test(name) ? null : name
}
