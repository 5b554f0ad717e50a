import { describe, expect, it } from 'vitest'
import {
  agentOfEmail,
  agentOfLogin,
  agentOfPeople,
  agentOfText,
  isBotLogin,
} from '../../../../shared/importers/index.ts'
import { factsOf, joined, NOTHING, rowsOf, staged } from '../../../support/stage.ts'

const [RS, US, GS] = ['\u001e', '\u001f', '\u001d']
const sha = (letter: string) => letter.repeat(40)

function landing(id: string, parents: string, subject: string, body = '', coAuthors = ''): string {
  const fields = [
    'QD1',
    sha(id),
    parents,
    '2026-01-05T10:00:00+05:30',
    '2026-01-06T00:00:00Z',
    'Ada',
    'ada@x.org',
    'GitHub',
    'noreply@github.com',
    coAuthors,
    subject,
  ]
  return `${RS}${fields.join(US)}\n${body === '' ? '' : `\n${body}`}`
}

async function files(content: string | Uint8Array, name = 'api.txt') {
  const one = await staged(name, content)
  return rowsOf(one, 'fileChange').map(({ path, fromPath, added, deleted }) => [path, fromPath, added, deleted])
}

describe('git log, QD1', () => {
  it('reads landings with co-authors, pull request and position', async () => {
    const one = await staged(
      'quarterdeck-api.numstat.txt',
      landing(
        'a',
        sha('b'),
        `feat${US}ure (#7) (#12)`,
        '1\t2\tsrc/a.ts\n',
        `Claude <noreply@anthropic.com>${GS}Bo <bo@x.org>`,
      ) + landing('b', '', 'start'),
    )
    expect(one.record.counts).toMatchObject({ rows: 2, new: 2 })
    const [first, root] = rowsOf(one, 'landing')
    expect(first).toEqual({
      repository: 'api',
      sha: sha('a'),
      position: 0,
      authoredAt: Date.UTC(2026, 0, 5, 4, 30),
      committedAt: Date.UTC(2026, 0, 6),
      authorName: 'Ada',
      authorEmail: 'ada@x.org',
      committerEmail: 'noreply@github.com',
      coAuthors: 'Claude <noreply@anthropic.com>\nBo <bo@x.org>',
      subject: `feat${US}ure (#7) (#12)`,
      pullRequest: 12,
    })
    expect([root!.position, root!.pullRequest]).toEqual([1, null])
    expect(one.record.notes.map(({ code }) => code)).toEqual(['import/repository-from-file-name'])
  })

  it.each([
    ['1\t2\tsrc/a b.ts', ['src/a b.ts', null, 1, 2]],
    ['-\t-\tlogo.png', ['logo.png', null, null, null]],
    ['0\t0\told.ts => new.ts', ['new.ts', 'old.ts', 0, 0]],
    ['0\t0\tsrc/{a => b}/f.ts', ['src/b/f.ts', 'src/a/f.ts', 0, 0]],
    ['0\t0\tsrc/{ => sub}/f.ts', ['src/sub/f.ts', 'src/f.ts', 0, 0]],
    ['0\t0\tsrc/{sub => }/f.ts', ['src/f.ts', 'src/sub/f.ts', 0, 0]],
    ['0\t0\t{a => b}/f.ts', ['b/f.ts', 'a/f.ts', 0, 0]],
    ['0\t0\tsrc/{a => b.ts => plain.ts}', ['src/plain.ts', 'src/a => b.ts', 0, 0]],
    ['3\t0\t"src/\\303\\274n/tab\\tq\\"b\\\\.ts"', ['src/ün/tab\tq"b\\.ts', null, 3, 0]],
    ['0\t0\t"src/ü\\tx.ts" => src/y.ts', ['src/y.ts', 'src/ü\tx.ts', 0, 0]],
  ])('reads the path of %j', async (line, wanted) => {
    expect(await files(landing('a', sha('b'), 's', `${line}\n`))).toEqual([wanted])
    expect(await files(landing('a', sha('b'), 's', `${line}\r\n`))).toEqual([wanted])
  })

  it('takes no arrow for a rename in a root commit', async () => {
    expect(await files(landing('a', '', 's', '5\t0\tsrc/a => b.ts\n'))).toEqual([['src/a => b.ts', null, 5, 0]])
  })

  it('reads -z, where nothing is quoted and renames are three pieces', async () => {
    const z = landing('a', sha('b'), 's').trimEnd() + '\0\n1\t2\tsrc/x.ts\0' + '0\t3\t\0old name\0new\tname\0'
    expect(await files(z)).toEqual([
      ['src/x.ts', null, 1, 2],
      ['new\tname', 'old name', 0, 3],
    ])
  })

  it('keeps aside landings it cannot read whole', async () => {
    const one = await staged(
      'x.txt',
      landing('a', sha('b'), 's', 'no numstat\n') +
        landing('z', sha('b'), 's') +
        landing('b', sha('c'), 't', '1\t1\tf\n') +
        `${RS}QD1${US}cut`,
    )
    expect(one.keptAside.map(({ row, line, column }) => [row, line, column])).toEqual([
      [1, 1, 'numstat'],
      [2, 4, 'sha'],
      [4, 8, null],
    ])
    expect(one.record.counts).toMatchObject({ rows: 4, new: 1, keptAside: 3 })
  })

  it('keeps a first record whose mark a shell dropped, however many follow', async () => {
    const text = landing('a', sha('b'), 's', '1\t1\tf\n') + landing('b', sha('c'), 't')
    const one = await staged('x.txt', text.slice(1))
    expect(rowsOf(one, 'landing').map(({ sha: id, position }) => [id, position])).toEqual([
      [sha('a'), 0],
      [sha('b'), 1],
    ])
  })

  it('counts lines from hunk headers and keeps the ranges', async () => {
    const body = [
      'diff --git a/src/a b.ts b/src/a b.ts',
      '@@ -2 +2,3 @@',
      '@@ -5,2 +9,0 @@',
      'diff --git a/old.ts b/new.ts',
      'rename from old.ts',
      'rename to new.ts',
      'diff --git a/x.bin b/x.bin',
      'Binary files a/x.bin and b/x.bin differ',
      'diff --git a/n.ts b/n.ts',
      'new file mode',
      '@@ -0,0 +1,4 @@',
      'diff --git a/d.ts b/d.ts',
      'deleted file mode',
      '@@ -1 +0,0 @@',
      '',
    ].join('\n')
    const one = await staged('x.txt', landing('a', sha('b'), 's', body))
    expect(one.record.format).toBe('git-qd1-hunks')
    expect(
      rowsOf(one, 'fileChange').map(({ path, fromPath, added, deleted }) => [path, fromPath, added, deleted]),
    ).toEqual([
      ['src/a b.ts', null, 3, 3],
      ['new.ts', 'old.ts', 0, 0],
      ['x.bin', null, null, null],
      ['n.ts', null, 4, 0],
      ['d.ts', null, 0, 1],
    ])
    expect(
      rowsOf(one, 'hunk').map(({ path, fromPath, oldStart, oldCount, newStart, newCount, change }) =>
        [path, fromPath, oldStart, oldCount, newStart, newCount, change].join(' '),
      ),
    ).toEqual([
      'src/a b.ts  2 1 2 3 modify',
      'src/a b.ts  5 2 9 0 modify',
      'new.ts old.ts     rename',
      'x.bin      binary',
      'n.ts  0 0 1 4 new',
      'd.ts  1 1 0 0 deleted',
    ])
    expect(one.record.counts).toMatchObject({ rows: 1, new: 1 })
  })

  it('keeps aside a landing with other lines than diff headers before its first file', async () => {
    const bad = landing('a', sha('b'), 's', '@@ -1 +1 @@\ndiff --git a/x b/x\n')
    const one = await staged('x.txt', bad)
    expect(one.keptAside.map(({ column }) => column)).toEqual(['diff'])
  })

  it('reads the sizes of files before the window', async () => {
    const one = await staged(
      'quarterdeck-api.baseline.tsv',
      '26\t0\tsrc/a.ts\r\n-\t-\tlogo.png\n3\t0\t"\\303\\274.ts"\n\n' + '1\t0\tf\n'.repeat(20) + 'x\t0\ty\n',
    )
    expect(one.record.format).toBe('git-baseline')
    expect(rowsOf(one, 'fileBaseline')).toEqual([
      { repository: 'api', path: 'src/a.ts', lines: 26 },
      { repository: 'api', path: 'logo.png', lines: null },
      { repository: 'api', path: 'ü.ts', lines: 3 },
      { repository: 'api', path: 'f', lines: 1 },
    ])
    expect(one.keptAside.map(({ line }) => line)).toEqual([25])
  })

  it('notes commits that a merge brought in', async () => {
    const text =
      landing('a', `${sha('b')} ${sha('c')}`, 'Merge pull request #3 from x/y') +
      landing('c', sha('d'), 'inner') +
      landing('b', sha('d'), 'main')
    const one = await staged('x.txt', text)
    expect(one.record.notes.map(({ code }) => code)).toContain('import/not-first-parent')
    expect(rowsOf(one, 'landing')[0]!.pullRequest).toBe(3)
  })

  it('takes a longer export of the same history for the same landings', async () => {
    const short = await staged('api.txt', landing('b', sha('c'), 'one', '1\t0\tf\n'))
    const long = await staged(
      'api.txt',
      landing('a', sha('b'), 'two', '1\t0\tf\n') + landing('b', sha('c'), 'one', '1\t0\tf\n'),
      {},
      joined(NOTHING, short),
    )
    expect(long.record.counts).toMatchObject({ new: 1, changed: 0, duplicate: 1 })
    expect(factsOf(joined(joined(NOTHING, short), long)).landing.rows).toBe(2)
  })

  it('reads the plain fuller log', async () => {
    const one = await staged(
      'api.log',
      `commit ${sha('a')}\nAuthor:     Ada <ada@x.org>\nAuthorDate: 2026-01-05T10:00:00Z\nCommit:     Bo <bo@x.org>\nCommitDate: 2026-01-06T00:00:00Z\n\n    fix: it (#4)\n\n    Co-authored-by: Claude <noreply@anthropic.com>\n\n2\t1\tsrc/{a => b}.ts\n\n`,
    )
    expect(rowsOf(one, 'landing')[0]).toMatchObject({
      subject: 'fix: it (#4)',
      pullRequest: 4,
      coAuthors: 'Claude <noreply@anthropic.com>',
      committerEmail: 'bo@x.org',
    })
    expect(one.record.facts).toEqual({ landing: 1, fileChange: 1 })
  })
})

