import { eachFact, type FactOrigin, type FactRow, type FactSet, TableReader } from '../facts/index.ts'
import { type Instant, instantOf } from '../quantities/index.ts'
import { type CodeScope, codeTest } from './code-scope.ts'
import { type Landing, type Line, readLines } from './first-parent-line.ts'
import { type Ownership, ownershipOf } from './ownership.ts'
import { isProduction, type ProductionDeployment } from './production.ts'
import type { PullRequest } from './pull-request.ts'
import { readPullRequests } from './read-pull-requests.ts'
import type { RewriteWalk } from './rewrite-estimate.ts'
import { readHunks } from './read-hunks.ts'
import { walkChangedFiles, walkRewrites } from './rewrite-estimate.ts'
import { walkHunks } from './rewrite-lines.ts'
import { readWorkItems, type WorkItem } from './work-items.ts'

/** Everything that was delivered, joined. */
export interface Delivery {
  readonly lines: readonly Line[]
  /** Of all repositories, by landing time. */
  readonly landings: readonly Landing[]
  readonly pullRequests: readonly PullRequest[]
  /** Working and rolled back ones in production, by time. */
  readonly deployments: readonly ProductionDeployment[]
  /** All imported deployments, production or not. */
  readonly deploymentsImported: number
  /** Production deployments whose commit is among the imported landings or merges. */
  readonly deploymentsLinked: number
  readonly incidents: readonly IncidentFact[]
  /** Who owns what, where a list of it is imported. */
  readonly ownership: Ownership
  /** Issues of trackers, with their way through the statuses. */
  readonly workItems: readonly WorkItem[]
  readonly hasFileChanges: boolean
  /** When a landing first ran in production; `null` = not yet, or no deployment of its line is known. */
  productionAtOf(landing: Landing): Instant | null
  /** Rewrites of a repository, line by line where its hunks are imported, else estimated; walked on first use. */
  rewritesOf(repository: string): RewriteWalk
}

export type IncidentFact = FactRow<'incident'> & { readonly origin: FactOrigin }

export interface DeliveryChoices {
  /** Empty = environments named like production. */
  readonly productionEnvironments: readonly string[]
  readonly houseAgents?: readonly string[]
  /** What counts as code beside the list. */
  readonly codeScope?: CodeScope
}

const prepared = new WeakMap<FactSet, Map<string, Delivery>>()

/** Everything delivered, joined once per fact set: landings in order, pull requests on them, deployments behind both. */
export function deliveryOf(facts: FactSet, choices: DeliveryChoices): Delivery {
  const { productionEnvironments, houseAgents = [], codeScope = null } = choices
  const key = JSON.stringify([productionEnvironments, houseAgents, codeScope])
  let views = prepared.get(facts)
  if (!views) prepared.set(facts, (views = new Map<string, Delivery>()))
  const known = views.get(key)
  if (known) return known
  const delivery = prepareDelivery(facts, choices)
  views.set(key, delivery)
  return delivery
}

function prepareDelivery(facts: FactSet, choices: DeliveryChoices): Delivery {
  const houseAgents = choices.houseAgents ?? []
  const isCode = codeTest(choices.codeScope)
  const { lines, landings, hasFileChanges } = readLines(facts, houseAgents, isCode)
  const deployments = readDeployments(facts, choices.productionEnvironments)
  const { pullRequests, deploymentsLinked, productionAtOf } = readPullRequests(facts, lines, deployments, houseAgents)
  const walks = new Map<string, RewriteWalk>()
  const hunks = readHunks(facts)
  const baselines = readBaselines(facts)

  /** Line by line where the hunks of every landing that touches text are there; else from counts. */
  function walkLine(landings: readonly Landing[]): RewriteWalk {
    if (hunks.size === 0) return walkCounts(landings)
    const withHunks = landings.map((landing) => ({
      landedAt: landing.landedAt,
      files: hunks.get(`${landing.repository}\u001f${landing.sha}`) ?? [],
    }))
    const isWhole = landings.every(
      ({ files }, i) => withHunks[i]!.files.length > 0 || files.every(({ added }) => added === null),
    )
    return isWhole ? walkHunks(withHunks, isCode) : walkCounts(landings)
  }

  /** Landings of one line stand together, in its order. */
  function walkCounts(landings: readonly Landing[]): RewriteWalk {
    const times = new Float64Array(landings.length)
    landings.forEach(({ landedAt }, at) => (times[at] = landedAt))
    const [first] = landings
    if (first === undefined) return walkRewrites([])
    return walkChangedFiles(first.changed, first.place, times, baselines.get(first.repository))
  }

  return {
    lines,
    landings,
    pullRequests,
    deployments,
    deploymentsImported: facts.deployment.rows,
    deploymentsLinked,
    incidents: [...eachFact(facts.incident)],
    ownership: ownershipOf(facts),
    workItems: readWorkItems(facts),
    productionAtOf,
    hasFileChanges,
    rewritesOf(repository) {
      let walk = walks.get(repository)
      if (!walk)
        walks.set(repository, (walk = walkLine(lines.find((line) => line.repository === repository)?.landings ?? [])))
      return walk
    },
  }
}

function readBaselines(facts: FactSet): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const baselines = new Map<string, Map<string, number>>()
  for (const { repository, path, lines } of eachFact(facts.fileBaseline)) {
    if (path === null || lines === null) continue
    const own = baselines.get(repository ?? '') ?? new Map<string, number>()
    baselines.set(repository ?? '', own.set(path, lines))
  }
  return baselines
}

function readDeployments(facts: FactSet, environments: readonly string[]): readonly ProductionDeployment[] {
  const reader = new TableReader(facts.deployment)
  const [id, service, sha] = [reader.texts('deploymentId'), reader.texts('service'), reader.texts('sha')]
  const [result, causedByIncident] = [reader.texts('result'), reader.texts('causedByIncident')]
  const [finished, started] = [reader.numbers('finishedAt'), reader.numbers('startedAt')]
  const unplanned = reader.numbers('isUnplanned')
  const isLive = reader.answers('environment', (environment) => isProduction(environment, environments))
  const isNamelessLive = isProduction('', environments)
  const deployments: ProductionDeployment[] = []
  for (let row = 0; row < reader.length; row++) {
    const said = result(row)
    if ((said !== 'success' && said !== 'rollback') || !(isLive(row) ?? isNamelessLive)) continue
    const finishedAt = Number.isNaN(finished[row]!) ? started[row]! : finished[row]!
    if (Number.isNaN(finishedAt)) continue
    deployments.push({
      deploymentId: id(row) ?? '',
      service: service(row),
      sha: sha(row),
      finishedAt: instantOf(finishedAt),
      result: said,
      isUnplanned: Number.isNaN(unplanned[row]!) ? null : unplanned[row] === 1,
      causedByIncident: causedByIncident(row),
      origin: reader.originOf(row),
    })
  }
  return deployments.sort((a, b) => a.finishedAt - b.finishedAt)
}
