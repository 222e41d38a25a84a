// One item's result: its text with the matching words, a card a list, the treaties.
import { h, list } from './dom';
import { spansOf, type Candidate, type Described, type Item, type ListResult, type Note, type Result, type TreatyResult } from './engine';
import { either, verdictWord, words } from './words';

export const badge = (verdict: string, kind = '') =>
  h('span', { class: `badge ${kind}${verdict}` }, verdictWord(kind + verdict));

/** The text with what matched in <mark>. */
export function marked(result: Result, field: keyof Item, text: string): HTMLElement {
  const out = h('span', { class: 'text' });
  let at = 0;
  for (const [begin, end] of spansOf(result, field, text)) {
    out.append(text.slice(at, begin), h('mark', {}, text.slice(begin, end)));
    at = end;
  }
  out.append(text.slice(at));
  return out;
}

const notes = (of: Note[]) => list(of.map((n) => either(n.en, n.ja)));

function candidateView(c: Candidate): HTMLElement {
  const aside = (label: string, text?: string) => text && h('p', {}, `${label}: ${text}`);
  const texts = [...new Set(c.evidence.map((e) => e.text))];
  return h('li', { class: 'candidate' },
    h('p', { class: 'entry' }, h('strong', {}, c.entry), badge(c.verdict), ...c.flags.map((f) => h('span', { class: 'flag' }, f))),
    h('p', {}, either(c.title, c.title_ja)),
    h('p', { class: 'quiet' }, `${words().cite}: `, h('cite', {}, c.cite)),
    aside(words().clause, c.clause), aside(words().note, c.note),
    texts.length > 0 && h('p', { class: 'quiet' }, `${words().matching}: `, ...texts.flatMap((t) => [h('mark', {}, t), ' '])),
    c.missing.length > 0 && h('div', { class: 'missing' }, h('p', {}, words().missing), notes(c.missing)));
}

function listView(of: ListResult, described: Described): HTMLElement {
  const titled = described.lists.find((l) => l.list === of.list);
  return h('article', { class: 'list', 'data-list': of.list },
    h('h3', {}, titled ? either(titled.title_en, titled.title_ja) : of.list, ' ', badge(of.verdict)),
    of.candidates.length > 0 && h('ul', { class: 'candidates', 'aria-label': words().candidates }, ...of.candidates.map(candidateView)));
}

function treatyRow(of: TreatyResult, described: Described): HTMLElement {
  const treaty = described.treaties.find((t) => t.treaty === of.treaty);
  const row = treaty?.rows.find((r) => r.row === of.row);
  const condition = (id: string) => {
    const known = treaty?.conditions.find((c) => c.id === id);
    if (known) return `${either(known.en, known.ja)} (${known.cite})`;
    const asked = treaty?.rows.find((r) => r.row === id);
    return either(asked?.question_en || asked?.title_en, asked?.question_ja || asked?.title_ja) || id;
  };
  const open = (title: string, body: HTMLElement, count: number) =>
    count > 0 && h('details', {}, h('summary', {}, `${title} (${count})`), body);
  return h('tr', {},
    h('th', { scope: 'row' }, treaty ? either(treaty.title_en, treaty.title_ja) : of.treaty, h('br'), h('small', {}, of.treaty)),
    h('td', {}, badge(of.verdict, 'treaty_'), of.entry && h('small', {}, ` ${of.entry}`)),
    h('td', {}, row && either(row.title_en, row.title_ja), h('br'), h('cite', {}, of.cite ?? '')),
    h('td', {},
      open(words().missing, notes(of.missing ?? []), of.missing?.length ?? 0),
      open(words().conditions, list((of.conditions ?? []).map(condition)), of.conditions?.length ?? 0)));
}

function treatyTable(treaties: TreatyResult[], described: Described): HTMLElement {
  const heads = [words().treaty, words().verdict, words().row, words().conditions];
  return h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': words().treaties },
    h('table', {}, h('caption', {}, words().treaties),
      h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, ...treaties.map((t) => treatyRow(t, described)))));
}

const isOf = ({ taxonomy: a }: Result, { taxonomy: b }: Described) => a.version === b.version && a.as_of === b.as_of;

export function resultView(item: Item, result: Result, described: Described): HTMLElement {
  const fields = (['description', 'part_number', 'nsn', 'manufacturer'] as const).filter((f) => item[f]);
  const { treaties = [], notices = [] } = result;
  return h('div', { class: 'result' },
    h('div', { class: 'item' }, ...fields.map((f) => h('p', {}, marked(result, f, item[f] ?? '')))),
    notices.length > 0 && h('div', { class: 'notices' }, h('h3', {}, words().notices), notes(notices)),
    h('div', { class: 'lists' }, ...result.lists.map((l) => listView(l, described))),
    treaties.length > 0 && treatyTable(treaties, described),
    // The footer says which lists are loaded; a result may be of another day, or of lists that were exchanged meanwhile.
    !isOf(result, described) && h('p', { class: 'quiet' }, words().taxonomy(result.taxonomy.version, result.taxonomy.as_of)));
}
