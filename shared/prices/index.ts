export { withEstimates } from './estimate-usage.ts'
export { plainModel } from './model-names.ts'
export { estimateCost, LIST_DATE, priceBookOf } from './price-book.ts'
export type { OwnRate, PriceBook, Rate, TokenRates } from './price-book.ts'
