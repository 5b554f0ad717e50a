import type { Issue } from '../../issues/index.ts'
import { stopped } from './issue-forms.ts'

/* Why a file is not read at all. */

export function unknownFormat(said: string): Issue {
  return stopped(
    'import/unknown-format',
    said,
    'a file of a known layout',
    'Name the columns yourself (--map date=… and so on), or choose its format (--as).',
  )
}

export function unknownFormatId(id: string, known: readonly string[]): Issue {
  return stopped('import/unknown-format-id', id, `one of ${known.join(', ')}`, 'Choose one of these.')
}

export function wrongFormat(name: string, wants: string, said: string): Issue {
  return stopped(
    'import/wrong-format',
    said,
    `${wants}, as ${name} has`,
    'Choose another format, or let it be recognised.',
  )
}

export function unknownJson(said: string): Issue {
  return stopped(
    'import/unknown-format',
    said,
    'JSON of a known shape: usage and cost as a vendor’s API gives it, pull requests, issues, deployments, incidents',
    'Save the pages of the API as they come, or the output of gh pr list --json.',
  )
}

export function notNeededFile(what: string, instead: string): Issue {
  return stopped('import/not-needed', what, 'something that happened', instead)
}

export function cancelled(): Issue {
  return {
    code: 'import/cancelled',
    wanted: 'the import to run to its end',
    did: 'stopped',
    can: 'Drop the file again to start over.',
  }
}

export function tooManyRows(most: number): Issue {
  return {
    code: 'import/too-many-rows',
    said: `more than ${most.toLocaleString('en-US')} records`,
    wanted: `at most ${most.toLocaleString('en-US')} records in one file`,
    did: 'stopped',
    can: 'Export shorter periods, or add the rows up where they are kept (docs/scale.md) and import the sums.',
  }
}
