// The engine counts bytes of UTF-8; JavaScript counts UTF-16 units. Spans of evidence are moved from the one to the
// other, so that `item.description.slice(begin, end)` is the text that matched.
'use strict';

const FIELDS = { description: 1, part_number: 2, nsn: 3, manufacturer: 4 }; // their places in a row of fields.js

/** @returns for every byte offset of the text in UTF-8, the offset in UTF-16 units; null: they are the same */
function unitsOfBytes(text) {
  const bytes = Buffer.byteLength(text);
  if (bytes === text.length) return null;
  const units = new Uint32Array(bytes + 1);
  let byte = 0;
  for (let unit = 0; unit < text.length; ) {
    const point = text.codePointAt(unit);
    const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    units.fill(unit, byte, byte + size);
    byte += size;
    unit += size === 4 ? 2 : 1;
  }
  units[bytes] = text.length;
  return units;
}

/** Moves the spans of a parsed result, in place. */
function moveSpans(result, row) {
  const tables = new Map();
  for (const { candidates } of result.lists) {
    for (const { evidence } of candidates) {
      for (const span of evidence) {
        const place = FIELDS[span.field];
        if (place === undefined) continue; // attributes: spans of a value, which the caller has as a whole
        if (!tables.has(place)) tables.set(place, unitsOfBytes(row[place]));
        const units = tables.get(place);
        if (units === null) continue;
        span.begin = units[span.begin];
        span.end = units[span.end];
      }
    }
  }
  return result;
}

module.exports = { moveSpans };
