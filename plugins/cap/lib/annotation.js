// @sekisho.classify: {description: name, partNumber: matnr, nsn: …, manufacturer: …}: which entities, which elements.
'use strict';

const PREFIX = '@sekisho.classify.';
const FIELDS = ['description', 'partNumber', 'nsn', 'manufacturer'];

const annotated = (entity) => FIELDS.some((field) => entity[PREFIX + field] !== undefined);

/** The element of the entity for each field of an item. */
function elementsOf(entity) {
  const found = {};
  for (const name of Object.keys(entity).filter((name) => name.startsWith(PREFIX))) {
    const field = name.slice(PREFIX.length);
    const element = entity[name]['='] ?? entity[name];
    if (!FIELDS.includes(field))
      throw new Error(`@sekisho.classify of ${entity.name}: no field "${field}"; there are ${FIELDS.join(', ')}`);
    if (!entity.elements[element])
      throw new Error(`@sekisho.classify of ${entity.name}: ${field} names "${element}", which is no element of it`);
    found[field] = element;
  }
  return found;
}

/** The table below a chain of projections. */
function baseOf(entity) {
  let base = entity;
  while (base.query?._target) base = base.query._target;
  return base;
}

/** The one key of the entity: classifications are found by it. */
function keyOf(entity) {
  const keys = Object.entries(entity.elements)
    .filter(([name, element]) => element.key && !element.virtual && !element.target && name !== 'IsActiveEntity')
    .map(([name]) => name);
  if (keys.length !== 1)
    throw new Error(`@sekisho.classify of ${entity.name}: it has ${keys.length} keys, and needs exactly one`);
  return keys[0];
}

module.exports = { annotated, baseOf, elementsOf, keyOf };
