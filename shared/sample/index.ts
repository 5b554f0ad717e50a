export { makeSampleFiles } from './make-sample-files.ts'
export { makeSampleWorkbook, utf8Of } from './make-sample-workbook.ts'
export type { SampleChoices } from './make-sample-workbook.ts'
export type { SampleFile } from './delivery-files.ts'
