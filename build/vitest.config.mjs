import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { root } from './freshness.mjs'

export default defineConfig({
  root,
  define: { __APP_VERSION__: '"0.0.0-test"' },
  resolve: {
    // Loading the real package starts a download; a test that forgets its stand-in must not.
    alias: { electron: path.join(root, 'test/support/electron-mock.ts') },
  },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/journeys/**', 'test/bench/**', 'node_modules/**'],
    environment: 'node',
    restoreMocks: true,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
})
