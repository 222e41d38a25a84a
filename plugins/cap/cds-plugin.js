// The plugin: classifies the records of annotated entities when services write them.
'use strict';

const cds = require('@sap/cds');
const { annotated, baseOf, keyOf } = require('./lib/annotation');
const { engine } = require('./lib/engine');
const { classify, forget } = require('./lib/classifications');

// A faulty configuration is told at the start, not by the first record.
cds.on('served', () => void engine());

cds.on('serving', (service) => {
  if (!(service instanceof cds.ApplicationService)) return;
  for (const entity of Object.values(service.entities)) {
    const base = baseOf(entity);
    if (!annotated(base)) continue;
    const key = keyOf(base);
    if (!entity.elements[key])
      throw new Error(`@sekisho.classify: ${entity.name} hides the key "${key}" of ${base.name}; expose it under that name`);
    service.after(['CREATE', 'UPDATE', 'UPSERT'], entity, async (_, request) => {
      await classify(base, recordsOf(request, key));
    });
    service.after('DELETE', entity, (_, request) => forget(base, recordsOf(request, key)));
  }
});

/** The keys of what a request wrote: from its data, or from its URL. */
function recordsOf(request, key) {
  const rows = Array.isArray(request.data) ? request.data : [request.data];
  const address = request.params?.at(-1);
  const addressed = address !== null && typeof address === 'object' ? address[key] : address;
  return rows.map((row) => row?.[key] ?? addressed).filter((record) => record !== undefined);
}
