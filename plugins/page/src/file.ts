// A file of items: progress, a row for each with a column for every list and treaty, details on demand, downloads.
import { download, h } from './dom';
import { classifyAll, type Described, type Item, type Outcome, type Result } from './engine';
import { badge, marked, resultView } from './item';
import { csv, itemOf, type Table } from './table';
import { either, words } from './words';

const SHOWN = 2000; // rows in the page; the downloads have all

export interface Job { table: Table; name: string; lines: string[]; items: (Item | null)[]; ended: boolean; fault: string }

export function makeJob(table: Table, name: string): Job {
  return { table, name, lines: [], items: table.rows.map((row) => itemOf(table, row)), ended: false, fault: '' };
}

/** Calls `progress` with the number of lines done, now and then, and at the end. */
export async function run(job: Job, signal: AbortSignal, progress: () => Promise<void>): Promise<void> {
  const asked = job.items.flatMap((item, at) => (item === null ? [] : [at]));
  const items = asked.map((at) => job.items[at] as Item);
  job.items.forEach((item, at) => {
    if (item === null) job.lines[at] = JSON.stringify({ error: words().badRow(at + 2) });
  });
  let done = 0;
  try {
    for await (const line of classifyAll(items, signal)) {
      job.lines[asked[done++]] = line;
      if (done % 50 === 0) await progress();
    }
  } catch (e) {
    job.fault = signal.aborted ? '' : String(e);
  }
  job.ended = true;
  await progress();
}

const outcome = (job: Job, at: number): Outcome | null => (job.lines[at] ? JSON.parse(job.lines[at]) : null);

/** The file's own columns, then verdicts, entries and treaties. */
export function resultCsv(job: Job, described: Described): string {
  const treaties = described.treaties.filter((t) => !t.hypothetical);
  const heads = [...described.lists.flatMap((l) => [l.list, `${l.list} entries`]), ...treaties.map((t) => t.treaty), 'sekisho_error'];
  const body = job.table.rows.map((row, at) => {
    const of = outcome(job, at);
    const result = of && of.error === undefined ? of : null;
    const lists = described.lists.flatMap((l) => {
      const found = result?.lists.find((r) => r.list === l.list);
      return [found?.verdict ?? '', found?.candidates.map((c) => `${c.entry} ${c.verdict}`).join('; ') ?? ''];
    });
    const verdicts = treaties.map((t) => result?.treaties?.find((r) => r.treaty === t.treaty)?.verdict ?? '');
    return [...row, ...lists, ...verdicts, of?.error ?? (of === null ? 'not classified' : '')];
  });
  return csv([[...job.table.names, ...heads], ...body]);
}

function rowView(job: Job, at: number, described: Described, columns: number): HTMLElement[] {
  const of = outcome(job, at) as Outcome;
  const item = job.items[at] ?? {};
  const name = item.id ?? String(at + 1);
  if (of.error !== undefined) {
    const cells = [h('th', { scope: 'row' }, name), h('td', { colspan: String(columns - 1) }, `${words().error}: ${of.error}`)];
    return [h('tr', { class: 'fault' }, ...cells)];
  }
  const result: Result = of;
  const more = h('tr', { hidden: '' }, h('td', { colspan: String(columns) }));
  const button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-label': `${words().details}: ${name}` }, name);
  button.addEventListener('click', () => {
    if (more.hidden) more.firstElementChild?.replaceChildren(resultView(item, result, described));
    more.hidden = !more.hidden;
    button.setAttribute('aria-expanded', String(!more.hidden));
  });
  const lists = described.lists.map((l) => result.lists.find((r) => r.list === l.list)?.verdict ?? '');
  const treaties = described.treaties.filter((t) => !t.hypothetical).map((t) => result.treaties?.find((r) => r.treaty === t.treaty)?.verdict);
  const field = item.description ? 'description' : 'part_number';
  const row = h('tr', {}, h('th', { scope: 'row' }, button), h('td', { class: 'what' }, marked(result, field, item[field] ?? '')),
    ...lists.map((v) => h('td', {}, v && badge(v))), ...treaties.map((v) => h('td', {}, v ? badge(v, 'treaty_') : '–')));
  return [row, more];
}

export class FileView {
  readonly element = h('div', { class: 'filed' });
  private readonly body = h('tbody');
  private readonly bar = h('progress', { max: '1', value: '0' });
  private readonly buttons = h('p', { class: 'buttons' });
  private readonly columns: number;
  private shown = 0;

  constructor(private readonly job: Job, private readonly described: Described, cancel: () => void) {
    const treaties = described.treaties.filter((t) => !t.hypothetical);
    const heads = [words().id, words().description, ...described.lists.map((l) => either(l.title_en, l.title_ja)), ...treaties.map((t) => t.treaty)];
    this.columns = heads.length;
    this.bar.setAttribute('aria-label', job.name);
    const stop = h('button', { type: 'button' }, words().cancel);
    stop.addEventListener('click', cancel);
    this.buttons.append(stop);
    const about = `${job.name} (${words().decoded(job.table.encoding)})`;
    this.element.append(h('h2', {}, about), this.bar, this.buttons,
      h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': words().results },
        h('table', { class: 'rows' }, h('thead', {}, h('tr', {}, ...heads.map((t) => h('th', { scope: 'col' }, t)))), this.body)));
    this.update();
  }

  /** Shows what is new. */
  update(): void {
    const { job } = this;
    this.bar.setAttribute('value', String(job.lines.filter(Boolean).length / Math.max(1, job.items.length)));
    while (this.shown < Math.min(SHOWN, job.items.length) && job.lines[this.shown]) {
      this.body.append(...rowView(job, this.shown++, this.described, this.columns));
    }
    if (job.ended) this.end();
  }

  private end(): void {
    const { job } = this;
    const base = job.name.replace(/\.\w+$/, '');
    const button = (text: string, name: string, type: string, content: () => string) => {
      const b = h('button', { type: 'button', class: 'go' }, text);
      b.addEventListener('click', () => download(name, type, content()));
      return b;
    };
    this.bar.hidden = true;
    this.buttons.replaceChildren(
      button(words().downloadCsv, `${base}-sekisho.csv`, 'text/csv;charset=utf-8', () => resultCsv(job, this.described)),
      button(words().downloadJson, `${base}-sekisho.jsonl`, 'application/x-ndjson', () => job.lines.filter(Boolean).join('\n') + '\n'));
    if (job.items.length > SHOWN) this.element.append(h('p', {}, words().more(SHOWN, job.items.length)));
  }
}
