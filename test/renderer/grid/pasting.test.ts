import { beforeEach, expect, test, vi } from 'vitest'
import type { ApplyEdits } from '../../../renderer/grid/apply-edits.ts'
import { pastingOf } from '../../../renderer/grid/pasting.ts'
import { type Rect, type Selection, selectRect } from '../../../renderer/grid/range.ts'
import type { SheetHost } from '../../../renderer/grid/sheet-host.ts'
import { copyBlock, type EditPlan } from '../../../renderer/grid/sheet-edits.ts'
import { type Sheet, type SheetEdit, cellOf } from '../../../renderer/grid/sheet.ts'
import { formatTsv } from '../../../renderer/grid/tsv.ts'

const COLUMNS = ['a', 'b', 'sum']

/** Three rows of two cells that take what is typed and one that is computed. */
const SHEET: Sheet = {
  columns: COLUMNS.map((id) => ({
    id,
    header: id,
    group: '',
    kind: 'number',
    width: 80,
    isFlexible: false,
    isPinned: false,
  })),
  rows: [0, 1, 2].map((row) => ({
    id: `r${row}`,
    kind: 'line',
    level: 1,
    isOpen: null,
    position: row + 1,
    cells: COLUMNS.map((id, column) => {
      const raw = `${row}${column}`
      return id === 'sum'
        ? cellOf({ role: 'computed', text: raw, value: Number(raw) })
        : cellOf({ role: 'input', isEditable: true, raw, text: raw, value: Number(raw) })
    }),
  })),
  totals: [],
}

const rect = (top: number, left: number, bottom: number, right: number): Rect => ({ top, left, bottom, right })
let done: { readonly edits: readonly string[]; readonly verb: string }[] = []

beforeEach(() => {
  done = []
})

/** Cuts a rectangle, then pastes at a cell what is on the clipboard. */
function cutAndPaste(cut: Rect, at: Rect, clipboard?: string, refuses = (_edit: SheetEdit) => false): void {
  let [selection, taken]: [Selection, readonly Rect[]] = [selectRect(cut), [cut]]
  const controller = {
    read: () => selection,
    get cut() {
      return taken
    },
    clipboard: null,
    take: () => void (taken = []),
  }
  const run = ({ edits }: EditPlan, verb: string) => {
    done.push({ edits: edits.map(({ rowId, columnId, text }) => `${rowId} ${columnId} ${text}`), verb })
  }
  const props = {
    sheet: SHEET,
    onCheck: (edits: readonly SheetEdit[]) => edits.filter(refuses).map((edit) => ({ edit, why: 'no' })),
  }
  const host = { latest: { current: props }, controller, show: vi.fn() } as unknown as SheetHost
  const { copied, paste } = pastingOf(host, { run, tell: vi.fn() } as unknown as ApplyEdits)
  const { values, raw } = copyBlock(SHEET, selection)!
  const plain = formatTsv(values)
  copied(plain, raw)
  selection = selectRect(at)
  if (clipboard === undefined) paste({ cells: raw, isForeign: false, plain }, 'Paste')
  else paste({ cells: [[clipboard]], isForeign: true, plain: clipboard }, 'Paste')
}

test('cut cells go where they are pasted', () => {
  cutAndPaste(rect(0, 0, 0, 1), rect(1, 0, 1, 0))
  expect(done).toEqual([{ verb: 'Move cells', edits: ['r0 a ', 'r0 b ', 'r1 a 00', 'r1 b 01'] }])
})

test('lines on the clipboard end as the system has them', () => {
  cutAndPaste(rect(0, 0, 1, 0), rect(2, 1, 2, 1), '0\r\n10')
  expect(done[0]!.verb).toBe('Move cells')
})

test('what falls outside the sheet, onto what is computed, or is refused stays where it was cut', () => {
  cutAndPaste(rect(0, 0, 1, 0), rect(2, 0, 2, 0))
  cutAndPaste(rect(0, 0, 0, 1), rect(1, 1, 1, 1))
  cutAndPaste(rect(0, 0, 0, 1), rect(1, 0, 1, 0), undefined, ({ columnId }) => columnId === 'b')
  expect(done.map(({ edits }) => edits)).toEqual([
    ['r0 a ', 'r2 a 00'],
    ['r0 a ', 'r1 b 00'],
    ['r0 a ', 'r1 a 00', 'r1 b 01'],
  ])
})

test('cells the paste lands on are not emptied', () => {
  cutAndPaste(rect(0, 0, 1, 0), rect(1, 0, 1, 0))
  expect(done[0]!.edits).toEqual(['r0 a ', 'r1 a 00', 'r2 a 10'])
})

test('what was cut stays when something else was copied since', () => {
  cutAndPaste(rect(0, 0, 0, 1), rect(2, 0, 2, 0), '77')
  expect(done).toEqual([{ verb: 'Paste', edits: ['r2 a 77'] }])
})
