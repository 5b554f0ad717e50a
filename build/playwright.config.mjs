import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { findChromium } from './chromium.mjs'
import { root } from './freshness.mjs'

const executablePath = findChromium()
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: path.join(root, 'test/journeys'),
  outputDir: path.join(root, 'test-results'),
  workers: 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  timeout: 90_000,
  globalTimeout: 19 * 60_000,
  use: { trace: 'retain-on-failure' },
  projects: [
    {
      name: 'browser',
      testMatch: '**/*.journey.ts',
      testIgnore: '**/electron.journey.ts',
      use: {
        browserName: 'chromium',
        launchOptions: {
          ...(executablePath === null ? {} : { executablePath }),
          // Every name resolves to nothing, so that each journey is an offline one; only loopback is left.
          // Chromium does not start its sandbox for root; this is the test's browser, not the product.
          args: [
            '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
            '--disable-background-networking',
            '--disable-component-update',
            ...(isRoot ? ['--no-sandbox'] : []),
          ],
        },
      },
    },
    { name: 'electron', testMatch: '**/electron.journey.ts' },
  ],
})
