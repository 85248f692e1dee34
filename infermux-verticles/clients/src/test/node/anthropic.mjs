// Anthropic's SDK for Node.
export default async function open({ url, load, assert, ...kit }) {
  const { default: Anthropic } = await load('@anthropic-ai/sdk');
  const client = new Anthropic({ apiKey: 'sk-caller', baseURL: url, maxRetries: 0 });
  const body = (model, more) => ({
    model, max_tokens: 2000, messages: [{ role: 'user', content: 'Hi' }], ...more,
  });
  const create = (model, more) => client.messages.create(body(model, more));
  const tools = [
    { name: kit.WEATHER.name, description: kit.WEATHER.description, input_schema: kit.WEATHER.schema },
  ];
  const text = (message) =>
    message.content.filter(({ type }) => type === 'text').map((block) => block.text).join('');
  const question = { role: 'user', content: 'What is the weather?' };
  const called = (model, stream) =>
    stream
      ? client.messages.stream(body(model, { tools, messages: [question] })).finalMessage()
      : create(model, { tools, messages: [question] });

  async function loop(model, count) {
    for (const stream of [false, true]) {
      const message = await called(model, stream);
      assert.equal(message.stop_reason, 'tool_use');
      const uses = message.content.filter(({ type }) => type === 'tool_use');
      assert.equal(new Set(uses.map(({ id }) => id)).size, count);
      for (const use of uses) kit.checkWeather(use.name, use.input);
      const content = uses.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: 'warm' }));
      const assistant = { role: 'assistant', content: message.content };
      const messages = [question, assistant, { role: 'user', content }];
      const last = await create(model, { tools, messages });
      assert.equal(last.stop_reason, 'end_turn');
      assert.ok(text(last));
    }
  }

  return {
    async whole() {
      const message = await create('plain');
      assert.equal(text(message), kit.TEXT);
      assert.equal(message.stop_reason, 'end_turn');
      kit.checkUsage(message.usage.input_tokens, message.usage.output_tokens);
      const count = await client.messages.countTokens({ model: 'plain', messages: [question] });
      assert.ok(count.input_tokens > 0);
    },

    async stream() {
      const runner = client.messages.stream(body('plain'));
      let pieces = '';
      runner.on('text', (piece) => (pieces += piece));
      const message = await runner.finalMessage();
      assert.equal(pieces, kit.TEXT);
      assert.equal(text(message), kit.TEXT);
      assert.equal(message.stop_reason, 'end_turn');
      kit.checkUsage(message.usage.input_tokens, message.usage.output_tokens);
    },

    tools: () => loop('tool', 1),
    parallel: () => loop('tools', 2),

    async image() {
      const source = { type: 'base64', media_type: 'image/png', data: kit.PIXEL };
      const content = [{ type: 'image', source }, { type: 'text', text: 'What is it?' }];
      assert.equal(text(await create('plain', { messages: [{ role: 'user', content }] })), kit.TEXT);
    },

    async structured() {
      const format = { type: 'json_schema', schema: kit.PERSON };
      kit.checkPerson(JSON.parse(text(await create('schema', { output_config: { format } }))));
    },

    async reasoning() {
      const message = await create('reasoning', { thinking: { type: 'adaptive' } });
      const block = message.content.find(({ type }) => type === 'thinking');
      assert.ok(block?.thinking, JSON.stringify(message.content));
      assert.equal(text(message), kit.TEXT);
    },

    error: () => kit.checkLimited(() => create('limited')),

    async cancel() {
      const stream = await create('stalls', { stream: true });
      for await (const event of stream) {
        if (event.type === 'content_block_delta') stream.controller.abort();
      }
    },
  };
}
