// node build/check-arrows.mjs: who may import whom, for what the compiler's project references cannot say. Also the doors of
// packages, cycles, default exports and the impure names of the language that its ES2022 library still contains.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder imports only from folders to its left; this is the way the data goes. */
export const SHARED_ORDER = [
  'issues',
  'quantities',
  'money',
  'calendar',
  'records',
  'tables',
  'facts',
  'importers',
  'delivery',
  'prices',
  'cube',
  'metrics',
  'okr',
  'formula',
  'chance',
  'model',
  'plan',
  'capital',
  'scenario',
  'templates',
  'brief',
  'workbook',
  'sample',
  'bridge',
]

/** Folders of renderer/, each with those it may import besides itself and shared/. @type {Record<string, readonly string[]>} */
const RENDERER_ARROWS = {
  app: ['views', 'stores', 'commands', 'parts', 'grid', 'charts', 'workers', 'database', 'bridge', 'styles'],
  views: ['stores', 'commands', 'parts', 'measured', 'grid', 'charts', 'styles'],
  measured: ['stores', 'commands', 'parts', 'charts', 'styles'],
  commands: ['stores', 'database', 'workers', 'bridge'],
  stores: ['database'],
  workers: ['database', 'bridge'],
  database: ['bridge'],
  grid: ['parts', 'bridge', 'styles'],
  charts: ['parts', 'styles'],
  parts: ['styles'],
  styles: [],
  bridge: [],
}

/** What each zone may import of the others. @type {Record<string, readonly string[]>} */
const ZONES = {
  shared: [],
  renderer: ['shared'],
  electron: ['shared'],
  cli: ['shared'],
}
const ELECTRON_MAY_SHARE = ['bridge', 'issues']

