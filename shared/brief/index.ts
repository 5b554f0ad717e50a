export type { Brief, BriefSection, BriefSentence } from './types.ts'
