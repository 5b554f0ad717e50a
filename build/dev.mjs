// npm run dev: the page with instant reload, in a browser. No content security policy is sent here; journeys see the real one.
import { createServer } from 'vite'
import { BROWSER_PORT } from '../shared/bridge/serving.mjs'
import { rendererConfig } from './bundles.mjs'

// Not the port of the product: changes half done must not meet real data.
const server = await createServer({
  ...rendererConfig,
  base: '/',
  logLevel: 'info',
  server: { host: '127.0.0.1', port: BROWSER_PORT + 1, strictPort: true },
})
await server.listen()
server.printUrls()
