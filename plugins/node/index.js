// @sekisho/node: the engine of libsekisho in Node.js. index.d.ts has the types and what each call promises.
'use strict';

const path = require('node:path');
const { itemRow, contextRow, optionRow } = require('./fields.js');
const { moveSpans } = require('./spans.js');

const native = require(path.join(__dirname, 'prebuilds', `${process.platform}-${process.arch}`, 'sekisho.node'));

const CHUNK = 64; // items of a batch that go to a thread at once: a long batch uses all of the pool
const BATCH = 1048576; // items of a batch, where nobody says
const OUT_OF_RANGE = [-6, 'SEKISHO_E_OUT_OF_RANGE']; // of sekisho.h

class SekishoError extends Error {
  constructor(status, code, message) {
    super(message);
    this.name = 'SekishoError';
    this.status = status;
    this.code = code;
  }
}

// The addon throws and rejects with [status, code, message].
const errorOf = (fault) => (Array.isArray(fault) ? new SekishoError(...fault) : fault);
const fail = (fault) => {
  throw errorOf(fault);
};
const parse = (outcome, row) =>
  typeof outcome === 'string' ? moveSpans(JSON.parse(outcome), row) : errorOf(outcome);
const sole = (value) => {
  if (value instanceof Error) throw value;
  return value;
};

/** @returns a row for each item; what would be too many is not read to its end */
function batchRows(items, most) {
  const rows = [];
  for (const item of items) {
    if (rows.length === most) {
      throw new SekishoError(...OUT_OF_RANGE, `more than ${most} items (hint: smaller batches, or a greater maxBatchItems)`);
    }
    rows.push(itemRow(item));
  }
  return rows;
}

class Classifier {
  #native;
  #batch;

  constructor(options) {
    const row = optionRow(options);
    this.#batch = Number(row.pop()) || BATCH;
    try {
      this.#native = new native.Native(row);
    } catch (fault) {
      fail(fault);
    }
  }

  get taxonomy() {
    return this.#native.describe();
  }

  async classify(item, context) {
    const row = itemRow(item);
    const [outcome] = await this.#native.run([row], contextRow(context)).catch(fail);
    return sole(parse(outcome, row));
  }

  classifySync(item, context) {
    const row = itemRow(item);
    const [outcome] = this.#native.runSync([row], contextRow(context));
    return sole(parse(outcome, row));
  }

  async classifyJson(item, context) {
    const [outcome] = await this.#native.run([itemRow(item)], contextRow(context)).catch(fail);
    return typeof outcome === 'string' ? outcome : fail(outcome);
  }

  async classifyAll(items, context) {
    const rows = batchRows(items, this.#batch);
    const given = contextRow(context);
    const parts = [];
    for (let at = 0; at < rows.length; at += CHUNK) parts.push(this.#native.run(rows.slice(at, at + CHUNK), given));
    const outcomes = (await Promise.all(parts).catch(fail)).flat(1);
    return rows.map((row, i) => parse(outcomes[i], row));
  }

  async load(pack) {
    if (typeof pack !== 'string') throw new TypeError('load wants the path of a pack');
    await this.#native.load(pack).catch(fail);
  }
}

module.exports = {
  Classifier,
  SekishoError,
  versions: Object.freeze({ sekisho: native.version, abi: native.abi, unicode: native.unicode }),
};
