// Writes what the engine says of records beside them. What a person decided is read here and never written.
'use strict';

const cds = require('@sap/cds');
const { elementsOf, keyOf } = require('./annotation');
const { engine } = require('./engine');

const TABLE = 'sekisho.Classifications';
const FINDINGS = `${TABLE}.findings`;
const STRICTEST_FIRST = ['match', 'possible', 'catch_all', 'unknown', 'excluded', 'no_match'];
const strictest = (verdicts) => STRICTEST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
const lines = (notes = []) => notes.map(({ en, ja }) => (ja ? `${en} / ${ja}` : en)).join('\n');

/** Judges records (by their keys), within the transaction of the caller. Returns how many results are new. */
async function classify(entity, records) {
  if (records.length === 0) return 0;
  const key = keyOf(entity);
  const elements = elementsOf(entity);
  const columns = [key, ...Object.values(elements)];
  const rows = await SELECT.from(entity).columns(columns).where({ [key]: { in: records } });
  const items = rows.map((row) => itemOf(row, elements));
  const results = await engine().classifyAll(items);
  const keep = new Map((await stored(entity, rows.map((row) => row[key]))).map((row) => [row.record, row]));
  let changed = 0;
  const entries = rows.map((row, i) => {
    const entry = { entity: entity.name, record: String(row[key]), ...judged(items[i], results[i]) };
    const before = keep.get(entry.record);
    const same = before !== undefined && fingerprint(before) === fingerprint(entry);
    if (!same) changed++;
    if (before === undefined) return { ...entry, status: 'open', changed: false };
    return { ...entry, changed: before.changed || (before.status !== 'open' && !same) };
  });
  await write(entity, entries);
  return changed;
}

async function write(entity, entries) {
  if (entries.length === 0) return;
  const records = entries.map(({ record }) => record);
  await UPSERT.into(TABLE).entries(entries.map(({ findings, ...head }) => head));
  await DELETE.from(FINDINGS).where({ up__entity: entity.name, up__record: { in: records } });
  const rows = entries.flatMap(({ record, findings }) =>
    findings.map((finding) => ({ up__entity: entity.name, up__record: record, ...finding })));
  if (rows.length > 0) await INSERT.into(FINDINGS).entries(rows);
}

const stored = (entity, records) =>
  SELECT.from(TABLE)
    .columns((row) => {
      row`.*`;
      row.findings((finding) => finding`.*`);
    })
    .where({ entity: entity.name, record: { in: records.map(String) } });

const forget = (entity, records) =>
  records.length && DELETE.from(TABLE).where({ entity: entity.name, record: { in: records.map(String) } });

function itemOf(row, elements) {
  const item = {};
  for (const [field, element] of Object.entries(elements)) item[field] = row[element] == null ? null : String(row[element]);
  return item;
}

/** The machine's part of a row. An item that the engine refuses is `unknown`: it must not pass for one without findings. */
function judged(item, result) {
  const head = { description: item.description ?? null, partNumber: item.partNumber ?? null };
  const { taxonomy } = engine();
  const at = { classifiedAt: new Date().toISOString() };
  if (result instanceof Error) {
    const { version, digest, asOf } = taxonomy;
    const notices = `${result.code ?? result.name}: ${result.message}`;
    return { ...head, ...at, taxonomy: version, digest, asOf, verdict: 'unknown', notices, findings: [] };
  }
  const { version, digest, as_of: asOf } = result.taxonomy;
  const verdict = strictest(result.lists.map((list) => list.verdict));
  const findings = result.lists.flatMap(({ list, candidates }) => candidates.map((found) => ({ list, ...found })));
  return {
    ...head, ...at, taxonomy: version, digest, asOf, verdict, notices: lines(result.notices),
    findings: findings.map(({ list, entry, verdict, score, title, title_ja, cite, missing, evidence }, position) => ({
      position, list, entry, verdict, score, title, title_ja, cite,
      missing: lines(missing),
      evidence: JSON.stringify(evidence),
    })),
  };
}

/** What a decision is about: the verdict and the entries, not the words of titles. */
const fingerprint = ({ verdict, findings }) =>
  JSON.stringify([verdict, ...findings.map((found) => [found.list, found.entry, found.verdict].join(' ')).sort()]);

module.exports = { TABLE, classify, forget, itemOf };
