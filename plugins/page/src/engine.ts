// The endpoint: types of what it says, one item, many items, spans in JavaScript's units.
export interface Item {
  id?: string;
  description?: string;
  part_number?: string;
  nsn?: string;
  manufacturer?: string;
  destination?: string;
}
export interface Note { id: string; en: string; ja: string }
export interface Evidence { field: keyof Item; begin: number; end: number; text: string }
export interface Candidate {
  entry: string; verdict: string; title: string; title_ja?: string; cite: string; clause?: string; note?: string;
  flags: string[]; missing: Note[]; evidence: Evidence[];
}
export interface ListResult { list: string; verdict: string; candidates: Candidate[] }
export interface TreatyResult {
  treaty: string; verdict: string; entry?: string; row?: string; cite?: string; conditions?: string[]; missing?: Note[];
}
export interface Result {
  taxonomy: { version: string; as_of: string };
  lists: ListResult[];
  treaties?: TreatyResult[];
  notices?: Note[];
  error?: undefined;
}
export interface Fault { error: string }
export type Outcome = Result | Fault;

interface Titled { title_en: string; title_ja: string }
export interface Described {
  taxonomy: { version: string; as_of: string };
  lists: (Titled & { list: string })[];
  treaties: (Titled & {
    treaty: string; cite: string; hypothetical: boolean;
    rows: (Titled & { row: string; question_en: string; question_ja: string })[];
    conditions: { id: string; en: string; ja: string; cite: string }[];
  })[];
}

const CHUNK = 200; // lines of a request: well below any limit on bodies, and soon cancelled

export async function describe(): Promise<Described> {
  return (await fetch('/describe')).json();
}

export async function classify(item: Item): Promise<Outcome> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch('/classify', { method: 'POST', headers, body: JSON.stringify(item) });
  if (response.ok || response.status === 400) return response.json();
  return { error: `HTTP ${response.status} ${response.statusText}` };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (done) return;
  }
}

/** The line of JSON for every item, in order, as soon as the server has it. */
export async function* classifyAll(items: Item[], signal: AbortSignal): AsyncGenerator<string> {
  for (let at = 0; at < items.length; at += CHUNK) {
    const part = items.slice(at, at + CHUNK);
    const body = part.map((item) => JSON.stringify(item)).join('\n');
    const headers = { 'Content-Type': 'application/x-ndjson' };
    const response = await fetch('/classify', { method: 'POST', headers, body, signal });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status} ${response.statusText}`);
    let answered = 0;
    for await (const line of linesOf(response.body)) {
      ++answered;
      yield line;
    }
    if (answered !== part.length) throw new Error(`${answered}/${part.length}`);
  }
}

/** Spans of one field, which the server counts in bytes of UTF-8, in UTF-16 units, in order and without overlaps. */
export function spansOf(result: Result, field: keyof Item, text: string): [number, number][] {
  const bytes = new TextEncoder().encode(text);
  const unit = (byte: number) => new TextDecoder().decode(bytes.subarray(0, byte)).length;
  const found = result.lists.flatMap((l) => l.candidates).flatMap((c) => c.evidence).filter((e) => e.field === field);
  const spans: [number, number][] = [];
  for (const { begin, end } of found.sort((a, b) => a.begin - b.begin)) {
    const last = spans.at(-1);
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else spans.push([begin, end]);
  }
  return spans.map(([begin, end]) => [unit(begin), unit(end)]);
}
