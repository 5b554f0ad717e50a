export { makeSampleFiles } from './make-sample-files.ts'
export type { SampleFile } from './delivery-files.ts'