describe('gh pr list', () => {
  const pull = (fields: object) => ({
    number: 9,
    title: 'Add',
    state: 'OPEN',
    isDraft: false,
    url: 'https://github.com/o/r/pull/9',
    author: { is_bot: false, login: 'ada' },
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    mergedAt: null,
    closedAt: null,
    ...fields,
  })
  const read = async (...pulls: readonly object[]) => staged('prs.json', JSON.stringify(pulls))
  const agentOf = async (fields: object) => rowsOf(await read(pull(fields)), 'pullRequest')[0]!.agent

  it('reads a merged one with its reviews, commits, labels and issues', async () => {
    const one = await read(
      pull({
        state: 'MERGED',
        mergedAt: '2026-01-02T00:00:00Z',
        closedAt: '2026-01-02T00:00:00Z',
        mergeCommit: { oid: sha('a') },
        additions: 5,
        labels: [{ name: 'feature' }, { name: 'api' }],
        closingIssuesReferences: [{ number: 3, repository: { name: 'r', owner: { login: 'o' } } }],
        reviews: [{ id: 'r1', author: { login: 'bo' }, state: 'APPROVED', submittedAt: '2026-01-01T12:00:00Z' }],
        commits: [
          {
            oid: sha('c'),
            messageHeadline: 'wip',
            authoredDate: '2025-12-31T00:00:00Z',
            committedDate: '2025-12-31T01:00:00Z',
            authors: [{ email: 'ada@x.org' }],
          },
        ],
      }),
    )
    expect(rowsOf(one, 'pullRequest')[0]).toMatchObject({
      repository: 'github.com/o/r',
      number: 9,
      state: 'merged',
      isDraft: 0,
      author: 'ada',
      authorIsBot: 0,
      mergeSha: sha('a'),
      labels: 'feature\napi',
      closes: 'o/r#3',
      agent: null,
      additions: 5,
      deletions: null,
      reviewsKnown: 1,
      commitsKnown: 1,
    })
    expect(rowsOf(one, 'review')).toEqual([
      {
        repository: 'github.com/o/r',
        number: 9,
        reviewer: 'bo',
        state: 'APPROVED',
        submittedAt: Date.UTC(2026, 0, 1, 12),
      },
    ])
    expect(rowsOf(one, 'pullCommit')[0]).toMatchObject({ sha: sha('c'), authorEmails: 'ada@x.org', headline: 'wip' })
    expect(one.record.period).toEqual({ from: '2026-01-01', to: '2026-01-02' })
  })

  it('tells no reviews from reviews not exported', async () => {
    expect(rowsOf(await read(pull({ reviews: [] })), 'pullRequest')[0]!.reviewsKnown).toBe(1)
    expect(rowsOf(await read(pull({})), 'pullRequest')[0]!.reviewsKnown).toBeNull()
  })

  it('finds the marks of agents', async () => {
    expect(await agentOf({ commits: [{ oid: 'x', authors: [{ email: 'noreply@anthropic.com' }] }] })).toBe(
      'Claude Code',
    )
    expect(
      await agentOf({ commits: [{ oid: 'x', messageBody: 'x\n\nCo-authored-by: Cursor <cursoragent@cursor.com>' }] }),
    ).toBe('Cursor')
    expect(await agentOf({ author: { login: 'app/copilot-swe-agent', is_bot: true } })).toBe('GitHub Copilot')
    expect(await agentOf({ body: '🤖 Generated with [Claude Code](https://x)' })).toBe('Claude Code')
    expect(
      await agentOf({ commits: [{ oid: 'x', authors: [{ email: 'someone@anthropic.com', name: 'Devin Clark' }] }] }),
    ).toBeNull()
  })

  it('keeps the latest state of one that stands on two pages', async () => {
    const pages = `${JSON.stringify([pull({ updatedAt: '2026-01-03T00:00:00Z', title: 'new' })])}\n${JSON.stringify([pull({ title: 'old' })])}`
    const one = await staged('prs.json', pages)
    expect(one.record.counts).toMatchObject({ rows: 2, new: 1, duplicate: 1 })
    expect(rowsOf(one, 'pullRequest')[0]!.title).toBe('new')
  })

  it('keeps aside what has no number, address or start', async () => {
    const one = await read(
      pull({}),
      pull({ number: 'x' }),
      pull({ number: 10, url: '' }),
      pull({ number: 11, url: 'https://github.com/o/r/pull/11', createdAt: 'soon' }),
      7 as never,
    )
    expect(one.keptAside.map(({ row, column }) => [row, column])).toEqual([
      [2, 'number'],
      [3, 'url'],
      [4, 'createdAt'],
      [5, 'number'],
    ])
  })

  it('sees a changed one as changed', async () => {
    const first = await read(pull({}))
    const next = await staged(
      'prs.json',
      JSON.stringify([pull({ state: 'CLOSED', closedAt: '2026-01-05T00:00:00Z', updatedAt: '2026-01-05T00:00:00Z' })]),
      {},
      joined(NOTHING, first),
    )
    expect(next.record.counts).toMatchObject({ changed: 1 })
  })
})

