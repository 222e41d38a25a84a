// The limits of a classifier, each at its value and one beyond, and numbers that are none.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const { Classifier, SekishoError } = require(process.env.SEKISHO_NODE);

const LINE = 'machine gun 12.7 mm, length 310 km and printer';
const LIMITS = [
  ['maxInputBytes', 2n ** 32n - 1n, 'limit-input-size'],
  ['maxMatches', 2n ** 32n - 1n, 'limit-matching'],
  ['maxSteps', 2n ** 64n - 1n, 'limit-matching'],
  ['maxMemoryBytes', 2n ** 64n - 1n, 'limit-memory'],
];
const judge = (options, text = LINE) => new Classifier(options).classifySync(text);
const limited = ({ notices }) => notices.map(({ id }) => id).filter((id) => id.startsWith('limit-'));
const verdicts = ({ lists }) => lists.map(({ verdict }) => verdict);

for (const [name, greatest, notice] of LIMITS) {
  test(`${name} holds at its value and beyond`, () => {
    const whole = judge({});
    assert.deepEqual(limited(whole), []);
    for (const most of [0, undefined, null, greatest]) assert.deepEqual(judge({ [name]: most }), whole);

    let least = 1;
    for (let step = 2 ** 20; step >= 1; step /= 2)
      if (limited(judge({ [name]: least + step - 1 })).length > 0) least += step;
    assert.ok(least > 1 && least < 2 ** 20, `${least}`);
    if (name === 'maxInputBytes') assert.equal(least, LINE.length);
    assert.deepEqual(judge({ [name]: least }), whole);
    assert.deepEqual(judge({ [name]: BigInt(least) }), whole);

    const beyond = judge({ [name]: least - 1 }); // what was found stays
    assert.deepEqual(limited(beyond), [notice]);
    assert.ok(!verdicts(beyond).includes('no_match') && !verdicts(beyond).includes('excluded'));
    const nothing = judge({ [name]: 1 }, '310 km, printer paper and rifle');
    assert.deepEqual(limited(nothing), [notice]);
    assert.deepEqual([...new Set(verdicts(nothing))], ['unknown']);
  });
}

test('a batch of more items is refused, and not read to its end', async () => {
  const three = new Classifier({ maxBatchItems: 3 });
  const results = await three.classifyAll(['rifle', 'table', 'pencil']);
  assert.deepEqual(results, await new Classifier().classifyAll(['rifle', 'table', 'pencil']));
  let given = 0;
  function* endless() {
    for (;;) yield `rifle ${++given}`;
  }
  await assert.rejects(three.classifyAll(endless()), (error) => {
    assert.ok(error instanceof SekishoError);
    assert.equal(error.code, 'SEKISHO_E_OUT_OF_RANGE');
    assert.match(error.message, /more than 3 items .*maxBatchItems/);
    return true;
  });
  assert.equal(given, 4);
  const many = Array(2000).fill('pencil');
  assert.equal((await new Classifier().classifyAll(many)).length, 2000);
});

test('numbers that are no limits are refused by name', () => {
  for (const [name, greatest] of [...LIMITS, ['maxBatchItems', 2n ** 32n - 1n]]) {
    const refused = (value, type, message) =>
      assert.throws(() => new Classifier({ [name]: value }), (e) => e instanceof type && message.test(e.message));
    for (const value of [-1, -1n, greatest + 1n, 2 ** 64])
      refused(value, RangeError, new RegExp(`options\\.${name} ${value} is out of range .*to ${greatest}`));
    for (const value of [1.5, NaN, Infinity, '10', true, {}])
      refused(value, TypeError, new RegExp(`options\\.${name} must be a whole number`));
  }
});
