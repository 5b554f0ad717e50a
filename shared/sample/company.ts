import { diceOf } from './dice.ts'

/** A made-up parcel company. Every name, address and number in it is invented. */
export interface Company {
  readonly name: string
  readonly owner: string
  readonly teams: readonly Team[]
  readonly people: readonly Person[]
  readonly services: readonly Service[]
  readonly repositories: readonly string[]
}

export interface Team {
  readonly name: string
  /** Repository its services live in; two teams share one. */
  readonly repository: string
  /** Anthropic workspace its agents are billed to. */
  readonly workspace: string
}

export interface Person {
  readonly name: string
  readonly login: string
  readonly email: string
  readonly team: number
}

export interface Service {
  readonly name: string
  readonly team: number
}

const TEAMS: readonly (readonly [team: string, repository: string, workspace: string])[] = [
  ['Checkout', 'storefront', 'checkout'],
  ['Catalogue', 'storefront', 'catalogue'],
  ['Routing', 'dispatch', 'routing'],
  ['Fleet', 'dispatch', 'fleet'],
  ['Tracking', 'parcel-core', 'tracking'],
  ['Parcel ledger', 'parcel-core', 'parcel-ledger'],
  ['Billing', 'money', 'billing'],
  ['Claims', 'money', 'claims'],
  ['Partner gateway', 'partners', 'partner-gateway'],
  ['Customs', 'partners', 'customs'],
  ['Developer platform', 'platform', 'developer-platform'],
  ['Reliability', 'platform', 'reliability'],
]
const GIVEN =
  'Ada Bo Cleo Dov Edda Finn Gita Hal Ines Jarl Kaya Liv Mats Noor Odd Pia Quin Runa Sten Tove Uma Vera Wim Yara Zeno Asta'.split(
    ' ',
  )
const FAMILY =
  'Alder Birk Cove Dahl Elm Fjord Grove Holt Iver Juniper Kell Lund Moss Nord Oak Pine Quay Rowan Skov Tarn Ulv Vale Wick Yew'.split(
    ' ',
  )
const NOUNS =
  'api worker ledger quotes sync search pricing export import events notifier scheduler rules archive gateway planner reports limits tokens webhooks replay'.split(
    ' ',
  )

export function inventCompany(seed: number): Company {
  const dice = diceOf(seed, 'company')
  const people: Person[] = []
  const taken = new Set<string>()
  TEAMS.forEach((_, team) => {
    for (let i = 0; i < 8 + (team % 3); i++) {
      let [given, family] = ['', '']
      do [given, family] = [dice.pick(GIVEN), dice.pick(FAMILY)]
      while (taken.has(`${given}${family}`))
      taken.add(`${given}${family}`)
      const login = `${given}-${family}`.toLowerCase()
      people.push({ name: `${given} ${family}`, login, email: `${login.replace('-', '.')}@tidewater.example`, team })
    }
  })
  const services: Service[] = []
  for (let i = 0; services.length < 250; i++) {
    const team = i % TEAMS.length
    const slug = TEAMS[team]![0].toLowerCase().replace(' ', '-')
    services.push({ name: `${slug}-${NOUNS[Math.floor(i / TEAMS.length)]}`, team })
  }
  return {
    name: 'Tidewater Parcel (made up)',
    owner: 'tidewater-parcel',
    teams: TEAMS.map(([name, repository, workspace]) => ({ name, repository, workspace })),
    people,
    services,
    repositories: [...new Set(TEAMS.map(([, repository]) => repository))],
  }
}