describe('deployments and incidents', () => {
  it('are read in our own layouts', async () => {
    const one = await staged(
      'd.csv',
      'deployment_id,service,environment,commit_sha,started_at,finished_at,result,unplanned,caused_by_incident\n' +
        `d1,api,production,${sha('a')},2026-01-01T10:00:00+01:00,2026-01-01T10:05:00+01:00,Success,false,\n` +
        'd2,api,production,,,2026-01-01T10:05:00Z,maybe,,\n' +
        'd3,api,production,,2026-01-01 10:05,,failure,,\n',
    )
    expect(rowsOf(one, 'deployment')).toEqual([
      {
        deploymentId: 'd1',
        service: 'api',
        environment: 'production',
        sha: sha('a'),
        startedAt: Date.UTC(2026, 0, 1, 9),
        finishedAt: Date.UTC(2026, 0, 1, 9, 5),
        result: 'success',
        isUnplanned: 0,
        causedByIncident: null,
      },
    ])
    expect(one.keptAside.map(({ column, issue }) => [column, issue.code])).toEqual([
      ['result', 'import/not-one-of'],
      ['started_at', 'import/not-a-time'],
    ])
  })

  it('take the zone the user names for times without one', async () => {
    const text =
      'incident_id,service,severity,started_at,resolved_at,caused_by_deployment\ni1,api,high,2026-01-01 10:00,,d1\n'
    const one = await staged('i.csv', text, { zone: 'Europe/Berlin' as never })
    expect(rowsOf(one, 'incident')[0]).toMatchObject({
      startedAt: Date.UTC(2026, 0, 1, 9),
      resolvedAt: null,
      causedByDeployment: 'd1',
    })
  })
})

