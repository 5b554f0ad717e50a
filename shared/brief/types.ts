/** One page for the decision. Every sentence names where its numbers come from. */
export interface Brief {
  readonly title: string
  readonly subtitle: string
  readonly sections: readonly BriefSection[]
  readonly disclaimer: string
}

export interface BriefSection {
  readonly heading: string
  readonly sentences: readonly BriefSentence[]
  readonly table?: {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly string[])[]
    readonly caption: string
  }
}

export interface BriefSentence {
  readonly text: string
  /** Lineage: model rows, imports or settings behind the numbers, as people can look them up. */
  readonly sources: readonly string[]
}
