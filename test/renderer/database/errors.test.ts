import { expect, test } from 'vitest'
import { storageErrorOf, StorageError } from '../../../renderer/database/errors.ts'
import { WorkbookTooLargeError } from '../../../shared/workbook/index.ts'

test.each([
  [new DOMException('', 'QuotaExceededError'), 'storage/full', /disk .* is full/],
  [Object.assign(new Error('x'), { inner: new DOMException('', 'QuotaExceededError') }), 'storage/full', /full/],
  [new WorkbookTooLargeError(2 ** 31, 2 ** 30), 'storage/too-large', /Split the file/],
  [new DOMException('', 'InvalidStateError'), 'storage/closed', /Reload/],
  [new RangeError('odd'), 'storage/unreadable', /Reload/],
  [new StorageError('storage/other-window'), 'storage/other-window', /Another window/],
] as const)('%s is %s and says what to do', (cause, code, sentence) => {
  expect(storageErrorOf(cause)).toMatchObject({ code, message: expect.stringMatching(sentence) })
})
