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
  /*
   * Limits: from 1 to the greatest number of their bits, 0 or nothing for the default. Beyond one of an item no list is
   * better than `unknown`, and a notice says which it was.
   */
  /** All text of an item but its id, in UTF-8. 32 bits; otherwise 65,536. */
  maxInputBytes?: number | bigint;
  /** Phrases and designators of a text; candidates that were found stay. 32 bits; otherwise 4,096. */
  maxMatches?: number | bigint;
  /** Words and bytes of a text that are followed to match it; candidates stay. 64 bits; otherwise 16,777,216. */
  maxSteps?: number | bigint;
  /** Bytes of an item's words, matches and result. 64 bits; otherwise 67,108,864. */
  maxMemoryBytes?: number | bigint;
  /** Items of a `classifyAll`; more are refused. 32 bits; otherwise 1,048,576. */
  maxBatchItems?: number | bigint;
}

/** What the engine refuses. Wrong types and unknown keys are a TypeError, limits out of range a RangeError. */
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
