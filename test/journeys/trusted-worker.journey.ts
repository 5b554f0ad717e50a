import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { rendererConfig } from '../../build/bundles.mjs'
import { serve } from '../../build/server.mjs'
import { expect, test } from '@playwright/test'

test('workers, style elements and charts run under Trusted Types and nonces', async ({ page }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-worker-'))
  await build({
    ...rendererConfig,
    root: path.resolve(import.meta.dirname, '../fixtures/trusted-worker'),
    build: { outDir: folder, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, modulePreload: false },
  })
  const served = await serve({ folder, port: 0 })
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  try {
    await page.goto(served.url)
    await expect(page.locator('#answer')).toHaveText('42')
    await expect(page.locator('#refused')).toHaveText('refused')
    await expect(page.locator('#styled')).toHaveCSS('color', 'rgb(1, 2, 3)')
    await expect(page.locator('#chart canvas')).toBeVisible()
    expect(complaints).toEqual([])
  } finally {
    await served.close()
    await rm(folder, { recursive: true, force: true })
  }
})
