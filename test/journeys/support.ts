import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import path from 'node:path'
import { serve } from '../../build/server.mjs'

const builtPage = path.resolve(import.meta.dirname, '../../dist/renderer')

interface JourneyOptions {
  /**
   * Console errors, warnings, page errors and blocked requests a journey expects. Whatever does not match fails it.
   */
  allowed: RegExp | null
}

interface JourneyServer {
  /** The built page on a free port of this worker, so that journeys neither meet each other nor a running Quarterdeck. */
  appUrl: string
}

/**
 * Serves the built page and watches every page of the journey: an error on the console, an uncaught rejection, a breach of
 * the content security policy or a request to anywhere but our own address fails the test, whatever it was about.
 *
 *     test.use({ allowed: /quota/ })
 */
export const test = base.extend<JourneyOptions & { watched: void }, JourneyServer>({
  allowed: [null, { option: true }],
  appUrl: [
    async ({}, use) => {
      const served = await serve({ folder: builtPage, port: 0 })
      await use(served.url)
      await served.close()
    },
    { scope: 'worker' },
  ],
  watched: [
    async ({ context, appUrl, allowed }, use) => {
      const complaints: string[] = []
      context.on('page', (page) => watch(page, appUrl, complaints))
      for (const page of context.pages()) watch(page, appUrl, complaints)
      await use()
      const unexpected = complaints.filter((text) => !allowed?.test(text))
      expect(unexpected, 'console, page and policy stay silent').toEqual([])
    },
    { auto: true },
  ],
})

/** For pages a journey opens by other means than its own context, such as a second profile. */
export function watch(page: Page, appUrl: string, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`))
  page.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(appUrl) && !/^(?:data|blob|about):/.test(address)) complaints.push(`request: ${address}`)
  })
}

/** No violation of WCAG 2.2 A and AA in what the page shows now. */
export async function hasNoViolation(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect(found, where).toEqual([])
}

const shots = process.env['QD_SHOTS']

/** With QD_SHOTS set to a folder, keeps a picture of the page to look at. */
export async function look(page: Page, name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: path.join(shots, `${name}.png`) })
}

export { expect }
