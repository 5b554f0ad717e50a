import { accepted } from '../../../issues/index.ts'
import type { FieldUses, TableFormat } from '../../format.ts'
import { missing } from '../../messages.ts'
import { RowReader } from '../../row-reader.ts'
import { timeOf } from './devlake.ts'
import { DEVLAKE, loginOf, RAW_DATA, type SaidAccount, SaidAccounts } from './said-accounts.ts'

/** DevLake `accounts`: what the ids stand for that its other tables name people by. */
export const devlakeAccounts: TableFormat = accountTable({
  id: 'devlake-accounts-csv',
  name: 'DevLake accounts (CSV)',
  required: ['id', 'email', 'full_name', 'user_name'],
  read: {
    id: ['account.id', 'key'],
    created_at: 'moment',
    updated_at: 'moment',
    email: 'account.email',
    full_name: 'account.name',
    user_name: 'account.login',
  },
  left: { avatar_url: 'a picture' },
  key: 'id',
  wanted: 'the id of the account',
  accountOf(text) {
    const userName = text('user_name')
    return {
      source: DEVLAKE,
      place: 'accounts',
      id: text('id'),
      login: loginOf(userName),
      email: text('email'),
      name: text('full_name') ?? userName,
    }
  },
})

/** DevLake `users`: people, with the address their accounts are found by. */
export const devlakeUsers: TableFormat = accountTable({
  id: 'devlake-users-csv',
  name: 'DevLake users (CSV)',
  required: ['id', 'email', 'name', '_raw_data_table'],
  read: {
    id: ['account.id', 'account.person', 'key'],
    created_at: 'moment',
    updated_at: 'moment',
    email: 'account.email',
    name: 'account.name',
  },
  key: 'id',
  wanted: 'the id of the user',
  accountOf: (text) => ({
    source: DEVLAKE,
    place: 'accounts',
    id: `user ${text('id') ?? ''}`,
    email: text('email'),
    name: text('name'),
    person: text('id'),
  }),
})

/** DevLake `user_accounts`: which accounts are one person's. */
export const devlakeUserAccounts: TableFormat = accountTable({
  id: 'devlake-user-accounts-csv',
  name: 'DevLake accounts of users (CSV)',
  required: ['account_id', 'user_id'],
  without: ['date', 'day', 'timestamp', 'created_date', 'model', 'cost', 'spend', 'tokens', 'team', 'id'],
  read: { account_id: ['account.id', 'key'], user_id: 'account.person' },
  key: 'account_id',
  wanted: 'the id of the account',
  accountOf: (text) => ({ source: DEVLAKE, place: 'persons', id: text('account_id'), person: text('user_id') }),
})

function accountTable(table: {
  readonly id: string
  readonly name: string
  readonly required: readonly string[]
  readonly without?: readonly string[]
  readonly read: FieldUses['read']
  readonly left?: FieldUses['left']
  readonly key: string
  readonly wanted: string
  accountOf(text: (name: string) => string | null): SaidAccount
}): TableFormat {
  const { id, name, required, without = [], read: uses, left = {}, key, wanted, accountOf } = table
  return {
    shape: 'table',
    id,
    name,
    kind: 'delivery',
    fields: { of: 'account', read: uses, left: { ...RAW_DATA, ...left } },
    required,
    without,
    open(_table, columns) {
      const read = new RowReader(columns.header)
      const [keyAt, updatedAt] = [columns.find(key), columns.find('updated_at', 'created_at')]
      const text = (column: string) => read.text(columns.find(column))
      const accounts = new SaidAccounts()
      return accepted({
        width: columns.header.length,
        judge(cells, sink) {
          read.begin(cells)
          if (read.text(keyAt) === null) return sink.aside(columns.header[keyAt]!, missing(wanted))
          const moment = timeOf(read, updatedAt)
          if (read.flaw) return sink.aside(read.flaw.column, read.flaw.issue)
          if (moment !== null) sink.spoke(moment)
          const account = accountOf(text)
          if (account.login ?? account.email ?? account.name ?? account.person) accounts.tell(sink, account)
          else sink.blank()
        },
      })
    },
  }
}
