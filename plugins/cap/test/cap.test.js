// The plugin in a real CAP server on SQLite, through OData: writing, reviewing, a change of the lists, the golden items.
'use strict';

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { after, before, test } = require('node:test');
const { start } = require('./server');

const ROOT = path.resolve(__dirname, '../../..');
const GOLDEN = path.join(ROOT, 'tests/hosts/golden.py');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sekisho-cap-'));
const pack = path.join(folder, 'lists.pack');
let server;

before(async () => {
  fs.copyFileSync(process.env.SEKISHO_PACK, pack);
  server = await start({ pack });
});
after(async () => {
  await server?.stop();
  fs.rmSync(folder, { recursive: true });
});

const create = (name, matnr) => server.good('clerk', 'POST', 'shop/Products', { name, matnr });
const address = (ID) => `sekisho/Classifications(entity='shop.Products',record='${ID}')`;
const read = (ID) => server.good('reviewer', 'GET', `${address(ID)}?$expand=findings`);
const worklist = async () => (await server.good('reviewer', 'GET', 'sekisho/Worklist?$top=1000')).value.map((row) => row.record);
const decide = (ID, action, body) => server.ask('reviewer', 'POST', `${address(ID)}/SekishoService.${action}`, body);

test('what is created is classified, with evidence and the lists it was judged by', async () => {
  const { ID } = await create('GOGGLE,NIGHT VISION', 'AN/PVS-14');
  const found = await read(ID);
  assert.equal(found.verdict, 'possible');
  assert.equal(found.status, 'open');
  assert.equal(found.decision, null);
  assert.match(found.digest, /^sha256:[0-9a-f]{64}$/);
  assert.ok(found.findings.some((finding) => finding.list === 'us-usml' && finding.entry.startsWith('XII(c)')));
  for (const { evidence, cite } of found.findings) {
    assert.ok(cite);
    for (const { field, begin, end, text } of JSON.parse(evidence))
      assert.equal(found[field === 'description' ? 'description' : 'partNumber'].slice(begin, end), text);
  }
  assert.ok((await worklist()).includes(ID));
});

test('a client may follow an association to the classification, and entities without the annotation have none', async () => {
  const { ID } = await create('暗視ゴーグル');
  const product = await server.good('clerk', 'GET', `shop/Products(${ID})?$expand=classification($select=verdict,status)`);
  assert.equal(product.classification.verdict, 'possible');
  const note = await server.good('clerk', 'POST', 'shop/Notes', { text: 'GOGGLE,NIGHT VISION' });
  const filter = `$filter=record eq '${note.ID}'`;
  assert.deepEqual((await server.good('reviewer', 'GET', `sekisho/Classifications?${filter}`)).value, []);
});

test('what is changed is classified anew, what is deleted is forgotten', async () => {
  const { ID } = await create('PENCIL');
  assert.equal((await read(ID)).verdict, 'no_match');
  assert.ok(!(await worklist()).includes(ID));
  await server.good('clerk', 'PATCH', `shop/Products(${ID})`, { name: 'RIFLE,5.56 MILLIMETER' });
  assert.notEqual((await read(ID)).verdict, 'no_match');
  await server.good('clerk', 'PATCH', `shop/Products(${ID})`, { name: 'PENCIL' });
  const again = await read(ID);
  assert.equal(again.verdict, 'no_match');
  assert.deepEqual(again.findings, []);
  await server.good('clerk', 'DELETE', `shop/Products(${ID})`);
  assert.equal((await server.ask('reviewer', 'GET', address(ID))).status, 404);
});

test('a batch of operations classifies each of them', async () => {
  const put = (id, url, name) => ({ id, method: 'POST', url, headers: { 'content-type': 'application/json' }, body: { name } });
  const { responses } = await server.good('clerk', 'POST', 'shop/$batch', {
    requests: [put('1', 'Products', '２５ｍｍ訓練弾'), put('2', 'Products', 'PENCIL')],
  });
  assert.deepEqual(responses.map(({ status }) => status), [201, 201]);
  assert.notEqual((await read(responses[0].body.ID)).verdict, 'no_match');
  assert.equal((await read(responses[1].body.ID)).verdict, 'no_match');
});

test('a person decides, with a reason, and the machine leaves it alone', async () => {
  const { ID } = await create('GOGGLE,NIGHT VISION');
  assert.equal((await decide(ID, 'overrule', { verdict: 'excluded' })).status, 400);
  assert.equal((await decide(ID, 'overrule', { reason: 'a toy' })).status, 400);
  assert.equal((await decide(ID, 'overrule', { verdict: 'excluded', reason: 'a toy' })).status, 200);
  const decided = await read(ID);
  assert.deepEqual([decided.status, decided.decision, decided.reason, decided.reviewer], ['overridden', 'excluded', 'a toy', 'reviewer']);
  assert.equal(decided.verdict, 'possible');
  assert.ok(!(await worklist()).includes(ID));

  await server.good('clerk', 'PATCH', `shop/Products(${ID})`, { price: '10' });
  assert.ok(!(await worklist()).includes(ID), 'nothing new was found');
  await server.good('clerk', 'PATCH', `shop/Products(${ID})`, { name: 'RIFLE,5.56 MILLIMETER' });
  const later = await read(ID);
  for (const field of ['status', 'decision', 'reason', 'reviewer', 'reviewedAt']) assert.equal(later[field], decided[field], field);
  assert.equal(later.changed, true);
  assert.ok((await worklist()).includes(ID), 'the machine says something else now');
  assert.equal((await decide(ID, 'accept', {})).status, 200);
  const accepted = await read(ID);
  assert.deepEqual([accepted.status, accepted.decision, accepted.changed], ['accepted', accepted.verdict, false]);
});

