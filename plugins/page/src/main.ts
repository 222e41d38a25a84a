// Wires the page: language, one item, a file by drop or choice.
import { classify, describe, type Described, type Item, type Result } from './engine';
import { FileView, makeJob, run, type Job } from './file';
import { resultView } from './item';
import { decode, hasItems, parse } from './table';
import { language, speak, words, type Language } from './words';

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const results = find('results');
let described: Described | null = null;
let show: (() => void) | null = null; // shows what is there once more, in another language
let running: AbortController | null = null;

const say = (text: string) => void (find('status').textContent = text);

async function lists(): Promise<Described> {
  described ??= await describe();
  find('footer').textContent = words().taxonomy(described.taxonomy.version, described.taxonomy.as_of);
  return described;
}

async function classifyItem(item: Item): Promise<void> {
  running?.abort();
  const known = await lists();
  const outcome = await classify(item);
  if (outcome.error !== undefined) {
    results.replaceChildren();
    show = null;
    return say(words().failed + outcome.error);
  }
  const result: Result = outcome;
  show = () => results.replaceChildren(resultView(item, result, known));
  show();
  say(words().judged);
  results.focus();
}

function fileStatus(job: Job, done: number, signal: AbortSignal): string {
  if (!job.ended) return words().working(done, job.items.length);
  if (job.fault) return words().failed + job.fault;
  return signal.aborted ? words().cancelled(done) : words().finished(done);
}

async function classifyFile(file: File): Promise<void> {
  running?.abort();
  const { text, encoding } = decode(await file.arrayBuffer());
  const table = parse(text, encoding);
  if (!hasItems(table)) return say(words().noColumns(table.names.slice(0, 20).join(', ')));
  const known = await lists();
  const job = makeJob(table, file.name);
  const control = new AbortController();
  running = control;
  let view = new FileView(job, known, () => control.abort());
  const status = () => say(fileStatus(job, job.lines.filter(Boolean).length, control.signal));
  show = () => {
    view = new FileView(job, known, () => control.abort());
    results.replaceChildren(view.element);
    status();
  };
  show();
  results.focus();
  await run(job, control.signal, async () => {
    if (running !== control) return;
    view.update();
    status();
    await new Promise((next) => setTimeout(next)); // lets the page draw
  });
}

// A server that cannot be reached is said, like everything else, where it is seen and read aloud.
const attempt = (work: Promise<void>) => void work.catch(() => say(words().unreachable));

find('item').addEventListener('submit', (event) => {
  event.preventDefault();
  const value = (id: string) => find<HTMLInputElement>(id).value.trim();
  const item: Item = { description: find<HTMLTextAreaElement>('description').value, part_number: value('part') };
  if (value('destination')) item.destination = value('destination').toUpperCase();
  if (!item.description?.trim() && !item.part_number) return say(words().emptyItem);
  attempt(classifyItem(item));
});

find('description').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) find<HTMLFormElement>('item').requestSubmit();
});

find<HTMLInputElement>('file').addEventListener('change', (event) => {
  const chosen = (event.target as HTMLInputElement).files?.[0];
  if (chosen) attempt(classifyFile(chosen));
});

for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    find('drop').classList.toggle('over', kind === 'dragover');
    const dropped = kind === 'drop' ? (event as DragEvent).dataTransfer?.files[0] : undefined;
    if (dropped) attempt(classifyFile(dropped));
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>('.languages button')) {
  button.addEventListener('click', () => {
    speak(button.value as Language);
    say('');
    show?.();
    attempt(lists().then(() => {}));
  });
}

speak(language());
attempt(lists().then(() => {}));
