// Types of @sekisho/node. Results are those of `sekisho classify --output jsonl` (schema 1); only the spans differ: they
// count UTF-16 units, as JavaScript's strings do.

export type Verdict = 'match' | 'possible' | 'catch_all' | 'unknown' | 'excluded' | 'no_match';
export type TreatyVerdict = 'excluded' | 'undetermined' | 'not_excluded' | 'not_applicable';

export interface Item {
  id?: string | null;
  description?: string | null;
  partNumber?: string | null;
  nsn?: string | null;
  manufacturer?: string | null;
  kind?: 'goods' | 'technology' | 'software' | 'service';
  /** Measures of the taxonomy with their units: `{range: '310 km'}`. */
  attributes?: Record<string, string>;
}

export interface Context {
  /** The day by whose law the item is judged, `2026-11-21`; otherwise the taxonomy's. */
  asOf?: string;
  origin?: string;
  destination?: string;
  /** Profiles to judge by; `'none'`; otherwise all that are in force. */
  treaties?: string | string[];
  /** A chain of transfers, `['JP', 'US', 'QA']`. */
  via?: string | string[];
  classified?: boolean;
  sale?: 'fms' | 'dcs';
}

export interface Note {
  id: string;
  en: string;
  ja: string;
}

export interface Evidence {
  field: 'description' | 'part_number' | 'nsn' | 'manufacturer' | 'attributes';
  /** `[begin, end)` of the item's text in UTF-16 units (of an attribute's value: in bytes). */
  begin: number;
  end: number;
  text: string;
  role: 'is' | 'for' | 'has';
  concept?: string;
  measure?: string;
  system?: string;
}

export interface Candidate {
  entry: string;
  verdict: Verdict;
  score: number;
  title: string;
  title_ja?: string;
  cite: string;
  clause?: string;
  note?: string;
  flags: ('SME' | 'MT')[];
  missing: Note[];
  evidence: Evidence[];
}

export interface ListResult {
  list: string;
  verdict: Verdict;
  candidates: Candidate[];
}

export interface TreatyResult {
  treaty: string;
  verdict: TreatyVerdict;
  hypothetical: boolean;
  entry?: string;
  row?: string;
  cite?: string;
  rows?: { row: string; verdict: TreatyVerdict; entries: string[] }[];
  conditions?: string[];
  missing?: Note[];
}

export interface Result {
  schema: 1;
  id: string | null;
  taxonomy: { version: string; digest: string; as_of: string };
  lists: ListResult[];
  treaties?: TreatyResult[];
  notices?: Note[];
}

export interface Options {
  /** A compiled taxonomy; otherwise the one that is part of the library. */
  pack?: string;
  /** `['us-usml', 'jp-etco']`; otherwise all of the taxonomy. */
  lists?: string | string[];
  /** Longer items are `unknown`. Otherwise 65,536. */
  maxInputBytes?: number;
}

/** What the engine refuses. Wrong types and unknown keys are a TypeError. */
export class SekishoError extends Error {
  /** The name of the status in sekisho.h, such as `SEKISHO_E_BAD_DATE`. */
  readonly code: string;
  readonly status: number;
}

/** May be used by any number of calls at once; a bare string is an item's description. */
export class Classifier {
  constructor(options?: Options);
  /** The taxonomy that judges now. */
  readonly taxonomy: {
    version: string;
    digest: string;
    asOf: string;
    lists: { list: string; title: string; titleJa: string }[];
  };
  /** In the thread pool. */
  classify(item: Item | string, context?: Context): Promise<Result>;
  /** On the calling thread. */
  classifySync(item: Item | string, context?: Context): Result;
  /** The result as the library writes it: spans count bytes of UTF-8. */
  classifyJson(item: Item | string, context?: Context): Promise<string>;
  /** Many items, in order, on all threads of the pool. What is wrong with one item stands in its place. */
  classifyAll(items: Iterable<Item | string>, context?: Context): Promise<(Result | SekishoError)[]>;
  /** Hot reload. When it fails, the taxonomy stays; every result says by which one it was judged. */
  load(pack: string): Promise<void>;
}

export const versions: { readonly sekisho: string; readonly abi: number; readonly unicode: string };
