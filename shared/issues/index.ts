export { accepted, placed, refused, tellIssue, tellPlace, tellWhy } from './issue.ts'
export type { Issue, IssueCode, Measured, Outcome, Place, Share } from './issue.ts'
export { assertNever, assertThat, BugError } from './assert.ts'
