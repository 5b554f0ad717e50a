import { tellIssue } from '../shared/issues/index.ts'
import { WorkbookTooLargeError } from '../shared/workbook/index.ts'
import { actualsCommand } from './commands/actuals.ts'
import { briefCommand } from './commands/brief.ts'
import { cubeCommand } from './commands/cube.ts'
import { importCommand } from './commands/import.ts'
import { metricsCommand } from './commands/metrics.ts'
import { modelCommand } from './commands/model.ts'
import { pricesCommand } from './commands/prices.ts'
import { sampleCommand } from './commands/sample.ts'
import { scenarioCommand } from './commands/scenario.ts'
import { templateCommand } from './commands/template.ts'
import { wallCommand } from './commands/wall.ts'
import type { Command, CommandIo, ExitCode } from './command.ts'
import { UsageError } from './command.ts'
import { nodeIo } from './node-io.ts'
import { serveSampling } from './sampling-threads.ts'

declare const __APP_VERSION__: string

serveSampling()

/** In the order a newcomer needs them. */
export const COMMANDS: readonly Command[] = [
  sampleCommand,
  importCommand,
  cubeCommand,
  wallCommand,
  metricsCommand,
  actualsCommand,
  pricesCommand,
  templateCommand,
  scenarioCommand,
  modelCommand,
  briefCommand,
]

/**
 * The command line: picks the command and turns what it throws into a sentence and an exit code. Results go to stdout,
 * everything said about them to stderr.
 */
export async function main(
  args: readonly string[],
  io: CommandIo = nodeIo,
  commands: readonly Command[] = COMMANDS,
): Promise<ExitCode> {
  if (io === nodeIo) endQuietlyWhenNobodyReads()
  const [first, ...rest] = args
  const asksForHelp = first === undefined || first === '--help' || first === '-h' || first === 'help'
  if (first === '--version' || first === '-v') {
    io.out(__APP_VERSION__)
    return 0
  }
  if (asksForHelp && (rest.length === 0 || first !== 'help')) {
    // Called with nothing, it is the user who has yet to say something: exit code 2, text to stderr.
    if (first === undefined) io.err(overview(commands))
    else io.out(overview(commands))
    return first === undefined ? 2 : 0
  }
  const name = first === 'help' ? rest[0] : first
  const command = commands.find((one) => one.name === name)
  if (command === undefined) {
    io.err(`${name}: not a command. Known are: ${commands.map((one) => one.name).join(', ')}.`)
    io.err('Try: quarterdeck --help')
    return 2
  }
  if (first === 'help' || wantsHelp(rest)) {
    io.out(command.help)
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    return tell(error, command, io)
  }
}

/** `--` ends the options: a file may be called --help. */
function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  const options = end < 0 ? args : args.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(0, ...commands.map((one) => one.name.length)) + 2
  return [
    'Usage: quarterdeck <command> [options]',
    '',
    'Plans a quarter whose scarcest resource is bought by the token: imports, measures, plans and simulates on workbook',
    'files, offline.',
    '',
    'Commands:',
    ...commands.map((one) => `  ${one.name.padEnd(width)}${one.summary}`),
    '',
    'quarterdeck <command> --help tells about one command, quarterdeck --version which release this is.',
    'Exit codes: 0 done · 1 something was kept aside or unknown and --strict was given · 2 wrong usage · 3 nothing could be',
    'read. Results go to stdout, messages to stderr.',
  ].join('\n')
}

function tell(error: unknown, command: Command, io: CommandIo): ExitCode {
  if (error instanceof UsageError) {
    io.err(error.message)
    io.err(`Try: quarterdeck ${command.name} --help`)
    return 2
  }
  // The reader of arguments in Node names these itself, in good sentences.
  if (hasCode(error) && error.code.startsWith('ERR_PARSE_ARGS')) {
    io.err(error.message)
    io.err(`Try: quarterdeck ${command.name} --help`)
    return 2
  }
  if (error instanceof WorkbookTooLargeError) {
    io.err(tellIssue(error.issue))
    return 3
  }
  if (hasCode(error)) {
    io.err(sentenceOf(error))
    return 3
  }
  io.err(
    `quarterdeck ${command.name} stopped on a fault of its own; nothing was written. Please report this:\n${
      error instanceof Error ? (error.stack ?? error.message) : String(error)
    }`,
  )
  return 3
}

interface WorldError extends Error {
  readonly code: string
  readonly path?: string
}

function hasCode(error: unknown): error is WorldError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

function sentenceOf(error: WorldError): string {
  const file = error.path ?? 'the file'
  switch (error.code) {
    case 'ENOENT':
      return `${file}: not there. Check the path and the spelling.`
    case 'EACCES':
    case 'EPERM':
      return `${file}: this account may not use it. Change its permissions or choose another place.`
    case 'EISDIR':
      return `${file}: a folder, where a file is wanted. Name the files in it.`
    case 'ENOSPC':
      return `${file}: the disk is full. Nothing was replaced; free some space and run it again.`
    default:
      return `${file}: the system answered ${error.code} (${error.message}). Nothing was replaced.`
  }
}

/** `quarterdeck wall W | head` closes the pipe early; that is no failure. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}
