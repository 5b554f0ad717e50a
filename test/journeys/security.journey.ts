import { expect, test } from './support.ts'

test('the page starts without a breach of its policy', async ({ page, appUrl }) => {
  const breaches: string[] = []
  await page.exposeFunction('noteBreach', (what: string) => void breaches.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const note = (globalThis as unknown as { noteBreach(what: string): void }).noteBreach
      note(`${event.effectiveDirective} ${event.blockedURI}`)
    })
  })
  await page.goto(appUrl)
  await expect(page.locator('#root')).not.toBeEmpty()
  const nonce = await page.evaluate(
    () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '',
  )
  expect(nonce.length).toBeGreaterThanOrEqual(20)
  await page.reload()
  expect(
    await page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce),
    'a nonce is used once',
  ).not.toBe(nonce)
  expect(breaches).toEqual([])
})

test.describe('hostile scripts in the page', () => {
  test.use({ allowed: /Content Security Policy|Trusted|request: https:\/\/evil\.test/i })

  const attempts: Record<string, () => unknown> = {
    eval: () => (0, eval)('1'),
    'new Function': () => new Function('return 1')(),
    'HTML from a string': () => {
      document.createElement('div').innerHTML = '<b>x</b>'
    },
    'a worker from a string': () => new Worker('/assets/other.js'),
    'a worker from a blob': () => new Worker(URL.createObjectURL(new Blob(['1']))),
    'a second policy': () =>
      (
        globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
      ).trustedTypes.createPolicy('other', {}),
    'a script address from a string': () => {
      document.createElement('script').src = 'https://evil.test/x.js'
    },
  }
  for (const [name, attempt] of Object.entries(attempts)) {
    test(`${name} is refused`, async ({ page, appUrl }) => {
      await page.goto(appUrl)
      // From a timer: while the test's own call is on the stack, the browser lets it evaluate text.
      const thrown = await page.evaluate(
        `new Promise((tell) => setTimeout(() => { try { (${attempt})(); tell(null) } catch (error) { tell(error.message) } }))`,
      )
      expect(thrown).not.toBeNull()
    })
  }

  test('pictures and data of other sites are not fetched', async ({ page, appUrl }) => {
    await page.goto(appUrl)
    const outcome = await page.evaluate(async () => {
      const picture = await new Promise<string>((resolve) => {
        const image = new Image()
        image.onload = () => resolve('loaded')
        image.onerror = () => resolve('refused')
        image.src = 'https://evil.test/x.png'
      })
      const data = await fetch('https://evil.test/x').then(
        () => 'loaded',
        () => 'refused',
      )
      return [picture, data]
    })
    expect(outcome).toEqual(['refused', 'refused'])
  })
})
