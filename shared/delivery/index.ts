export { codeTest, domainOf, isCodePath } from './code-scope.ts'
export type { CodeScope } from './code-scope.ts'
export { deliveryOf } from './delivery.ts'
export type { Delivery, DeliveryChoices, IncidentFact } from './delivery.ts'
export type { PullRequest } from './pull-request.ts'
export type { Removals } from './removals.ts'
export type { Landing, Line } from './first-parent-line.ts'
export { addressesOf, classOfAccount } from './identity.ts'
export type { AccountClass } from './identity.ts'
export { FULL_SHA, isProduction, productionTimes, SHORTEST_SHA } from './production.ts'
export type { ProductionDeployment } from './production.ts'
export {
  goneWithin,
  likelyGone,
  rewrittenWithin,
  SEVEN_DAYS,
  SEVENTY_TWO_HOURS,
  TWENTY_ONE_DAYS,
  walkRewrites,
  youngLinesRemoved,
} from './rewrite-estimate.ts'
export { walkHunks } from './rewrite-lines.ts'
export type { HunkFile, HunkLanding } from './rewrite-lines.ts'
export type { RewriteShare, RewriteWalk } from './rewrite-estimate.ts'
export type { ChangedFiles, NumstatFile, NumstatLanding } from './changed-files.ts'
export { ownershipOf } from './ownership.ts'
export { pathPattern } from './path-pattern.ts'
export type { Ownership } from './ownership.ts'
export { linesByOwner, mainOwner } from './owned-lines.ts'
export type { OwnedLines, PathOwner } from './owned-lines.ts'
export { CHANGE_FIELDS, changeRuleFinder, ruledOwner } from './change-rules.ts'
export type { ChangeField, RuledChange, RuleOfChanges } from './change-rules.ts'
export { PERSON_KINDS, plainAccount } from './person.ts'
export type { Person, PersonKind, RefusedMerge } from './person.ts'
export { accountsOf, personFinder, suggestMerges } from './people.ts'
export type { Account, AccountPlace, MergeReason, MergeSuggestion } from './people.ts'
export { houseAccounts, mergeAccounts, teamOn, withLogins, withPeople } from './with-people.ts'
export { classOfStatus } from './work-items.ts'
export type { StatusClass, StatusMove, WorkItem } from './work-items.ts'
export { ruleFits } from './rule-fits.ts'
