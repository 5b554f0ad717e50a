import { expect, test } from 'vitest'
import * as electron from '../support/electron-mock.ts'

test('a second instance gives up before it opens anything', async () => {
  electron.app.requestSingleInstanceLock.mockReturnValueOnce(false)
  await import('../../electron/main.ts')
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(electron.app.quit).toHaveBeenCalledOnce()
  expect(electron.app.whenReady).not.toHaveBeenCalled()
  expect(electron.BrowserWindow.opened).toEqual([])
})
