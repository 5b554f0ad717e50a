export {
  AGENT_MARKS,
  agentOfEmail,
  agentOfLogin,
  agentOfPeople,
  agentOfText,
  BOT_LOGINS,
  isBotLogin,
} from './agent-marks.ts'
export type { AgentMark } from './agent-marks.ts'
export { saidAt, withFormer } from './example-rows.ts'
export { FORMATS } from './formats/all-formats.ts'
export { GENERIC_DELIVERY } from './formats/delivery/generic-delivery.ts'
export type { GenericTable } from './formats/delivery/generic-delivery.ts'
export { CUBE_COUNTS, CUBE_KEYS, CUBE_MONEY, CUBE_STATED_AT } from './formats/usage/daily-cube.ts'
export type { CubeCount, CubeKey, CubeMoney } from './formats/usage/daily-cube.ts'
export { GENERIC_FACTS } from './formats/usage/generic-usage.ts'
export { mayHoldTexts } from './keeps-texts.ts'
export { mappingFor, PEEK_BYTES, peekTable } from './peek-table.ts'
export type { TablePeek } from './peek-table.ts'
export { recogniseFormat } from './recognise-format.ts'
export type { RecognisedFormat } from './recognise-format.ts'
export { sourceDocumentOf } from './source-document.ts'
export { stageImport } from './stage-import.ts'
export { UsageSum } from './sum-usage.ts'
export { usageInside } from './usage-share.ts'
export type {
  ExampleRow,
  FactPlace,
  InPlace,
  RowFate,
  Said,
  ImportChoices,
  ImportMapping,
  ImportRecord,
  ImportRun,
  KeptAside,
  KnownFacts,
  RowCounts,
  SourceDocument,
  StagedImport,
  UsageShare,
  UsageTotals,
} from './types.ts'
