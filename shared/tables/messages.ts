import type { Issue } from '../issues/index.ts'
import { type BytesKind, type Encoding } from './decode.ts'
import { LIMITS } from './limits.ts'

const KIND_NAMES: Readonly<Record<Exclude<BytesKind, 'text' | 'json'>, string>> = {
  empty: 'nothing',
  gzip: 'a gzip archive',
  zip: 'a zip archive or an Excel workbook',
  pdf: 'a PDF',
  png: 'an image',
  html: 'a web page',
  binary: 'bytes that are not text',
}

export function emptyFile(): Issue {
  return {
    code: 'tables/empty-file',
    wanted: 'a file with at least a header row',
    did: 'stopped',
    can: 'Export it again: this file holds nothing.',
  }
}

export function notText(kind: Exclude<BytesKind, 'text' | 'json' | 'empty'>): Issue {
  return {
    code: `tables/${kind}`,
    said: KIND_NAMES[kind],
    wanted: 'a text file: CSV, TSV, JSON or git log text',
    did: 'stopped',
    can:
      kind === 'gzip' || kind === 'zip'
        ? 'Unpack it first, or save the sheet as CSV.'
        : 'Choose the file the tool exported, not a page or picture of it.',
  }
}

export function fileTooBig(bytes: number): Issue {
  return {
    code: 'tables/file-too-big',
    said: `${bytes} bytes`,
    wanted: `a file of at most ${LIMITS.fileBytes} bytes`,
    did: 'stopped',
    can: 'Export a shorter period, or several files.',
  }
}

export function damagedText(encoding: Encoding, line: number, byte: number): Issue {
  return {
    code: 'tables/encoding-unknown',
    where: { line },
    said: `byte ${byte} does not fit ${encoding.toUpperCase()}`,
    wanted: 'to know how the file writes its letters',
    did: 'stopped',
    can:
      encoding === 'utf-8'
        ? 'Choose windows-1252 when accents look right that way, or UTF-8 to keep only the damaged rows aside.'
        : 'Save the file again as UTF-8.',
  }
}

export function tooManyColumns(columns: number): Issue {
  return {
    code: 'tables/too-many-columns',
    said: `${columns} columns`,
    wanted: `at most ${LIMITS.columns} columns`,
    did: 'stopped',
    can: 'Export fewer columns.',
  }
}

export function headerNameTooLong(name: string): Issue {
  return {
    code: 'tables/header-name-too-long',
    said: name,
    wanted: `column names of at most ${LIMITS.headerNameChars} characters`,
    did: 'stopped',
    can: 'Look whether the first row really is the header.',
  }
}

export function headerDamaged(said: string): Issue {
  return {
    code: 'tables/header-damaged',
    said,
    wanted: 'a header row whose quotes are closed',
    did: 'stopped',
    can: 'Export the file again.',
  }
}

export function fieldTooLong(chars: number): Issue {
  return keptAside(
    'tables/field-too-long',
    `${chars} characters in one cell`,
    `at most ${LIMITS.fieldChars} characters in a cell`,
  )
}

export function recordTooLong(lines: number): Issue {
  return keptAside(
    'tables/record-too-long',
    `a record over ${lines} line${lines === 1 ? '' : 's'}`,
    `at most ${LIMITS.recordChars} characters in a record`,
  )
}

export function unterminatedQuote(lines: number): Issue {
  return keptAside(
    'tables/unterminated-quote',
    `a quote opened on this line and never closed, over ${lines} line${lines === 1 ? '' : 's'} to the end of the file`,
    'every opened quote closed',
  )
}

export function textAfterQuote(said: string): Issue {
  return keptAside(
    'tables/text-after-quote',
    said,
    'a comma, or whatever mark parts the columns, right after a closing quote',
  )
}

export function notEncoded(said: string): Issue {
  return keptAside('tables/bytes-not-utf8', said, 'letters written as UTF-8')
}

export function controlCharacter(said: string): Issue {
  return keptAside('tables/control-character', said, 'text: a character no writing has (NUL) stands in it')
}

export function notJson(why: string, at: string): Issue {
  return {
    code: 'tables/not-json',
    where: { at },
    said: why,
    wanted: 'whole JSON documents',
    did: 'stopped',
    can: 'The file may be cut off: export it again.',
  }
}

export function jsonTooDeep(): Issue {
  return {
    code: 'tables/json-too-deep',
    said: `more than ${LIMITS.jsonDepth} levels`,
    wanted: `JSON at most ${LIMITS.jsonDepth} levels deep`,
    did: 'stopped',
    can: 'No export we know is nested so deep: look where the file came from.',
  }
}

export function textTooBig(): Issue {
  return {
    code: 'tables/text-too-big',
    wanted: `at most ${LIMITS.textBytes / 1024 ** 2} MiB of text of this layout`,
    did: 'stopped',
    can: 'Export shorter periods. A git log in the QD1 layout, in UTF-8, may be as large as a table.',
  }
}

export function jsonTooBig(): Issue {
  return {
    code: 'tables/json-too-big',
    wanted: `JSON of at most ${LIMITS.jsonBytes} bytes`,
    did: 'stopped',
    can: 'Export a shorter period, or several files.',
  }
}

function keptAside(code: `tables/${string}`, said: string, wanted: string): Issue {
  return { code, said, wanted, did: 'kept-aside', can: 'Repair the row in the file and import it again.' }
}

export function parquetTooBig(rows: number, bytes: number): Issue {
  return {
    code: 'tables/parquet-too-big',
    said: `${rows} rows and ${bytes} bytes when unpacked`,
    wanted: `at most ${LIMITS.parquetRows} rows and ${LIMITS.parquetBytes} bytes`,
    did: 'stopped',
    can: 'Export a shorter period, or sum it by day first: quarterdeck cube sql writes the query.',
  }
}

export function parquetUnread(said: string): Issue {
  return {
    code: 'tables/parquet-not-read',
    said: said.slice(0, 200),
    wanted: 'a whole Parquet file, packed with Snappy or not at all',
    did: 'stopped',
    can: 'Write it again with compression snappy or none, or as CSV.',
  }
}
