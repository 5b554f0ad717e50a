import type { Issue } from '../issues/index.ts'

/* What can be said about a workbook file that does not open. Whatever it is, the open workbook stays as it was. */

export function notAZip(bytes: Uint8Array): Issue {
  const said =
    bytes.length === 0
      ? 'an empty file'
      : /^\s*(<|\{|\[)/.test(firstLetters(bytes))
        ? 'a text file'
        : 'another kind of file'
  return {
    code: 'workbook/not-a-zip',
    said,
    wanted: 'a Quarterdeck workbook',
    did: 'stopped',
    can: 'Choose a file that ends in .quarterdeck; exports of tools are imported on the Data page.',
  }
}

export function damaged(at: string): Issue {
  return {
    code: 'workbook/damaged',
    where: { at },
    said: 'bytes that do not fit their checksum or length',
    wanted: 'the workbook as it was saved',
    did: 'stopped',
    can: 'Copy the file again from where it came, or open an older copy.',
  }
}

export function tooLarge(said: string, wanted: string): Issue {
  return { code: 'workbook/too-large', said, wanted, did: 'stopped', can: 'Check where the file comes from.' }
}

export function tooLargeToSave(bytes: number, most: number): Issue {
  return {
    code: 'workbook/too-large',
    said: `${bytes.toLocaleString('en-US')} bytes of records and facts`,
    wanted: `at most ${most.toLocaleString('en-US')}, which is what any Quarterdeck opens again`,
    did: 'stopped',
    can: 'Nothing was written. Take imports of older periods back, or keep them in a workbook of their own.',
  }
}

export function notAWorkbook(said: string): Issue {
  return {
    code: 'workbook/not-a-workbook',
    said,
    wanted: 'a Quarterdeck workbook',
    did: 'stopped',
    can: 'Choose a file that ends in .quarterdeck.',
  }
}

export function newerVersion(version: number, known: number): Issue {
  return {
    code: 'workbook/newer-version',
    said: `version ${version}`,
    wanted: `version ${known} or older: this workbook was made by a newer Quarterdeck`,
    did: 'stopped',
    can: 'Update Quarterdeck and open it again.',
  }
}

export function notReadable(at: string, wanted: string, said?: string): Issue {
  return {
    code: 'workbook/not-readable',
    where: { at },
    ...(said === undefined ? {} : { said }),
    wanted,
    did: 'stopped',
    can: 'Open an older copy of the workbook.',
  }
}

export function tooDeep(at: string, limit: number): Issue {
  return notReadable(at, `data nested at most ${limit} deep`, 'deeper nesting')
}

function firstLetters(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 16))
}
