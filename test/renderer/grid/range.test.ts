import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Direction,
  PAINT,
  addRange,
  cellsOf,
  copyableRects,
  cycleActive,
  dataEdge,
  extendBy,
  extendTo,
  fillTarget,
  isInRect,
  lastRect,
  moveActive,
  paintOf,
  planPaste,
  rebaseSelection,
  rectOf,
  selectCell,
  selectRange,
  selectRect,
} from '../../../renderer/grid/range.ts'

const BOUNDS = { rows: 20, columns: 10 }
const at = (row: number, column: number) => ({ row, column })
const rect = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right })

describe('moving', () => {
  test('stops at the edges', () => {
    expect(moveActive(selectCell(at(0, 0)), 'up', BOUNDS).active).toEqual(at(0, 0))
    expect(moveActive(selectCell(at(19, 9)), 'down', BOUNDS, 5).active).toEqual(at(19, 9))
  })

  test('Ctrl with an arrow goes to the end of a run, else to the next filled cell, else to the edge', () => {
    const filled = new Set(['0,0', '1,0', '2,0', '5,0', '6,0'])
    const go = (row: number, direction: Direction) =>
      dataEdge(at(row, 0), direction, BOUNDS, (r, c) => !filled.has(`${r},${c}`)).row
    expect([go(0, 'down'), go(2, 'down'), go(5, 'down'), go(6, 'down'), go(3, 'down')]).toEqual([2, 5, 6, 19, 5])
    expect([go(5, 'up'), go(2, 'up'), go(19, 'up'), go(0, 'up')]).toEqual([2, 0, 6, 0])
    expect(go(19, 'down')).toBe(19)
  })

  test('Tab and Enter visit every cell of a selection once', () => {
    let selection = selectRect(rect(1, 1, 3, 2))
    const seen: string[] = []
    for (let step = 0; step < 6; step++) {
      seen.push(`${selection.active.row}${selection.active.column}`)
      selection = cycleActive(selection, 'column', false)
    }
    expect(seen).toEqual(['11', '21', '31', '12', '22', '32'])
    expect(selection.active).toEqual(at(1, 1))
  })
})

test('law: whatever is pressed, the active cell stays inside the last range and every range inside the sheet (seed 7)', () => {
  const cell = fc.record({ row: fc.integer({ min: 0, max: 19 }), column: fc.integer({ min: 0, max: 9 }) })
  const direction = fc.constantFrom<Direction>('up', 'down', 'left', 'right')
  const step = fc.oneof(
    fc.record({ kind: fc.constant('move' as const), direction }),
    fc.record({ kind: fc.constant('extend' as const), direction }),
    fc.record({ kind: fc.constant('drag' as const), cell }),
    fc.record({ kind: fc.constant('add' as const), cell }),
    fc.record({ kind: fc.constant('cycle' as const), isRow: fc.boolean(), isBack: fc.boolean() }),
  )
  fc.assert(
    fc.property(cell, fc.array(step, { maxLength: 40 }), (start, steps) => {
      let selection = selectCell(start)
      for (const one of steps) {
        if (one.kind === 'move') selection = moveActive(selection, one.direction, BOUNDS)
        else if (one.kind === 'extend') selection = extendBy(selection, one.direction, BOUNDS)
        else if (one.kind === 'drag') selection = extendTo(selection, one.cell, BOUNDS)
        else if (one.kind === 'add') selection = addRange(selection, one.cell)
        else selection = cycleActive(selection, one.isRow ? 'row' : 'column', one.isBack)
      }
      expect(isInRect(lastRect(selection), selection.active.row, selection.active.column)).toBe(true)
      for (const { top, left, bottom, right } of selection.ranges.map(rectOf))
        expect(top >= 0 && left >= 0 && bottom < BOUNDS.rows && right < BOUNDS.columns).toBe(true)
      const cells = [...cellsOf(selection)].map(({ row, column }) => row * 100 + column)
      expect(new Set(cells).size).toBe(cells.length)
    }),
    { seed: 7, numRuns: 300 },
  )
})

