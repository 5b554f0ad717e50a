import { expect, it } from 'vitest'
import { checkPackaging } from '../../build/package.mjs'

it('the packaging configuration is one electron-builder accepts', async () => {
  expect(await checkPackaging()).toEqual(['linux: AppImage, deb', 'win: nsis', 'mac: dmg'])
})
