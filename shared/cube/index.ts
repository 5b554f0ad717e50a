export { COST_PREFERENCE, costBasisOf, costKindOf, sumCost } from './cost-basis.ts'
export { allTokens, buildUsageCube, usageDays } from './usage-cube.ts'
export type {
  UsageCell,
  UsageCube,
  UsageCubeChoices,
  UsageDimension,
  UsageOwnerFields,
  UsageSums,
} from './usage-cube.ts'
