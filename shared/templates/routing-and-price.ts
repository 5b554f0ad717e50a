import { driver, effect, ENTERED, GUESS, HURDLE, inOrder, moneyTail, outcome, published, REVIEW_RATE, step } from './rows.ts'
import type { Template } from './types.ts'

const SPEND = driver('Token spend a month', '$', '$20k to $40k', GUESS, 'All AI tools together, as it is now.')
const FEATURE_DRIVERS = [
  driver('Features a month', '1', '80 to 200', GUESS, 'Merged changes marked as a feature.'),
]

/** What a smaller bill means for the cost of a feature; the number of features stays. */
function costPerFeature(saved: string) {
  return effect(
    'token-cost-per-shipped-feature',
    'Token cost per shipped feature with it',
    '$',
    `max(0, 'Token cost per shipped feature now' - (${saved}) / 'Features a month')`,
    'The same features on a smaller bill.',
  )
}

/**
 * T2. Each dollar of the large model's work costs `Small model price` on the small one; escalated tasks are paid twice.
 * $25 of work, 70 % routed at a fifth of the price, no escalation: $11; it stops paying when 80 % escalate.
 */
export const switchModel: Template = {
  id: 'switch-model',
  name: 'Route work to a cheaper model',
  question: 'What if most tasks go to a smaller model?',
  caution: 'Savings shrink with every task that has to be done again by the large model.',
  horizonMonths: 12,
  leverName: 'Share routed',
  rows: inOrder([
    SPEND,
    driver('Share routed', '%', '70%', ENTERED, 'Part of the spend whose tasks go to the small model first.'),
    driver('Small model price', '%', '20%', published('$5 against $25 per million output tokens, list prices 2026'), 'Of the large model.'),
    driver('Tokenizer factor', '1', '1.0 to 1.46', published('1.32-1.47 tokens for the same text after a tokenizer change (OpenRouter analysis)')),
    driver('Escalation rate', '%', '5% to 35%', published('routing studies; iterations rise with smaller models (getunblocked.com)'), 'Tasks the small model fails and the large one repeats.'),
    driver('Tasks a month', '1', '300 to 600', GUESS),
    driver('Minutes lost per escalation', '', '5 to 30', GUESS, 'Someone notices, reads, starts again.'),
    REVIEW_RATE,
    driver('Set-up hours', 'h', '40 to 160', GUESS),
    HURDLE,
    ...FEATURE_DRIVERS,
    step('Month number', '1', 'cumulate(1)'),
    step('Escalations a month', '1', "'Tasks a month' * 'Share routed' * 'Escalation rate'"),
    step(
      'New spend a month',
      '$',
      "'Token spend a month' * (1 - 'Share routed' + 'Share routed' * 'Small model price' * 'Tokenizer factor' + 'Share routed' * 'Escalation rate')",
    ),
    step('Set-up cost', '$', "'Set-up hours' * 'Review rate'"),
    step('Rework in month', '$', "'Escalations a month' * 'Minutes lost per escalation' / 60 * 'Review rate'"),
    step('Cost in month', '$', "if('Month number' = 1, 'Set-up cost', 0) + 'New spend a month' + 'Rework in month'"),
    step('Value in month', '$', "'Token spend a month'", 'What the same work would have cost without the change.'),
    outcome('tokens', 'Token cost', '$', "sum('New spend a month' * sign('Month number'))"),
    outcome('rework', 'Rework cost', '$', "sum('Rework in month' * sign('Month number'))"),
    outcome('people', 'Set-up', '$', "'Set-up cost'"),
    outcome('allIn', 'All-in cost', '$', "'Token cost' + 'Rework cost' + 'Set-up'"),
    outcome('breakEven', 'Escalation rate that eats the saving', '%', "1 - 'Small model price' * 'Tokenizer factor'", 'If lost minutes were free.'),
    ...moneyTail(),
    costPerFeature("'Token spend a month' - 'New spend a month'"),
  ]),
}