describe('paste', () => {
  test.each([
    ['a block repeats over a whole multiple', 2, 2, rect(0, 0, 3, 3), rect(0, 0, 3, 3), 0, 0],
    ['a block that does not fit evenly lands once', 2, 2, rect(0, 0, 4, 3), rect(0, 0, 1, 1), 0, 0],
    ['one cell fills any selection', 1, 1, rect(2, 2, 5, 7), rect(2, 2, 5, 7), 0, 0],
    ['what is past the edge is counted', 5, 5, rect(18, 8), rect(18, 8, 19, 9), 3, 3],
  ])('%s', (_, rows, columns, selected, target, overflowRows, overflowColumns) => {
    expect(planPaste(rows, columns, selected, BOUNDS)).toMatchObject({ target, overflowRows, overflowColumns })
  })
})

test('the fill handle reaches along the side the pointer left by most', () => {
  const source = rect(5, 5, 6, 6)
  expect(fillTarget(source, at(9, 6))).toEqual({ rect: rect(7, 5, 9, 6), direction: 'down' })
  expect(fillTarget(source, at(2, 6))).toEqual({ rect: rect(2, 5, 4, 6), direction: 'up' })
  expect(fillTarget(source, at(5, 9))).toEqual({ rect: rect(5, 7, 6, 9), direction: 'right' })
  expect(fillTarget(source, at(6, 1))).toEqual({ rect: rect(5, 1, 6, 4), direction: 'left' })
  expect(fillTarget(source, at(6, 6))).toBeNull()
})

test('ranges copy together only when they share their rows or their columns', () => {
  const two = (a: ReturnType<typeof rect>, b: ReturnType<typeof rect>) => ({
    ranges: [...selectRect(a).ranges, ...selectRect(b).ranges],
    active: at(b.top, b.left),
  })
  expect(copyableRects(two(rect(0, 4, 2, 5), rect(0, 1, 2, 2)))).toEqual({
    along: 'rows',
    rects: [rect(0, 1, 2, 2), rect(0, 4, 2, 5)],
  })
  expect(copyableRects(two(rect(8, 1, 9, 2), rect(0, 1, 2, 2)))?.along).toBe('columns')
  expect(copyableRects(two(rect(0, 0), rect(3, 3)))).toBeNull()
})

test('a selection follows its row when rows above it go', () => {
  const selection = selectRange({ anchor: at(5, 2), focus: at(7, 3) })
  const moved = rebaseSelection(selection, (row) => row - 3, BOUNDS)
  expect(moved.ranges).toEqual([{ anchor: at(2, 2), focus: at(4, 3) }])
  expect(moved.active).toEqual(at(2, 2))
  expect(rebaseSelection(selection, () => null, { rows: 4, columns: 10 }).active).toEqual(at(3, 2))
})

test('edges, the active cell and the fill handle are painted', () => {
  const rects = [rect(1, 1, 2, 2)]
  expect(paintOf(rects, at(1, 1), at(1, 1), null, null)).toBe(PAINT.inside | PAINT.top | PAINT.left | PAINT.active)
  expect(paintOf(rects, at(1, 1), at(2, 2), null, null)).toBe(PAINT.inside | PAINT.bottom | PAINT.right | PAINT.corner)
  expect(paintOf(rects, at(1, 1), at(3, 1), rect(3, 1, 4, 2), null)).toBe(PAINT.fill)
  expect(paintOf([...rects, rect(5, 5)], at(5, 5), at(2, 2), null, null) & PAINT.corner).toBe(0)
})

test('what stands on the clipboard is bordered block by block, and what is cut is pale', () => {
  const copied = { rects: [rect(1, 1, 2, 2), rect(4, 1)], isCut: false }
  const paint = (row: number, column: number, isCut = false) =>
    paintOf([], at(9, 9), at(row, column), null, { ...copied, isCut })
  expect(paint(1, 1)).toBe(PAINT.copied | PAINT.copiedTop | PAINT.copiedLeft)
  expect(paint(2, 2, true)).toBe(PAINT.copied | PAINT.cut | PAINT.copiedBottom | PAINT.copiedRight)
  expect(paint(3, 1)).toBe(0)
  expect(paint(4, 1) & (PAINT.copiedTop | PAINT.copiedRight | PAINT.copiedBottom | PAINT.copiedLeft)).toBe(
    PAINT.copiedTop | PAINT.copiedRight | PAINT.copiedBottom | PAINT.copiedLeft,
  )
})
