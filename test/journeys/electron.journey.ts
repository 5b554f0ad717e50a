import { _electron, expect, test } from '@playwright/test'
import path from 'node:path'
import { findElectron, noWindowBecause } from '../../build/runtime.mjs'

const root = path.resolve(import.meta.dirname, '../..')
// Playwright's own search would load the electron package, and that downloads.
const executablePath = findElectron()
const noWindow = noWindowBecause()

test.skip(executablePath === null, 'Electron’s runtime is not here (npx install-electron fetches it)')
test.skip(noWindow !== null, `no window can be shown: ${noWindow}`)

test('the desktop window shows the page behind the bridge', async ({}, info) => {
  const app = await _electron.launch({
    executablePath: executablePath ?? '',
    args: [root],
    env: { ...(process.env as Record<string, string>), QD_USER_DATA: info.outputPath('profile') },
  })
  try {
    const page = await app.firstWindow()
    expect(page.url()).toMatch(/^app:\/\/quarterdeck\/index\.html/)
    await expect(page.locator('#root')).not.toBeEmpty()
    const seen = await page.evaluate(async () => ({
      node: typeof (globalThis as { process?: unknown }).process,
      isFrozen: Object.isFrozen(window.quarterdeck),
      info: await window.quarterdeck?.call('host:info'),
      listed: await window.quarterdeck?.call('vault:list'),
      policy: (await fetch('./index.html')).headers.get('content-security-policy'),
    }))
    expect(seen.node).toBe('undefined')
    expect(seen.isFrozen).toBe(true)
    expect(seen.info).toMatchObject({ host: 'electron' })
    expect(Array.isArray(seen.listed)).toBe(true)
    expect(seen.policy).toContain("require-trusted-types-for 'script'")
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  } finally {
    await app.close()
  }
})
