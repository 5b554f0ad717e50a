import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError, type Command, type CommandIo } from '../../cli/command.ts'
import { COMMANDS, main } from '../../cli/main.ts'
import { nodeIo } from '../../cli/node-io.ts'

interface Heard extends CommandIo {
  readonly outs: string[]
  readonly errs: string[]
}
function listening(): Heard {
  const outs: string[] = []
  const errs: string[] = []
  return {
    outs,
    errs,
    out: (text) => void outs.push(text),
    err: (text) => void errs.push(text),
    readFile: () => Promise.resolve(new Uint8Array()),
    writeFile: () => Promise.resolve(),
    now: () => 0,
    startGit: () => {
      throw new Error('no git here')
    },
  }
}

function command(name: string, run: Command['run']): Command {
  return { name, summary: `What ${name} does.`, help: `Usage: quarterdeck ${name}`, run }
}
const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: 'usage.csv' })
const commands = [
  command('echo', (args, io) => {
    io.out(args.join(' '))
    return Promise.resolve(args.includes('--strict') ? 1 : 0)
  }),
  command('wrong', () => Promise.reject(new UsageError('--out is missing.'))),
  command('absent', () => Promise.reject(missing)),
  command('broken', () => Promise.reject(new TypeError('undefined is not a function'))),
]

const RESULTS: readonly [args: string[], code: number, out: RegExp, err: RegExp][] = [
  [[], 2, /^$/, /Usage: quarterdeck <command>/],
  [['--help'], 0, /echo\s+What echo does\./, /^$/],
  [['-h'], 0, /Usage/, /^$/],
  [['help'], 0, /Usage/, /^$/],
  [['--version'], 0, /^\d+\.\d+\.\d+/, /^$/],
  [['help', 'echo'], 0, /^Usage: quarterdeck echo$/, /^$/],
  [['help', 'nothing'], 2, /^$/, /nothing: not a command/],
  [['echo', '--help'], 0, /^Usage: quarterdeck echo$/, /^$/],
  [['echo', 'a', '-h'], 0, /^Usage: quarterdeck echo$/, /^$/],
  [['echo', '--', '--help'], 0, /^-- --help$/, /^$/],
  [['echo', 'a', 'b'], 0, /^a b$/, /^$/],
  [['echo', '--strict'], 1, /^--strict$/, /^$/],
  [['ehco'], 2, /^$/, /ehco: not a command. Known are: echo, wrong/],
  [['--nonsense'], 2, /^$/, /--nonsense: not a command/],
  [['wrong'], 2, /^$/, /--out is missing\.\nTry: quarterdeck wrong --help/],
  [['absent'], 3, /^$/, /usage\.csv: not there/],
  [['broken'], 3, /^$/, /fault of its own[^]*undefined is not a function/],
]

describe('the command line', () => {
  it.each(RESULTS)('%j ends with %i', async (args, code, out, err) => {
    const io = listening()
    expect(await main(args, io, commands)).toBe(code)
    expect(io.outs.join('\n')).toMatch(out)
    expect(io.errs.join('\n')).toMatch(err)
  })

  it.each(COMMANDS.map((one) => [one.name, one] as const))('%s explains itself', async (name, one) => {
    const io = listening()
    expect(await main([name, '--help'], io)).toBe(0)
    expect(io.outs.join('')).toContain(`quarterdeck ${name}`)
    expect(one.summary.length).toBeLessThan(90)
  })
})

it('writes whole files and leaves nothing beside them', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-cli-'))
  const file = path.join(folder, 'plan.quarterdeck')
  await nodeIo.writeFile(file, new Uint8Array([1]))
  await nodeIo.writeFile(file, new Uint8Array([2, 3]))
  expect([...(await nodeIo.readFile(file))]).toEqual([2, 3])
  await expect(nodeIo.writeFile(path.join(folder, 'no/plan'), new Uint8Array())).rejects.toThrow('ENOENT')
  expect(await readdir(folder)).toEqual(['plan.quarterdeck'])
  expect(await readFile(file)).toHaveLength(2)
  await rm(folder, { recursive: true })
})
