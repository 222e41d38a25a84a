// Decisions of persons, and the run over all records after a change of the lists.
'use strict';

const cds = require('@sap/cds');
const { annotated, elementsOf, keyOf } = require('../lib/annotation');
const { TABLE, classify, itemOf } = require('../lib/classifications');
const { reload } = require('../lib/engine');

const CHUNK = 500; // records of one transaction step

module.exports = class SekishoService extends cds.ApplicationService {
  init() {
    this.on('accept', 'Classifications', (request) => this.decide(request, 'accepted'));
    this.on('overrule', 'Classifications', (request) => this.decide(request, 'overridden'));
    this.on('reclassify', () => this.reclassify());
    return super.init();
  }

  async decide(request, status) {
    const { entity, record } = request.params.at(-1);
    const { verdict, reason } = request.data;
    if (status === 'overridden' && !verdict) return request.reject(400, 'Which verdict instead? Give `verdict`.', 'verdict');
    if (status === 'overridden' && !reason?.trim()) return request.reject(400, 'Why? Give `reason`.', 'reason');
    const found = await SELECT.one.from(TABLE).where({ entity, record });
    if (!found) return request.reject(404);
    const decision = {
      status, changed: false, decision: verdict ?? found.verdict, reason: reason ?? null,
      reviewer: request.user.id, reviewedAt: request.timestamp.toISOString(),
    };
    await UPDATE(TABLE).with(decision).where({ entity, record });
    return SELECT.one.from(this.entities.Classifications).where({ entity, record });
  }

  async reclassify() {
    const { version: taxonomy, digest } = await reload();
    const total = { taxonomy, digest, seen: 0, classified: 0, changed: 0 };
    const tables = Object.values(cds.model.definitions).filter((d) => d.kind === 'entity' && !d.query && annotated(d));
    for (const entity of tables) await this.sweep(entity, digest, total);
    return total;
  }

  async sweep(entity, digest, total) {
    const key = keyOf(entity);
    const elements = elementsOf(entity);
    for (let last; ; ) {
      const after = last === undefined ? {} : { [key]: { '>': last } };
      const rows = await SELECT.from(entity).columns(key, ...Object.values(elements)).where(after).orderBy(key).limit(CHUNK);
      if (rows.length === 0) return;
      last = rows.at(-1)[key];
      const known = await SELECT.from(TABLE).where({ entity: entity.name, record: { in: rows.map((row) => String(row[key])) } });
      const byRecord = new Map(known.map((row) => [row.record, row]));
      const due = rows.filter((row) => isDue(byRecord.get(String(row[key])), itemOf(row, elements), digest));
      total.seen += rows.length;
      total.classified += due.length;
      total.changed += await classify(entity, due.map((row) => row[key]));
    }
  }
};

const isDue = (known, { description = null, partNumber = null }, digest) =>
  !known || known.digest !== digest || known.description !== description || known.partNumber !== partNumber;