/** T3. 80 / 5 / 15 read, write and fresh input cost 0.2925 of the uncached price: 300 becomes 87.75, 70.75 % saved. */
export const cacheAndBatch: Template = {
  id: 'cache-and-batch',
  name: 'Cache prompts and batch what can wait',
  question: 'What if we cache prompts and batch the work that can wait?',
  caution: 'A cache write pays from its second use (5 minutes) or third (1 hour).',
  horizonMonths: 12,
  leverName: 'Read share',
  rows: inOrder([
    driver('Input spend a month', '$', '$12k to $26k', GUESS, 'Input tokens at the uncached price.'),
    driver('Output spend a month', '$', '$5k to $12k', GUESS),
    driver('Read share now', '%', '50%', ENTERED, 'Input tokens already read from a cache.'),
    driver('Read share', '%', '70% to 96.5%', published('82.9 % of cost is reads, 96.5 % of input cached in measured agent runs'), 'After the change.'),
    driver('Write share', '%', '5%', ENTERED, 'Input tokens written to the cache.'),
    driver('Write price', '1', '1.25', published('vendor price lists: 1.25 for 5 minutes, 2 for an hour'), 'Of the uncached input price.'),
    driver('Read price', '1', '0.1', published('vendor price lists'), 'Of the uncached input price.'),
    driver('Batchable', '%', '5% to 40%', GUESS, 'Spend that can wait a day.'),
    driver('Batch price', '1', '0.5', published('vendor price lists: batch at half price')),
    driver('Set-up hours', 'h', '40 to 200', GUESS),
    REVIEW_RATE,
    HURDLE,
    ...FEATURE_DRIVERS,
    step('Month number', '1', 'cumulate(1)'),
    step('Factor now', '1', "'Read share now' * 'Read price' + 'Write share' * 'Write price' + max(0, 1 - 'Read share now' - 'Write share')"),
    step('Factor then', '1', "'Read share' * 'Read price' + 'Write share' * 'Write price' + max(0, 1 - 'Read share' - 'Write share')"),
    step('Spend now a month', '$', "'Input spend a month' * 'Factor now' + 'Output spend a month'"),
    step(
      'Spend then a month',
      '$',
      "('Input spend a month' * 'Factor then' + 'Output spend a month') * (1 - Batchable * (1 - 'Batch price'))",
    ),
    step('Set-up cost', '$', "'Set-up hours' * 'Review rate'"),
    step('Cost in month', '$', "if('Month number' = 1, 'Set-up cost', 0) + 'Spend then a month'"),
    step('Value in month', '$', "'Spend now a month'", 'What the same work costs today.'),
    outcome('tokens', 'Token cost', '$', "sum('Spend then a month' * sign('Month number'))"),
    outcome('people', 'Set-up', '$', "'Set-up cost'"),
    outcome('allIn', 'All-in cost', '$', "'Token cost' + 'Set-up'"),
    outcome('breakEven', 'Uses from which a 5-minute write pays', '1', "('Write price' - 'Read price') / (1 - 'Read price')"),
    ...moneyTail(),
    costPerFeature("'Spend now a month' - 'Spend then a month'"),
  ]),
}

