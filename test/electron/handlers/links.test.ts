import type { WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { answerLinks } from '../../../electron/handlers/links.ts'
import * as electron from '../../support/electron-mock.ts'

const page = {} as WebContents
const open = answerLinks()['link:open']

const HOSTILE = [
  'http://dora.dev/',
  'https://evil.test/',
  'https://dora.dev.evil.test/',
  'https://evil.test/dora.dev',
  'https://dora.dev@evil.test/',
  'https://evil.test#dora.dev',
  'https://evil.test\\@dora.dev/',
  'https://dora.dev\\.evil.test/',
  'https://dora.dev:8443/',
  'https://user:password@dora.dev/',
  'https://DORA.DEV.evil.test/',
  ' https://dora.dev/',
  'https://dora.dev/\nhttps://evil.test',
  'https://dora.dev\0.evil.test/',
  'https:dora.dev',
  'https:///dora.dev',
  'javascript:alert(1)//https://dora.dev/',
  'file:///etc/passwd',
  'smb://dora.dev/share',
  'ms-msdt:/id',
  'data:text/html,https://dora.dev/',
  'https://dоra.dev/',
  '',
]

describe('links', () => {
  it.each(HOSTILE)('%j is not even asked about', async (url) => {
    expect(await open(page, url)).toBe(false)
    expect(electron.dialog.showMessageBox).not.toHaveBeenCalled()
    expect(electron.shell.openExternal).not.toHaveBeenCalled()
  })
  it('a known site opens after a yes and only then', async () => {
    expect(await open(page, 'https://dora.dev/guides/?a=1#b')).toBe(false)
    expect(electron.shell.openExternal).not.toHaveBeenCalled()
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 0 })
    expect(await open(page, 'https://dora.dev/guides/?a=1#b')).toBe(true)
    expect(electron.shell.openExternal.mock.calls).toEqual([['https://dora.dev/guides/?a=1#b']])
  })
})
