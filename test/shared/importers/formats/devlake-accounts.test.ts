import { describe, expect, it } from 'vitest'
import {
  accountsOf,
  deliveryOf,
  type Person,
  suggestMerges,
  withLogins,
  withPeople,
} from '../../../../shared/delivery/index.ts'
import { eachFact } from '../../../../shared/facts/index.ts'
import { factsOf, joined, NOTHING, rowsOf, staged } from '../../../support/stage.ts'
import { at } from '../../../support/build-facts.ts'

const ACCOUNTS =
  'id,created_at,updated_at,email,avatar_url,full_name,user_name,organization,created_date,status\n' +
  'github:GithubAccount:1:5,2026-02-01 08:00:00,2026-03-01 08:00:00,ann@example.com,http://a/b,Ann Lee,ann,acme,,0\n' +
  'github:GithubAccount:1:6,2026-02-01 08:00:00,2026-03-01 08:00:00,,,,review-bot[bot],acme,,0\n' +
  'jira:JiraAccount:2:712020,2026-02-01 08:00:00,2026-03-01 08:00:00,ann@example.com,,,Ann Lee,,,0\n' +
  'github:GithubAccount:1:8,2026-02-01 08:00:00,2026-03-01 08:00:00,,,,,,,0\n'
const USERS = 'id,created_at,_raw_data_table,email,name\nU1,2026-02-01 08:00:00,,lee@home.example,Ann Lee\n'
const USER_ACCOUNTS = 'account_id,user_id\ngithub:GithubAccount:1:5,U1\n'
const PULLS =
  'id,base_repo_id,status,url,author_name,author_id,pull_request_key,created_date,merged_date,closed_date,merge_commit_sha,is_draft,description\n' +
  'github:GithubPullRequest:1:77,r,MERGED,https://github.com/acme/api/pull/9,,github:GithubAccount:1:7,9,2026-02-01 10:00:00,2026-02-03 10:00:00,2026-02-03 10:00:00,abc,f,"Fixes #3\n\n🤖 Generated with [Claude Code](https://claude.com)"\n'
const COMMENTS =
  'id,pull_request_id,body,account_id,created_date,type,review_id,status\n' +
  'c0,github:GithubPullRequest:1:77,x,github:GithubAccount:1:6,2026-02-01 11:00:00,REVIEW,,APPROVED\n' +
  'c1,github:GithubPullRequest:1:77,x,github:GithubAccount:1:5,2026-02-01 12:00:00,REVIEW,,APPROVED\n'
const ISSUES =
  'id,issue_key,title,type,status,original_status,created_date,resolution_date,assignee_id,assignee_name\n' +
  'jira:JiraIssue:2:10,EE-1,t,REQUIREMENT,DONE,Closed,2026-02-01 08:00:00,2026-02-02 08:00:00,jira:JiraAccount:2:712020,Ann Lee\n'
const CHANGES =
  'id,issue_id,author_id,author_name,field_name,original_from_value,original_to_value,from_value,to_value,created_date\n' +
  's1,jira:JiraIssue:2:10,jira:JiraAccount:2:712020,Ann Lee,status,Open,Closed,TODO,DONE,2026-02-02 08:00:00\n' +
  's2,jira:JiraIssue:2:10,jira:JiraAccount:2:9,Bo Li,status,,,TODO,DONE,2026-02-03 08:00:00\n'

const ALL = [ACCOUNTS, USERS, USER_ACCOUNTS, PULLS, COMMENTS, ISSUES, CHANGES]

async function importedIn(files: readonly string[]) {
  let known = NOTHING
  for (const [i, file] of files.entries()) known = joined(known, await staged(`file-${i}`, file, {}, known))
  return known
}

describe('accounts of DevLake', () => {
  it('are read with their login, address and name; one that says nothing is blank', async () => {
    const one = await staged('accounts.csv', ACCOUNTS)
    expect([one.record.format, one.record.counts]).toMatchObject(['devlake-accounts-csv', { new: 3, blank: 1 }])
    expect(one.record.asOf).toBe(at('2026-03-01T08:00'))
    expect(rowsOf(one, 'account')).toEqual([
      {
        source: 'devlake',
        id: 'github:GithubAccount:1:5',
        login: 'ann',
        email: 'ann@example.com',
        name: 'Ann Lee',
        person: null,
        extra: 'organization: acme\nstatus: 0',
      },
      expect.objectContaining({ id: 'github:GithubAccount:1:6', login: 'review-bot[bot]', name: 'review-bot[bot]' }),
      // A display name is no login.
      expect.objectContaining({ id: 'jira:JiraAccount:2:712020', login: null, name: 'Ann Lee' }),
    ])
  })

  it('kept aside without an id', async () => {
    const one = await staged('u.csv', 'account_id,user_id\n,U1\n')
    expect(one.keptAside.map(({ row, column }) => [row, column])).toEqual([[1, 'account_id']])
  })

  it('name everybody their other tables name by id, in whatever order the files come', async () => {
    for (const files of [ALL, [...ALL].reverse()]) {
      const known = await importedIn(files)
      expect(known.imports.map(({ counts }) => counts.changed)).toEqual(files.map(() => 0))
      const facts = withLogins(factsOf(known))
      const [item] = [...eachFact(facts.workItem)]
      expect(item!.assignee).toBe('ann@example.com')
      expect([...eachFact(facts.statusChange)].map(({ author, to }) => [author, to])).toEqual([
        ['ann@example.com', 'Closed'],
        ['jira:JiraAccount:2:9', 'DONE'],
      ])
      expect([...eachFact(facts.review)].map(({ reviewer }) => reviewer)).toEqual(['review-bot[bot]', 'ann'])
      const [pull] = deliveryOf(facts, { productionEnvironments: [] }).pullRequests
      // A bot is told from a person by its login only.
      expect(pull!.firstHumanReviewAt).toBe(at('2026-02-01T12:00'))
      expect([pull!.author, pull!.closes, pull!.agent]).toEqual([
        'github:GithubAccount:1:7',
        ['acme/api#3'],
        'Claude Code',
      ])
      const accounts = accountsOf(facts)
      expect(accounts.map(({ id, names }) => [id, names])).toContainEqual(['ann', ['Ann Lee']])
      expect(accounts.map(({ id, names }) => [id, names])).toContainEqual(['jira:JiraAccount:2:9', ['Bo Li']])
    }
  })

  it('suggest who is one, and change nothing before somebody says so', async () => {
    const usage = 'date,user,model,cost\n2026-02-01,ann@example.com,m,1\n2026-02-02,lee@home.example,m,2\n'
    const facts = withLogins(factsOf(await importedIn([...ALL, usage])))
    const [suggestion] = suggestMerges(accountsOf(facts))
    expect(suggestion).toMatchObject({
      accounts: ['ann', 'ann@example.com', 'lee@home.example'],
      personId: null,
    })
    expect(suggestion!.reasons[0]).toBe('listed')
    const people = (persons: readonly Person[]) =>
      [...eachFact(withPeople(facts, persons).usage)].map(({ person }) => person)
    expect(people([])).toEqual(['ann@example.com', 'lee@home.example'])
    const ann = { id: 'p', name: 'Ann', kind: 'human', accounts: suggestion!.accounts, teams: [] } as const
    expect(people([ann])).toEqual(['ann', 'ann'])
  })
})
