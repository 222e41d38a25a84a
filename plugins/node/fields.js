// What callers say of items and transactions, checked and put in the order in which the addon reads it. Keys that are
// not known are refused: a misspelt "description" must not count as an item without one.
'use strict';

const KINDS = ['goods', 'technology', 'software', 'service'];
const SALES = { fms: 1, dcs: 2 };
const ITEM = ['id', 'description', 'partNumber', 'nsn', 'manufacturer', 'kind', 'attributes'];
const CONTEXT = ['asOf', 'origin', 'destination', 'treaties', 'via', 'classified', 'sale'];
const LIMITS = { maxInputBytes: 32n, maxMatches: 32n, maxSteps: 64n, maxMemoryBytes: 64n, maxBatchItems: 32n }; // bits
const OPTIONS = ['pack', 'lists', ...Object.keys(LIMITS)];

function checkKeys(object, known, what) {
  if (object === null || typeof object !== 'object' || Array.isArray(object)) {
    throw new TypeError(`${what} must be an object`);
  }
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) throw new TypeError(`${what} has no "${key}" (hint: it has ${known.join(', ')})`);
  }
}

function text(value, what) {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new TypeError(`${what} must be a string, not ${typeof value}`);
  return value;
}

const joined = (value, what) => (Array.isArray(value) ? value.map((v) => text(v, what)).join(',') : text(value, what));

function kind(value) {
  const index = KINDS.indexOf(value ?? 'goods');
  if (index < 0) throw new TypeError(`item.kind must be one of ${KINDS.join(', ')}`);
  return index;
}

function attributes(value) {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new TypeError('item.attributes must be an object, as in {range: "310 km"}');
  }
  return Object.entries(value).flatMap(([name, quantity]) => [name, text(quantity, `item.attributes.${name}`)]);
}

/** @returns the row of an item; a bare string is a description */
function itemRow(item) {
  const given = typeof item === 'string' ? { description: item } : item;
  checkKeys(given, ITEM, 'item');
  const row = ITEM.slice(0, 5).map((name) => text(given[name], `item.${name}`));
  if (row[1] === '' && row[2] === '') throw new TypeError('item has neither description nor partNumber');
  return [...row, kind(given.kind), attributes(given.attributes)];
}

function contextRow(context = {}) {
  checkKeys(context, CONTEXT, 'context');
  const { classified = false, sale } = context;
  if (typeof classified !== 'boolean') throw new TypeError('context.classified must be true or false');
  if (sale !== undefined && !Object.hasOwn(SALES, sale)) throw new TypeError('context.sale must be "fms" or "dcs"');
  const texts = CONTEXT.slice(0, 5).map((name) => joined(context[name], `context.${name}`));
  return [...texts, Number(classified), SALES[sale] ?? 0];
}

/** @returns a BigInt: numbers end at 2**53, limits at 2**64 */
function limit(value, name) {
  const given = value ?? 0;
  if (typeof given !== 'bigint' && !Number.isInteger(given)) {
    const what = typeof given === 'number' ? given : typeof given;
    throw new TypeError(`options.${name} must be a whole number, not ${what} (hint: from 1 on, or 0 for the default)`);
  }
  const greatest = (1n << LIMITS[name]) - 1n;
  if (given < 0 || given > greatest) {
    throw new RangeError(`options.${name} ${given} is out of range (hint: from 1 to ${greatest}, or 0 for the default)`);
  }
  return BigInt(given);
}

function optionRow(options = {}) {
  checkKeys(options, OPTIONS, 'options');
  const limits = Object.keys(LIMITS).map((name) => limit(options[name], name));
  return [text(options.pack, 'options.pack'), joined(options.lists, 'options.lists'), ...limits];
}

module.exports = { itemRow, contextRow, optionRow };
