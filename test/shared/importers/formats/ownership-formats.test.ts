import { describe, expect, it } from 'vitest'
import { refusal, rowsOf, staged } from '../../../support/stage.ts'

const choices = { repository: 'github.com/o/r' }

describe('CODEOWNERS', () => {
  const text =
    '# Everything\n*  @o/core\n\n/docs/ @o/docs docs@x.org # words\n[Data][2] @o/data\nsrc/with\\ space.ts @ada\n/vendor/\nnonsense owner\n'

  it('asks which repository it is of', async () => {
    expect((await refusal('*.ts @o/core\n'))[0]!.code).toBe('import/repository-needed')
  })

  it('reads patterns and owners in their order, and those that have none', async () => {
    // One line that fits nothing is enough not to be taken for CODEOWNERS at all.
    expect((await refusal(text, choices)).length).toBeGreaterThan(0)
    const good = await staged('CODEOWNERS', text.replace('nonsense owner\n', ''), choices)
    expect(good.record.format).toBe('codeowners')
    expect(rowsOf(good, 'ownership').map(({ pattern, team, position }) => [pattern, team, position])).toEqual([
      ['*', '@o/core', 0],
      ['/docs/', '@o/docs', 1],
      ['/docs/', 'docs@x.org', 1],
      ['src/with space.ts', '@ada', 2],
      // The owners of its section.
      ['/vendor/', '@o/data', 3],
    ])
    expect(rowsOf(good, 'ownership')[0]).toMatchObject({
      repository: 'github.com/o/r',
      of: 'path',
      source: 'codeowners',
    })
  })

  it('takes owners away where neither the line nor its section names one', async () => {
    const text = '* @o/core\n/vendor/\n[Docs] @@maintainers @o/docs\n/docs/\n/docs/api/ @ada\n^[Free]\n/free/\n'
    const one = await staged('CODEOWNERS', text, choices)
    expect(rowsOf(one, 'ownership').map(({ pattern, team }) => [pattern, team])).toEqual([
      ['*', '@o/core'],
      ['/vendor/', null],
      ['/docs/', '@@maintainers'],
      ['/docs/', '@o/docs'],
      ['/docs/api/', '@ada'],
      ['/free/', null],
    ])
  })

  it('keeps a line it cannot read aside when it stands far down', async () => {
    const one = await staged('CODEOWNERS', `${'*.ts @o/core\n'.repeat(250)}nonsense owner\n`, choices)
    expect(one.keptAside.map(({ line }) => line)).toEqual([251])
  })
})

describe('team map', () => {
  it('reads patterns with what they are held against', async () => {
    const one = await staged(
      't.csv',
      'pattern,of,team,repository\nENG-*,key,Core,\nsrc/,path,Web,api\nada@x.org,Person,Core,\nx,colour,Core,\n,key,Core,\n',
    )
    expect(one.record.format).toBe('team-map-csv')
    expect(
      rowsOf(one, 'ownership').map(({ of, pattern, team, repository, position }) => [
        of,
        pattern,
        team,
        repository,
        position,
      ]),
    ).toEqual([
      ['key', 'ENG-*', 'Core', null, 0],
      ['path', 'src/', 'Web', 'api', 1],
      ['person', 'ada@x.org', 'Core', null, 2],
    ])
    expect(one.keptAside.map(({ column }) => column)).toEqual(['of', 'pattern'])
  })

  it('takes the name of the column for it, and is never guessed', async () => {
    expect(rowsOf(await staged('t.csv', 'path,team\nsrc/,Web\n'), 'ownership')[0]).toMatchObject({ of: 'path' })
    const one = await staged('t.csv', 'pattern,team\nsrc/,Web\n')
    expect(one.record.counts).toMatchObject({ rows: 1, keptAside: 1 })
  })
})