test('only reviewers review, only administrators classify all anew, nobody writes results', async () => {
  const { ID } = await create('GOGGLE,NIGHT VISION');
  assert.equal((await server.ask('clerk', 'GET', 'sekisho/Worklist')).status, 403);
  assert.equal((await server.ask('clerk', 'POST', `${address(ID)}/SekishoService.accept`, {})).status, 403);
  assert.equal((await server.ask('reviewer', 'POST', 'sekisho/reclassify', {})).status, 403);
  assert.equal((await server.ask('reviewer', 'PATCH', address(ID), { verdict: 'no_match' })).status, 405);
  assert.equal((await decide('no-such', 'accept', {})).status, 404);
});

test('the golden items come out as the command line has them', async () => {
  const rows = execFileSync('python3', [GOLDEN, process.env.SEKISHO_CLI, process.env.SEKISHO_PACK], { maxBuffer: 1 << 28 })
    .toString().split('\n').slice(0, -1).map((line) => line.split('\t'));
  assert.ok(rows.length >= 300);
  for (const [id, name, matnr, json] of rows) {
    const { ID } = await create(name, matnr);
    const expected = JSON.parse(json).lists.flatMap(({ list, candidates }) =>
      candidates.map(({ entry, verdict, cite, title_ja }) => ({ list, entry, verdict, cite, title_ja })));
    const { findings } = await read(ID);
    const got = findings.sort((a, b) => a.position - b.position)
      .map(({ list, entry, verdict, cite, title_ja }) => ({ list, entry, verdict, cite, title_ja: title_ja ?? undefined }));
    assert.deepEqual(got, expected.map((finding) => ({ ...finding })), id);
  }
});

test('after a change of the lists all records are judged by the new ones', async () => {
  const { ID } = await create('GOGGLE,NIGHT VISION');
  await decide(ID, 'overrule', { verdict: 'excluded', reason: 'a toy' });
  const idle = await server.good('admin', 'POST', 'sekisho/reclassify', {});
  assert.ok(idle.seen > 300);
  assert.equal(idle.classified, 0);

  otherLists();
  const run = await server.good('admin', 'POST', 'sekisho/reclassify', {});
  assert.notEqual(run.digest, idle.digest);
  assert.equal(run.classified, idle.seen);
  const found = await read(ID);
  assert.equal(found.digest, run.digest);
  assert.deepEqual([found.status, found.decision, found.reason], ['overridden', 'excluded', 'a toy']);

  fs.writeFileSync(`${pack}.broken`, 'no pack '.repeat(512));
  fs.renameSync(`${pack}.broken`, pack);
  const broken = await server.ask('admin', 'POST', 'sekisho/reclassify', {});
  assert.equal(broken.status, 500);
  assert.match(server.log(), /cds\.sekisho: .*lists\.pack/);
  assert.equal((await create('GOGGLE,NIGHT VISION')).name, 'GOGGLE,NIGHT VISION');
});

test('a project whose pack is not there does not start', async () => {
  await assert.rejects(start({ pack: path.join(folder, 'none.pack') }), /cds\.sekisho: .*none\.pack/);
});

test('limits of an item are configured', async () => {
  const matching = /a limit was reached while matching/;
  const limited = {
    maxInputBytes: /longer than the limit/, maxMatches: matching, maxSteps: matching, maxMemoryBytes: /more memory than it may have/,
  };
  for (const [name, notice] of Object.entries(limited)) {
    const own = await start({ [name]: 1 });
    try {
      const { ID } = await own.good('clerk', 'POST', 'shop/Products', { name: '310 km, printer paper and rifle' });
      const found = await own.good('reviewer', 'GET', `${address(ID)}?$expand=findings`);
      assert.equal(found.verdict, 'unknown', name);
      assert.match(found.notices, notice);
    } finally {
      await own.stop();
    }
  }
});

test('a project with a number that is no limit does not start', async () => {
  await assert.rejects(start({ maxSteps: -1 }), /cds\.sekisho: options\.maxSteps -1 is out of range/);
  await assert.rejects(start({ maxMatches: 'many' }), /cds\.sekisho: options\.maxMatches must be a whole number/);
});

/** The taxonomy as of another version: a pack of another digest. */
function otherLists() {
  const source = path.join(folder, 'taxonomy');
  fs.cpSync(path.join(ROOT, 'taxonomy'), source, { recursive: true });
  const head = path.join(source, 'taxonomy.json');
  const text = fs.readFileSync(head, 'utf8');
  const other = text.replace(/("version"\s*:\s*")[^"]+"/, '$12099.01"');
  assert.notEqual(other, text);
  fs.writeFileSync(head, other);
  execFileSync(process.env.SEKISHO_COMPILE, [source, `${pack}.next`]);
  fs.renameSync(`${pack}.next`, pack);
}
