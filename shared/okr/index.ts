export type { CheckIn, KeyResult, KeyResultScore, KeyResultType, Objective } from './types.ts'