describe('agent marks', () => {
  it.each([
    ['noreply@anthropic.com', 'Claude Code'],
    ['NoReply@Anthropic.com', 'Claude Code'],
    ['12345+claude[bot]@users.noreply.github.com', 'Claude Code'],
    ['openhands@all-hands.dev', 'OpenHands'],
    ['198982749+Copilot@users.noreply.github.com', 'GitHub Copilot'],
    ['1+devin-ai-integration[bot]@users.noreply.github.com', 'Devin'],
    ['jane@anthropic.com', null],
    ['1+dependabot[bot]@users.noreply.github.com', null],
    ['', null],
  ])('e-mail %j is of %s', (email, agent) => expect(agentOfEmail(email)).toBe(agent))

  it('know logins, people and lines', () => {
    expect([agentOfLogin('app/copilot-swe-agent'), agentOfLogin('Copilot'), agentOfLogin('devin-clark')]).toEqual([
      'GitHub Copilot',
      'GitHub Copilot',
      null,
    ])
    expect(agentOfPeople('Ada <ada@x.org>\nClaude Opus 4.8 (1M context) <noreply@anthropic.com>')).toBe('Claude Code')
    expect(agentOfPeople('Claude <claude@x.org>')).toBeNull()
    expect([agentOfText('Amp-Thread-ID: T-1'), agentOfText('nothing')]).toEqual(['Amp', null])
    expect([
      isBotLogin('dependabot[bot]'),
      isBotLogin('app/renovate'),
      isBotLogin('coderabbitai'),
      isBotLogin('ada'),
    ]).toEqual([true, true, true, false])
  })
})
