// What all scenarios share. The models are those of the mock behind InferMux: see Column.java.
import assert from 'node:assert/strict';

export { assert };

export const SCENARIOS = [
  'whole', 'stream', 'tools', 'parallel', 'image', 'structured', 'reasoning', 'error', 'cancel',
];

export const TEXT = 'Good morning from the mock';

/** A PNG of one pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const WEATHER = {
  name: 'get_weather',
  description: 'The weather of a city.',
  schema: {
    type: 'object',
    properties: {
      city: { type: 'string' },
      unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
    },
    required: ['city', 'unit'],
    additionalProperties: false,
  },
};

export const PERSON = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};

/** The arguments of a call of the tool, as they came: an object or its JSON. */
export function checkWeather(name, args) {
  assert.equal(name, WEATHER.name);
  const given = typeof args === 'string' ? JSON.parse(args) : args;
  assert.equal(typeof given.city, 'string');
  assert.ok(['celsius', 'fahrenheit'].includes(given.unit), JSON.stringify(given));
}

export function checkPerson(person) {
  assert.equal(typeof person?.name, 'string');
  assert.ok(Number.isInteger(person.age));
}

export function checkUsage(input, output) {
  assert.ok(input > 0 && output > 0, `tokens: ${input} in, ${output} out`);
}

/** A rate limit of the provider, 429 whatever the API. */
export async function checkLimited(call, status = (error) => error.status) {
  try {
    await call();
  } catch (error) {
    assert.equal(status(error), 429, String(error));
    return;
  }
  assert.fail('no error');
}
