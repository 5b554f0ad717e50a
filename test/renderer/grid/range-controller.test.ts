import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { RangeController } from '../../../renderer/grid/range-controller.ts'

function controllerOf(rows: number): RangeController {
  return new RangeController(
    {
      bounds: () => ({ rows, columns: 5 }),
      columnIndex: () => 0,
      isEmpty: () => false,
      rowsPerPage: () => 10,
      reveal: () => undefined,
      focus: () => undefined,
      dress: () => undefined,
    },
    {
      onFill: () => undefined,
      onEdit: () => undefined,
      onPoint: () => false,
      onMoveRows: () => undefined,
      beforePointerSelect: () => undefined,
    },
  )
}

// It tells its listeners once a frame.
beforeAll(() => void vi.stubGlobal('requestAnimationFrame', () => 0))
afterAll(() => void vi.unstubAllGlobals())

const RECT = { top: 1, left: 1, bottom: 2, right: 2 }

test('cut cells are moved by the next paste only while they stand where they were cut', () => {
  const controller = controllerOf(10)
  controller.take({ rects: [RECT], isCut: true })
  expect(controller.cut).toEqual([RECT])
  // A row above went: the same places are other cells.
  controller.rebase((row) => row - 1)
  expect(controller.cut).toEqual([])
  expect(controller.clipboard).toBeNull()
})

test('Escape takes the border from what was copied first, then the selection together', () => {
  const controller = controllerOf(10)
  controller.run({ kind: 'select all' })
  controller.take({ rects: [RECT], isCut: false })
  expect(controller.cut).toEqual([])
  expect(controller.run({ kind: 'escape' })).toBe(true)
  expect(controller.clipboard).toBeNull()
  expect(controller.read().ranges[0]).not.toEqual({ anchor: controller.read().active, focus: controller.read().active })
  expect(controller.run({ kind: 'escape' })).toBe(true)
  expect(controller.run({ kind: 'escape' })).toBe(false)
})
