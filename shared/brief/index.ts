export type { Brief, BriefSection, BriefSentence } from './types.ts'
export { renderBriefHtml, renderBriefText } from './render-brief-html.ts'
export { tellEvidence, versionOf, writeBrief } from './write-brief.ts'
export type { BriefMaterial } from './write-brief.ts'