/** One door per package: [package, the only folders that may name it]. @type {readonly [RegExp, readonly string[]][]} */
const DOORS = [
  [/^(papaparse|hyparquet)$/, ['shared/tables']],
  [/^@pydantic\/genai-prices$/, ['shared/prices']],
  [/^@lezer\//, ['shared/formula']],
  [/^@codemirror\//, ['renderer/grid']],
  [/^(pure-rand|@stdlib\/)/, ['shared/chance']],
  [/^(fflate|valibot)$/, ['shared/workbook']],
  [/^dexie/, ['renderer/database']],
  [/^zustand/, ['renderer/stores']],
  [/^ag-grid-/, ['renderer/grid']],
  [/^(echarts|zrender)/, ['renderer/charts']],
  [/^electron$/, ['electron']],
  [/^node:|^(fs|path|os|crypto|url)(\/|$)/, ['electron', 'cli']],
  [
    /^(react|react-dom|react-aria-components)(\/|$)/,
    [
      'renderer/app',
      'renderer/views',
      'renderer/measured',
      'renderer/grid',
      'renderer/charts',
      'renderer/parts',
      'renderer/stores',
      'renderer/commands',
      'renderer/main',
    ],
  ],
  [/^@fontsource/, ['renderer/app', 'renderer/styles', 'renderer/main']],
]

/** @typedef {{ file: string, line: number, text: string }} Finding */
/** @typedef {{ specifier: string, line: number }} Import */

const OWN_FILES = /\.(ts|tsx|mjs)$/

/**
 * @param {string} root
 * @returns {Finding[]}
 */
export function checkArrows(root) {
  const files = ['shared', 'renderer', 'electron', 'cli'].flatMap((zone) => filesUnder(root, zone))
  /** @type {Map<string, string[]>} */
  const graph = new Map()
  /** @type {Finding[]} */
  const findings = []
  for (const file of files) {
    const source = blankComments(readFileSync(path.join(root, file), 'utf8'))
    const imports = importsOf(source)
    graph.set(file, [])
    for (const { specifier, line } of imports) {
      const text = specifier.startsWith('.')
        ? judgeRelative(root, file, specifier, graph)
        : judgePackage(file, specifier)
      if (text !== null) findings.push({ file, line, text })
    }
    findings.push(...judgeText(file, source))
  }
  return [...findings, ...cycles(graph)]
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(root, folder) {
  const place = path.join(root, folder)
  if (!existsSync(place)) return []
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = `${folder}/${entry.name}`
      if (entry.isDirectory()) return filesUnder(root, inside)
      return OWN_FILES.test(entry.name) && !entry.name.endsWith('.d.ts') ? [inside] : []
    })
}

/**
 * Comments become blanks, so that what they say is not taken for code; line numbers stay. Strings and templates are kept
 * whole, as a `//` in an address is no comment.
 * @param {string} source
 * @returns {string}
 */
function blankComments(source) {
  const pieces = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[^]*?\*\//g
  return source.replace(pieces, (piece) => (piece.startsWith('/') ? piece.replace(/[^\n]/g, ' ') : piece))
}

/**
 * @param {string} source
 * @returns {Import[]}
 */
function importsOf(source) {
  const forms = [
    /^[ \t]*(?:import|export)\s+(?:type\s+)?[\w*{}\s,$]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^[ \t]*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ]
  return forms.flatMap((form) =>
    [...source.matchAll(form)].map((match) => ({
      specifier: match[1] ?? '',
      line: lineOf(source, (match.index ?? 0) + match[0].length),
    })),
  )
}

/**
 * @param {string} source
 * @param {number} index
 */
function lineOf(source, index) {
  return source.slice(0, index).split('\n').length
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string} specifier
 * @param {Map<string, string[]>} graph
 * @returns {string | null}
 */
function judgeRelative(root, file, specifier, graph) {
  const bare = specifier.replace(/\?.*$/, '')
  const target = path.posix.join(path.posix.dirname(file), bare)
  if (!/\.(ts|tsx|mjs|css|json|svg|png|woff2)$/.test(bare)) {
    return `'${specifier}' has no ending. Write it as the file is called, for example '${bare}.ts'.`
  }
  if (existsSync(path.join(root, target)) && OWN_FILES.test(target)) graph.get(file)?.push(target)
  const from = placeOf(file)
  const to = placeOf(target)
  if (from.zone !== to.zone) {
    if (!(ZONES[from.zone] ?? []).includes(to.zone)) {
      return `${from.zone}/ may not import ${target}. It may import ${listOf(ZONES[from.zone] ?? [], '/')}.`
    }
    if (from.zone === 'electron' && !ELECTRON_MAY_SHARE.includes(to.folder)) {
      return `electron/ may not import shared/${to.folder}/. It may import shared/bridge/ and shared/issues/.`
    }
    return throughDoor(target, to)
  }
  if (from.zone === 'shared') return judgeShared(from, to, target)
  if (from.zone === 'renderer') return judgeRenderer(from, to)
  return null
}

/** @typedef {{ zone: string, folder: string, inner: string }} Place */

/**
 * @param {string} file
 * @returns {Place}
 */
function placeOf(file) {
  const [zone = '', folder = '', ...rest] = file.split('/')
  return rest.length === 0 ? { zone, folder: '', inner: folder } : { zone, folder, inner: rest.join('/') }
}

/**
 * @param {string} target
 * @param {Place} to
 */
function throughDoor(target, to) {
  if (to.zone !== 'shared' || to.inner === 'index.ts') return null
  return `${target} is inside a folder. Import shared/${to.folder}/index.ts, which names what the folder offers.`
}

/**
 * @param {Place} from
 * @param {Place} to
 * @param {string} target
 */
function judgeShared(from, to, target) {
  if (from.folder === to.folder) {
    return to.inner === 'index.ts' && from.folder !== ''
      ? `shared/${from.folder}/index.ts is the door for outsiders. Inside the folder import the file itself.`
      : null
  }
  const own = SHARED_ORDER.indexOf(from.folder)
  const other = SHARED_ORDER.indexOf(to.folder)
  const unknown = own < 0 ? from.folder : other < 0 ? to.folder : null
  if (unknown !== null)
    return `shared/${unknown}/ has no place in the order yet. Add it to SHARED_ORDER in build/check-arrows.mjs.`
  if (other > own) {
    return `shared/${from.folder}/ may not import shared/${to.folder}/, which comes later on the data's way. It may import ${listOf(SHARED_ORDER.slice(0, own))}.`
  }
  return throughDoor(target, to)
}

/**
 * @param {Place} from
 * @param {Place} to
 */
function judgeRenderer(from, to) {
  // main.tsx puts everything together.
  if (from.folder === '') return null
  if (from.folder !== to.folder) {
    const allowed = RENDERER_ARROWS[from.folder]
    if (allowed === undefined) {
      return `renderer/${from.folder}/ has no arrows yet. Add it to RENDERER_ARROWS in build/check-arrows.mjs.`
    }
    if (allowed.includes(to.folder)) return null
    return `renderer/${from.folder}/ may not import renderer/${to.folder || to.inner}. It may import shared/ and ${listOf(allowed)}.`
  }
  const [ownPlace = '', ...ownRest] = from.inner.split('/')
  const [otherPlace = '', ...otherRest] = to.inner.split('/')
  if (from.folder === 'views' && ownRest.length > 0 && otherRest.length > 0 && ownPlace !== otherPlace) {
    return `the view ${ownPlace} may not import the view ${otherPlace}. What both use belongs into renderer/parts/.`
  }
  return null
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string | null}
 */
function judgePackage(file, specifier) {
  const { zone, folder, inner } = placeOf(file)
  const here = folder === '' ? `${zone}/${inner.replace(/\.\w+$/, '')}` : `${zone}/${folder}`
  const door = DOORS.find(([pattern]) => pattern.test(specifier))
  if (door === undefined) {
    return `'${specifier}' has no door. Say in DOORS of build/check-arrows.mjs which one folder uses this package.`
  }
  if (door[1].some((allowed) => allowed === here || allowed === zone)) return null
  return `${here} may not name '${specifier}'. Only ${listOf(door[1])} may.`
}

/** @type {readonly { zones: readonly string[], pattern: RegExp, text: string }[]} */
const TEXTS = [
  {
    zones: ['shared', 'renderer', 'electron', 'cli'],
    pattern: /^[ \t]*export\s+default\b|\bas\s+default\s*[,}]/gm,
    text: 'a default export has no name to search for. Export it by name.',
  },
  {
    zones: ['shared'],
    pattern: /\bDate\.now\s*\(|\bnew Date\b\s*(?:\(\s*\)|(?![\s(]))|(?<!new )\bDate\(\s*\)/g,
    text: 'shared/ has no clock, or the same input would give another answer tomorrow. Take the instant as an argument.',
  },
  {
    zones: ['shared'],
    pattern: /\bMath\.random\b/g,
    text: 'shared/ has no chance of its own, or no result could be repeated. Take a seed as an argument.',
  },
  {
    zones: ['shared'],
    pattern: /(?:^|[^.\w])(?:console|fetch|setTimeout|setInterval|globalThis)\b(?=\s*[.(])/gm,
    text: 'shared/ talks to nothing outside. Return what there is to say, or take the means as an argument.',
  },
]

/**
 * @param {string} file
 * @param {string} source
 * @returns {Finding[]}
 */
function judgeText(file, source) {
  const { zone } = placeOf(file)
  // What stands in quotation marks is text for people, not code.
  const code = source.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (piece) => ' '.repeat(piece.length))
  return TEXTS.filter(({ zones }) => zones.includes(zone)).flatMap(({ pattern, text }) =>
    [...code.matchAll(pattern)].map((match) => ({
      file,
      line: lineOf(code, (match.index ?? 0) + match[0].length),
      text,
    })),
  )
}

/**
 * Every knot of files that import each other, told once, by its shortest ring.
 * @param {Map<string, string[]>} graph
 * @returns {Finding[]}
 */
function cycles(graph) {
  /** @type {Finding[]} */
  const findings = []
  const told = new Set()
  for (const start of graph.keys()) {
    if (told.has(start)) continue
    const ring = shortestRing(graph, start)
    if (ring === null) continue
    for (const file of ring) told.add(file)
    findings.push({
      file: start,
      line: 1,
      text: `an import cycle: ${[...ring, start].join(' -> ')}. Move what both need into a file below them; types count too.`,
    })
  }
  return findings
}

/**
 * @param {Map<string, string[]>} graph
 * @param {string} start
 * @returns {string[] | null}
 */
function shortestRing(graph, start) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map()
  const queue = [start]
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) {
        const ring = [file]
        for (let at = file; at !== start;) ring.unshift((at = cameFrom.get(at) ?? start))
        return ring
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, file)
        queue.push(next)
      }
    }
  }
  return null
}

/**
 * @param {readonly string[]} names
 * @param {string} [ending]
 */
function listOf(names, ending = '') {
  return names.length === 0 ? 'nothing else' : names.map((name) => `${name}${ending}`).join(', ')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = path.resolve(process.argv[2] ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '..'))
  if (!existsSync(root) || !statSync(root).isDirectory()) throw new Error(`${root} is not a folder`)
  const findings = checkArrows(root)
  for (const { file, line, text } of findings) process.stdout.write(`${file}:${line}: ${text}\n`)
  process.exitCode = findings.length > 0 ? 1 : 0
}
