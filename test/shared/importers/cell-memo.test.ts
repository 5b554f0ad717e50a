import { describe, expect, it } from 'vitest'
import { CellMemo } from '../../../shared/importers/cell-memo.ts'
import { RecordCells } from '../../../shared/tables/index.ts'
import { bytesOf } from '../../support/stage.ts'

/** Reads cells one after the other and counts how often one was made. */
function readAll(texts: readonly string[]): { readonly read: readonly string[]; readonly made: number } {
  let made = 0
  const memo = new CellMemo((cell) => {
    made++
    return cell
  })
  const text = texts.join(',')
  const bytes = bytesOf(text)
  const cells = new RecordCells()
  cells.turnTo(bytes, text)
  cells.count = 1
  let from = 0
  const read = texts.map((cell) => {
    cells.starts[0] = from
    from += bytesOf(cell).length
    cells.ends[0] = from++
    return memo.read(cells, 0)
  })
  return { read, made }
}

describe('CellMemo', () => {
  it('says what each cell says, whatever its length', () => {
    const texts = Array.from({ length: 60 }, (_, length) => 'xyz'.repeat(20).slice(0, length))
    expect(readAll([...texts, 'é', 'e', 'é', ...texts]).read).toEqual([...texts, 'é', 'e', 'é', ...texts])
  })

  it('makes room for the few thousand people of a large export', () => {
    const people = Array.from({ length: 4000 }, (_, i) => `user-${i}abcdef`)
    const texts = Array.from({ length: 25 }, () => people).flat()
    const { read, made } = readAll(texts)
    expect(read).toEqual(texts)
    // Once in the room there is at first, and once more in the room that holds them all.
    expect(made).toBeLessThan(2 * people.length)
  })

  it('tells cells apart that differ in one byte, wherever it stands', () => {
    const texts = Array.from({ length: 47 * 2000 }, (_, i) => {
      const letters = [...'.'.repeat(1 + (i % 47))]
      letters[Math.floor(i / 47) % letters.length] = String.fromCharCode(97 + (Math.floor(i / 94) % 26))
      return letters.join('')
    })
    expect(readAll([...texts, ...texts]).read).toEqual([...texts, ...texts])
  })

  it('keeps its room where hardly anything comes twice', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `request-${i}`)
    expect(readAll(texts)).toEqual({ read: texts, made: texts.length })
  })
})
