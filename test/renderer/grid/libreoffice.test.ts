import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { guardFormula } from '../../../shared/tables/index.ts'
import { formatHtmlTable } from '../../../renderer/grid/html-table.ts'
import { formatTsv, parseForeignTsv } from '../../../renderer/grid/tsv.ts'

/*
 * What we put on the clipboard, read and written again by LibreOffice. Its text export with tabs and double quotes is what
 * it puts on the clipboard itself. Where it is installed it does so here; what it wrote once stands beside this file.
 */

const BLOCK = [
  ['Name', 'Amount', 'Share', 'Note'],
  ['Search, "agents"', '1234.5', '0.12', 'first line\nsecond line'],
  ['=Seats * 40', '-0.05', '12000000', '5" pipe'],
  ['<b>& Co</b>', '0', '', '10k to 20k'],
  ['ünï – “quoted”', '0.3', '180 of 250', 'last'],
]

// Numbers go out as they are, texts guarded against being computed there.
const COPIED = BLOCK.map((cells) => cells.map((cell) => (Number.isNaN(Number(cell)) ? guardFormula(cell) : cell)))

const TAB_TEXT = 'Text - txt - csv (StarCalc):9,34,76,1'
const isInstalled = spawnSync('soffice', ['--version']).status === 0

describe('written by LibreOffice 7.4', () => {
  const kept = (name: string) => readFileSync(path.join(import.meta.dirname, 'libreoffice', name), 'utf8')

  test('our table comes back from it cell by cell', () => {
    expect(parseForeignTsv(kept('from-table.tsv'))).toEqual(BLOCK)
  })

  test('our text comes back from it cell by cell, by way of its own file', () => {
    expect(parseForeignTsv(kept('from-text.tsv'))).toEqual(BLOCK)
  })
})

describe.skipIf(!isInstalled)('through LibreOffice as it is installed', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'quarterdeck-office-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function convert(from: string, to: string, reading: readonly string[] = []): string {
    const done = spawnSync('soffice', [
      '--headless',
      '--norestore',
      `-env:UserInstallation=file://${path.join(folder, 'profile')}`,
      ...reading,
      '--convert-to',
      to,
      '--outdir',
      path.join(folder, 'out'),
      path.join(folder, from),
    ])
    expect(done.status, String(done.stderr)).toBe(0)
    return path.join(folder, 'out', `${path.parse(from).name}.${to.split(':')[0]}`)
  }

  test('a table', { timeout: 60_000 }, () => {
    writeFileSync(path.join(folder, 'table.html'), formatHtmlTable(COPIED))
    const written = readFileSync(convert('table.html', `csv:${TAB_TEXT}`, ['--infilter=HTML (StarCalc)']), 'utf8')
    expect(parseForeignTsv(written)).toEqual(BLOCK)
    if (process.env['QD_KEEP']) writeFileSync(path.join(process.env['QD_KEEP'], 'from-table.tsv'), written)
  })

  test('a text, kept as a spreadsheet in between', { timeout: 60_000 }, () => {
    writeFileSync(path.join(folder, 'text.csv'), formatTsv(COPIED))
    const sheet = convert('text.csv', 'ods', [`--infilter=${TAB_TEXT}`])
    const written = readFileSync(convert(path.relative(folder, sheet), `csv:${TAB_TEXT}`), 'utf8')
    expect(parseForeignTsv(written)).toEqual(BLOCK)
    if (process.env['QD_KEEP']) writeFileSync(path.join(process.env['QD_KEEP'], 'from-text.tsv'), written)
  })
})
