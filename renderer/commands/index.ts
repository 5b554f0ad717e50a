/** Everything a user can do. Views read stores and call these; only these write. */
export { editRecords, goToStep, redo, undo } from './edit.ts'
export type { Remembered } from './edit.ts'
export {
  commitImports,
  discardImport,
  downloadKeptAside,
  keptAsideOf,
  peekFile,
  readFiles,
  readKeptFile,
  rereadFile,
  takeBackImport,
} from './imports.ts'
export { dropKeptFiles, keptFiles } from './kept-files.ts'
export {
  chooseAndOpenWorkbook,
  closeWorkbook,
  openAtStart,
  openSample,
  openWorkbookFile,
  saveWorkbookFile,
  startEmpty,
} from './life.ts'
export {
  countedNow,
  estimatesOfPeriod,
  estimatesOfSpend,
  knownAccounts,
  lossRows,
  previewPrices,
  pricingInForce,
  saveLossRows,
  saveRowsBehind,
  saveSpendRows,
  spendLines,
  tryChangeRules,
  tryRules,
  usageRows,
  withFormerRows,
} from './books.ts'
export {
  comparePeriods,
  explainNumber,
  foundConventions,
  listMetrics,
  metricGroups,
  metricSeries,
  moneyFunnel,
  saveComparisonCsv,
  saveMetricCsv,
  saveMetricsCsv,
} from './figures.ts'
export { readPickedClone } from './clones.ts'
export {
  addScenario,
  bringHistory,
  compareWith,
  printBrief,
  runScenario,
  saveBriefHtml,
  seekDriver,
  spreadShares,
} from './scenarios.ts'
export { closePalette, goTo, openPalette, selectScenario, setOwnName, setTheme, showPlan } from './screen.ts'
export { cancelTask, stopTask } from './tasks.ts'
export { dismissToast, showToast } from './toasts.ts'
export type { ToastOptions } from './toasts.ts'
