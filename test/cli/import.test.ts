import { describe, expect, it } from 'vitest'
import { importCommand } from '../../cli/commands/import.ts'
import { UsageError } from '../../cli/command.ts'
import { readWorkbookFile } from '../../shared/workbook/index.ts'
import { fakeIo } from '../support/fake-io.ts'
import { testRepository } from '../support/git-repository.ts'
import { bytesOf } from '../support/stage.ts'

const CURSOR =
  'Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost'
const EVENTS = `${CURSOR}
2026-02-01T10:00:00.000Z,On-Demand,auto,No,1,2,3,4,10,0.25
2026-02-02T10:00:00.000Z,Included,auto,No,1,2,3,4,10,0.5
2026-02-03T10:00:00.000Z,Included,auto,No,1,2,3,4,11,0.5
`
const files = {
  'in/events.csv': bytesOf(EVENTS),
  'bad.csv': bytesOf('colour,shape\nred,round\n'),
  'empty.json': bytesOf(''),
}

async function run(...args: readonly string[]) {
  const world = fakeIo(files)
  const code = await importCommand.run(args, world.io)
  return { code, ...world }
}

describe('quarterdeck import', () => {
  it('prints the agreed JSON and writes the workbook', async () => {
    const { code, out, written } = await run('in/events.csv', '--out', 'w.quarterdeck', '--json')
    expect(code).toBe(0)
    const { files: read, totals } = JSON.parse(out()) as { files: unknown[]; totals: unknown }
    expect(read).toMatchObject([
      {
        name: 'events.csv',
        format: 'cursor-usage-csv',
        rows: 3,
        new: 2,
        changed: 0,
        duplicate: 0,
        blank: 0,
        keptAside: [{ row: 3, line: 4, column: 'Total Tokens', reason: 'import/total-mismatch' }],
        period: { from: '2026-02-01', to: '2026-02-02' },
        currency: 'USD',
        tokens: {
          uncachedInput: 4,
          cacheWrite5m: null,
          cacheWrite1h: null,
          cacheWriteUnknown: 2,
          cacheRead: 6,
          output: 8,
          unsplit: null,
        },
        cost: { listed: null, billed: '0.25', included: '0.5', estimated: null },
      },
    ])
    expect(totals).toMatchObject({
      rows: 3,
      new: 2,
      keptAside: 1,
      cost: { billed: '0.25', included: '0.5' },
      facts: { usage: 2 },
    })
    const workbook = readWorkbookFile(written.get('w.quarterdeck')!)
    expect(workbook.ok && workbook.value.imports.map(({ record }) => [record.seq, record.fileName])).toEqual([
      [1, 'events.csv'],
    ])
  })

  it('adds to a workbook that is there, and nothing the second time', async () => {
    const world = fakeIo(files)
    await importCommand.run(['in/events.csv', '--out', 'w'], world.io)
    const before = world.written.get('w')!
    expect(await importCommand.run(['in/events.csv', '--out', 'w', '--json'], world.io)).toBe(0)
    const after = readWorkbookFile(world.written.get('w')!)
    expect(after.ok && after.value.imports).toHaveLength(1)
    expect(world.written.get('w')).toEqual(before)
    expect(world.out()).toContain('"duplicate": 2')
  })

  it('answers with the agreed exit codes', async () => {
    expect((await run('in/events.csv', '--out', 'w', '--strict')).code).toBe(1)
    expect((await run('bad.csv', '--out', 'w')).code).toBe(3)
    expect((await run('gone.csv', '--out', 'w')).code).toBe(3)
    expect((await run('empty.json', '--out', 'w')).code).toBe(3)
    expect((await run('bad.csv', 'in/events.csv', '--out', 'w')).code).toBe(0)
    expect((await run('bad.csv', 'in/events.csv', '--out', 'w', '--strict')).code).toBe(1)
  })

  it('writes nothing when nothing could be read, and says why on stderr', async () => {
    const { err, written } = await run('bad.csv', '--out', 'w')
    expect(written.has('w')).toBe(false)
    expect(err()).toContain('bad.csv: found “colour, shape”')
  })

  it('leaves a damaged workbook as it is', async () => {
    const world = fakeIo({ ...files, w: bytesOf('no workbook') })
    expect(await importCommand.run(['in/events.csv', '--out', 'w'], world.io)).toBe(3)
    expect(new TextDecoder().decode(world.written.get('w'))).toBe('no workbook')
  })

  it.each([
    [[]],
    [['in/events.csv']],
    [['in/events.csv', '--out', 'w', '--as', 'nothing']],
    [['in/events.csv', '--out', 'w', '--timezone', 'Mars']],
    [['in/events.csv', '--out', 'w', '--map', 'cost']],
    [['in/events.csv', '--out', 'w', '--decimal', ';']],
    [['in/events.csv', '--out', 'w', '--header-line', '0']],
  ])('calls %j wrong usage', async (args) => {
    await expect(run(...args)).rejects.toThrow(UsageError)
  })

  it('reads a clone on this machine, and the same again adds nothing', async () => {
    const repository = testRepository()
    try {
      repository.commit('Start (#1)', { 'src/a.ts': 'a\nb\n' }, '2024-01-05T10:00:00Z')
      repository.commit('Next (#2)', { 'src/a.ts': 'a\nc\n' }, '2026-03-01T10:00:00Z')
      const world = fakeIo()
      const args = ['--git', repository.folder, '--out', 'w', '--json']
      expect(await importCommand.run(args, world.io)).toBe(0)
      const told = JSON.parse(world.out()) as {
        files: { name: string; format: string; new: number; notes: object[] }[]
      }
      expect(told.files.flatMap(({ notes }) => notes)).toEqual([])
      // Two years back unless told otherwise: what came before is the size of its files.
      expect(told.files.map(({ name, format, new: added }) => [name, format, added])).toEqual([
        ['quarterdeck-api.numstat.txt', 'git-qd1', 1],
        ['quarterdeck-api.hunks.txt', 'git-qd1-hunks', 0],
        ['quarterdeck-api.baseline.tsv', 'git-baseline', 1],
      ])
      const all = fakeIo()
      expect(await importCommand.run([...args, '--since', 'all'], all.io)).toBe(0)
      expect(JSON.parse(all.out())).toMatchObject({ totals: { facts: { landing: 2, fileChange: 2, hunk: 2 } } })
      const before = all.written.get('w')
      expect(await importCommand.run(['--git', repository.folder, '--out', 'w', '--since', 'all'], all.io)).toBe(0)
      const held = readWorkbookFile(all.written.get('w')!)
      expect(held.ok && held.value.imports).toHaveLength(2)
      expect(before).toBeDefined()
    } finally {
      repository.remove()
    }
  })

  it('says why a folder is no clone, and refuses a day that is none', async () => {
    const world = fakeIo()
    expect(await importCommand.run(['--git', '/nowhere/at/all', '--out', 'w'], world.io)).toBe(3)
    expect(world.err()).toContain('--git FOLDER')
    await expect(importCommand.run(['--git', '/x', '--since', 'soon', '--out', 'w'], world.io)).rejects.toThrow(
      UsageError,
    )
    await expect(importCommand.run(['f.csv', '--days', '2026-02-01', '--out', 'w'], world.io)).rejects.toThrow(
      UsageError,
    )
    await expect(importCommand.run(['f.csv', '--overlap', 'none', '--out', 'w'], world.io)).rejects.toThrow(UsageError)
  })

  it('passes choices on', async () => {
    const world = fakeIo({ 'own.csv': bytesOf('Report\nwhen;spent\n05/02/2026;1,500\n') })
    const args = [
      'own.csv',
      '--out',
      'w',
      '--header-line',
      '2',
      '--map',
      'date=when',
      '--map',
      'cost=spent',
      '--decimal',
      ',',
      '--day-order',
      'day-first',
      '--currency',
      'eur',
      '--json',
    ]
    expect(await importCommand.run(args, world.io)).toBe(0)
    expect(JSON.parse(world.out())).toMatchObject({
      files: [{ period: { from: '2026-02-05' }, currency: 'EUR', cost: { billed: '1.5' } }],
    })
  })

  it('prints a table for people', async () => {
    const { out } = await run('in/events.csv', '--out', 'w.quarterdeck')
    expect(out()).toContain('cursor-usage-csv')
    expect(out()).toContain('w.quarterdeck holds 2 usage')
    expect(out()).toContain('Row 3, Total Tokens')
  })
})
