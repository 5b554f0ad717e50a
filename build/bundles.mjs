/** The bundles, as plain Vite configurations. */
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { root } from './freshness.mjs'

export const version = /** @type {string} */ (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version)
const define = { __APP_VERSION__: JSON.stringify(version) }
const nodeModules = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)]

/**
 * Under Trusted Types even `element.innerHTML = ''` throws. Two libraries empty an element that way (the chart canvas, the
 * screen-reader announcer); the same without the HTML parser is `replaceChildren()`.
 * @returns {import('vite').Plugin}
 */
function emptyWithoutHtml() {
  return {
    name: 'quarterdeck:empty-without-html',
    transform(code, id) {
      if (!id.includes('node_modules') || !code.includes('.innerHTML')) return null
      return { code: code.replace(/\.innerHTML\s*=\s*(?:''|"")(?!\s*\+)/g, '.replaceChildren()'), map: null }
    },
  }
}

/**
 * The statistics library asks by `eval` whether the language has generators, which the content security policy refuses
 * and reports. Every browser of ours has them.
 * @returns {import('vite').Plugin}
 */
function askWithoutEval() {
  return {
    name: 'quarterdeck:ask-without-eval',
    transform(code, id) {
      if (!/@stdlib[/\\]assert[/\\-]has-generator-support[/\\]lib[/\\]main\.js/.test(id)) return null
      return { code: 'module.exports = function hasGeneratorSupport() { return true }', map: null }
    },
  }
}

/** @type {import('vite').InlineConfig} */
export const rendererConfig = {
  configFile: false,
  root: path.join(root, 'renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [react(), emptyWithoutHtml(), askWithoutEval()],
  define,
  worker: { format: 'es', plugins: () => [emptyWithoutHtml(), askWithoutEval()] },
}

/** @param {string} outDir */
export async function bundleRenderer(outDir) {
  await build({
    ...rendererConfig,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      // Inlined files would be data: addresses, which the content security policy refuses for scripts and fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
      reportCompressedSize: false,
    },
  })
}

/** @param {string} outDir */
export async function bundleElectron(outDir) {
  await build(nodeBundle('electron/main.ts', 'es', 'main.js', outDir, 'node24', ['electron']))
  // A sandboxed preload can be nothing but one CommonJS file.
  await build(nodeBundle('electron/preload.ts', 'cjs', 'preload.cjs', outDir, 'node24', ['electron']))
}

/** @param {string} outDir */
export async function bundleCli(outDir) {
  await build(nodeBundle('cli/main.ts', 'es', 'main.js', outDir, 'node20', []))
}

/**
 * One file with everything in it but what Node or Electron bring themselves.
 * @param {string} entry
 * @param {'es' | 'cjs'} format
 * @param {string} fileName
 * @param {string} outDir
 * @param {string} target
 * @param {readonly string[]} external
 * @returns {import('vite').InlineConfig}
 */
function nodeBundle(entry, format, fileName, outDir, target, external) {
  return {
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true },
    build: {
      outDir,
      emptyOutDir: false,
      target,
      minify: false,
      // Node's way of finding packages, no stand-ins for its modules.
      ssr: true,
      lib: { entry: path.join(root, entry), formats: [format], fileName: () => fileName },
      rolldownOptions: { external: [...external, ...nodeModules], output: { codeSplitting: false } },
    },
  }
}