/** T5. Output grows with tokens to the power `Elasticity`: ten times the tokens, twice the output is 0.301. */
export const budgetPerDeveloper: Template = {
  id: 'budget-per-developer',
  name: 'Change the token budget per developer',
  question: 'What if every developer gets a larger token budget?',
  caution: 'Beyond ten times the present budget nobody has measured what happens.',
  horizonMonths: 12,
  leverName: 'Budget then',
  rows: inOrder([
    driver('Developers', '1', '100', ENTERED),
    driver('Budget now', '$', '$13', published('enterprise mean per active day (vendor figures, 2026)'), 'A developer and active day.'),
    driver('Budget then', '$', '$40', ENTERED, 'A developer and active day.'),
    driver('Active days a month', '1', '19', ENTERED),
    driver('Elasticity', '1', '0.15 to 0.5', published('10 x tokens, 2 x output among top users (Jellyfish 2026): 0.301')),
    driver('Value of present output', '$', '$8k to $16k', GUESS, 'A developer and month, as output is now.'),
    driver('Extra output put to use', '%', '10% to 40%', GUESS, 'More changes are worth something only when they ship and stay.'),
    driver('Review hours per extra change', 'h', '0.3 to 1.5', GUESS),
    driver('Changes per developer a month', '1', '4 to 8', GUESS),
    driver('Rework share', '%', '5% to 25%', published('7-day rewrite 1.4-27 % in ten open repositories')),
    REVIEW_RATE,
    HURDLE,
    driver('Wait per extra review', '1', '0.3 to 1.2', GUESS, 'Percent more waiting for each percent more to review.'),
    step('Month number', '1', 'cumulate(1)'),
    step('Output multiple', '1', "('Budget then' / 'Budget now')^Elasticity"),
    step('Tokens in month', '$', "Developers * ('Budget then' - 'Budget now') * 'Active days a month'"),
    step('Extra changes a month', '1', "Developers * 'Changes per developer a month' * ('Output multiple' - 1)"),
    step('Review in month', '$', "max(0, 'Extra changes a month') * 'Review hours per extra change' * 'Review rate'"),
    step('Rework in month', '$', "max(0, 'Tokens in month' + 'Review in month') * 'Rework share'"),
    step('Cost in month', '$', "('Tokens in month' + 'Review in month' + 'Rework in month') * sign('Month number')"),
    step('Value in month', '$', "Developers * 'Value of present output' * ('Output multiple' - 1) * 'Extra output put to use'"),
    outcome('tokens', 'Token cost', '$', "sum('Tokens in month' * sign('Month number'))"),
    outcome('review', 'Review cost', '$', "sum('Review in month' * sign('Month number'))"),
    outcome('rework', 'Rework cost', '$', "sum('Rework in month' * sign('Month number'))"),
    outcome('allIn', 'All-in cost', '$', "'Token cost' + 'Review cost' + 'Rework cost'"),
    outcome('breakEven', 'Break-even value of present output', '$', "'All-in cost' / (Developers * ('Output multiple' - 1) * 'Extra output put to use') / last('Month number')"),
    ...moneyTail(),
    effect(
      'cycle-time',
      'Cycle time with it',
      'h',
      "'Cycle time now' * (1 + max(0, 'Output multiple' - 1) * 'Wait per extra review')",
      'More changes wait for the same reviewers.',
    ),
    effect(
      'wait-state-ratio',
      'Wait-state ratio with it',
      '%',
      "1 - (1 - 'Wait state ratio now') / (1 + 'Wait state ratio now' * max(0, 'Output multiple' - 1) * 'Wait per extra review')",
      'Waiting grows, working time stays.',
    ),
    effect(
      'token-cost-per-shipped-feature',
      'Token cost per shipped feature with it',
      '$',
      "'Token cost per shipped feature now' * 'Budget then' / 'Budget now' / 'Output multiple'",
      'Spend grows faster than output.',
    ),
  ]),
}

/** T9. Spend after a cut is (1 - cut) to the power (1 - rebound): half the price at 0.6 costs 0.758 of today. */
export const priceCut: Template = {
  id: 'price-cut',
  name: 'A price cut arrives',
  question: 'What if tokens get cheaper?',
  caution: 'Use rises when prices fall; at a rebound of 1 nothing is saved.',
  horizonMonths: 12,
  leverName: 'Price cut',
  rows: inOrder([
    SPEND,
    driver('Price cut', '%', '20% to 67%', published('top tier $15/$75 to $5/$25: -67 %; the same capability falls 9-900 x a year (Epoch AI)')),
    driver('Rebound', '1', '0 to 1.3 at 80%', GUESS, 'Percent more use for each percent less price.'),
    driver('Months until it arrives', '1', '3', ENTERED),
    driver('Value per extra dollar of use', '1', '0.8 to 2', GUESS, 'What the additional use is worth, per dollar at the old price.'),
    HURDLE,
    ...FEATURE_DRIVERS,
    step('Month number', '1', 'cumulate(1)'),
    step('Use', '1', "if('Month number' > 'Months until it arrives', (1 - 'Price cut')^(0 - Rebound), 1)"),
    step('Spend then a month', '$', "'Token spend a month' * Use * if('Month number' > 'Months until it arrives', 1 - 'Price cut', 1)"),
    step('Cost in month', '$', "'Spend then a month'"),
    step(
      'Value in month',
      '$',
      "'Token spend a month' + 'Token spend a month' * (Use - 1) * 'Value per extra dollar of use'",
      'Today’s bill, and what the additional use is worth.',
    ),
    outcome('tokens', 'Token cost', '$', "sum('Spend then a month')"),
    outcome('allIn', 'All-in cost', '$', "'Token cost'"),
    outcome('breakEven', 'Spend after the cut, of today', '%', "(1 - 'Price cut')^(1 - Rebound)"),
    ...moneyTail(),
    costPerFeature("'Token spend a month' * (1 - (1 - 'Price cut')^(1 - Rebound))"),
  ]),
}
