// The package as it is installed, against the command line of the same build.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { Worker } = require('node:worker_threads');

const { SEKISHO_NODE, SEKISHO_CLI, SEKISHO_PACK } = process.env;
const { Classifier, SekishoError, versions } = require(SEKISHO_NODE);
const ROOT = path.join(__dirname, '..', '..', '..');
const classifier = new Classifier();

// The golden items of all hosts; where a checkout has none, the bundled sample.
function goldenItems() {
  const golden = path.join(ROOT, 'tests', 'hosts', 'golden.tsv');
  const file = fs.existsSync(golden) ? golden : path.join(ROOT, 'taxonomy', 'sample', 'items.tsv');
  const [header, ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  const cell = (cells, name) => (names.includes(name) ? cells[names.indexOf(name)] : '');
  const items = lines.map((line) => {
    const cells = line.split('\t');
    return { id: cell(cells, 'id'), description: cell(cells, 'description'), partNumber: cell(cells, 'part_number') };
  });
  return { file, items };
}

function commandLine(items) {
  const input = items.map((i) => JSON.stringify({ id: i.id, description: i.description, part_number: i.partNumber }));
  const options = { input: input.join('\n'), maxBuffer: 1 << 28, encoding: 'utf8' };
  const out = execFileSync(SEKISHO_CLI, ['classify', '-', '--input', 'jsonl', '--output', 'jsonl'], options);
  return out.trimEnd().split('\n');
}

// Another way to the same spans than spans.js takes.
function inUnits(line, item) {
  const result = JSON.parse(line);
  const fields = { description: item.description, part_number: item.partNumber };
  for (const span of result.lists.flatMap((l) => l.candidates).flatMap((c) => c.evidence)) {
    const bytes = Buffer.from(fields[span.field]);
    span.begin = bytes.subarray(0, span.begin).toString().length;
    span.end = bytes.subarray(0, span.end).toString().length;
  }
  return result;
}

test('golden cases: the bytes of the command line, with spans in UTF-16 units', async (t) => {
  const { file, items } = goldenItems();
  t.diagnostic(`${items.length} items of ${path.relative(ROOT, file)}`);
  const expected = commandLine(items);
  assert.equal(expected.length, items.length);
  assert.ok(items.length >= 200);
  const lines = await Promise.all(items.map((item) => classifier.classifyJson(item)));
  assert.deepEqual(lines, expected);
  const results = await classifier.classifyAll(items);
  results.forEach((result, i) => assert.deepEqual(result, inUnits(expected[i], items[i])));
});

test('a span is what slice gives, before and after characters of every width', async () => {
  const description = '😀é関 Ｖ－２２用ギアボックス 😀 AN/PVS-14 \ud800 SIGHT';
  const result = await classifier.classify(description);
  const spans = result.lists.flatMap((l) => l.candidates).flatMap((c) => c.evidence);
  assert.ok(spans.length > 1);
  for (const { begin, end, text } of spans) assert.equal(description.slice(begin, end), text);
  assert.ok(spans.some((s) => s.text === 'AN/PVS-14') && spans.some((s) => s.text === 'Ｖ－２２'));
});

test('synchronous and asynchronous say the same', async () => {
  const item = { id: '7', description: 'GOGGLE,NIGHT VISION', partNumber: 'AN/PVS-14', attributes: {} };
  assert.deepEqual(classifier.classifySync(item), await classifier.classify(item));
  assert.equal(classifier.classifySync(item).id, '7');
});

test('the context counts', async () => {
  const treaties = (await classifier.classify('M4 carbine', { treaties: ['us-jp-dtct'] })).treaties;
  assert.deepEqual(treaties.map((t) => t.treaty), ['us-jp-dtct']);
  const early = await classifier.classify('M4 carbine', { asOf: '2024-05-30', destination: 'JP', sale: 'fms' });
  assert.equal(early.taxonomy.as_of, '2024-05-30');
});

test('what is wrong is said, with its place', async () => {
  const refused = (context, code) =>
    assert.rejects(classifier.classify('M4', context), (e) => e instanceof SekishoError && e.code === code);
  await refused({ asOf: '2026-13-01' }, 'SEKISHO_E_BAD_DATE');
  await refused({ treaties: 'us-xx' }, 'SEKISHO_E_UNKNOWN_TREATY');
  await assert.rejects(classifier.classify({ desription: 'M4' }), /no "desription".*description/);
  await assert.rejects(classifier.classify({}), /neither description nor partNumber/);
  await assert.rejects(classifier.classify({ description: 5 }), /item.description must be a string/);
  await assert.rejects(classifier.classify({ description: 'M4', kind: 'thing' }), /goods, technology/);
  assert.throws(() => new Classifier({ pack: '/nowhere' }), { code: 'SEKISHO_E_NOT_FOUND' });
  assert.throws(() => new Classifier({ lists: ['xx'] }), { code: 'SEKISHO_E_UNKNOWN_LIST' });
});

test('one bad item of a batch leaves the others alone', async () => {
  const bad = { description: 'M4', attributes: { nonsense: '1 km' } };
  const [first, second, third] = await classifier.classifyAll(['M4 carbine', bad, 'x'.repeat(70000)]);
  assert.equal(first.lists[0].verdict, 'match');
  assert.ok(second instanceof SekishoError && second.code === 'SEKISHO_E_BAD_ATTRIBUTE');
  assert.equal(third.lists[0].verdict, 'unknown');
});

test('only the lists asked for', () => {
  const japan = new Classifier({ lists: ['jp-etco', 'jp-feo'] });
  assert.deepEqual(japan.classifySync('tank').lists.map((l) => l.list).sort(), ['jp-etco', 'jp-feo']);
});

test('hot reload under load; a damaged pack leaves the old one', async () => {
  const own = new Classifier({ pack: SEKISHO_PACK });
  const damaged = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-')), 'damaged.pack');
  const bytes = fs.readFileSync(SEKISHO_PACK);
  bytes[bytes.length >> 1] ^= 1;
  fs.writeFileSync(damaged, bytes);
  const before = own.taxonomy;
  const work = Array.from({ length: 40 }, () => own.classifyAll(Array(50).fill('M4 carbine')));
  await assert.rejects(own.load(damaged), { code: 'SEKISHO_E_PACK_DAMAGED' });
  await own.load(SEKISHO_PACK);
  for (const result of (await Promise.all(work)).flat()) assert.equal(result.lists[0].verdict, 'match');
  assert.deepEqual(own.taxonomy, before);
  fs.rmSync(path.dirname(damaged), { recursive: true });
});

test('the event loop runs on while the pool classifies', async () => {
  let ticks = 0;
  const timer = setInterval(() => ++ticks, 1);
  await classifier.classifyJson('night vision goggle '.repeat(3000));
  clearInterval(timer);
  assert.ok(ticks > 0);
});

test('worker threads have classifiers of their own', async () => {
  const source = `const { Classifier } = require(${JSON.stringify(SEKISHO_NODE)});
    require('node:worker_threads').parentPort.postMessage(new Classifier().classifySync('M4 carbine').lists[0].verdict);`;
  const said = await Promise.all([1, 2, 3].map(() => new Promise((resolve, reject) => {
    new Worker(source, { eval: true }).once('message', resolve).once('error', reject);
  })));
  assert.deepEqual(said, ['match', 'match', 'match']);
});

test('versions', () => {
  assert.match(versions.sekisho, /^\d+\.\d+\.\d+$/);
  assert.equal(versions.abi, 1);
  assert.match(classifier.taxonomy.digest, /^sha256:[0-9a-f]{64}$/);
  assert.ok(classifier.taxonomy.lists.some((l) => l.list === 'jp-etco' && l.titleJa !== ''));
});
