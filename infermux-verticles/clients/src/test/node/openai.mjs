// OpenAI's SDK for Node, newest (chat, responses) and the line for older versions of Node (chat6).
export default async function open({ url, load, variant, ...kit }) {
  const { default: OpenAI } = await load(variant === 'chat6' ? 'openai6' : 'openai');
  const client = new OpenAI({ apiKey: 'sk-caller', baseURL: `${url}/v1`, maxRetries: 0 });
  return variant === 'responses' ? responses(client, kit) : chat(client, kit);
}

function chat(client, { assert, ...kit }) {
  const create = (model, more) =>
    client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hi' }], ...more });
  const tools = [
    {
      type: 'function',
      function: { name: kit.WEATHER.name, parameters: kit.WEATHER.schema, strict: true },
    },
  ];

  async function called(model, question, stream) {
    const request = { model, tools, messages: [question] };
    const answer = stream
      ? await client.chat.completions.stream(request).finalChatCompletion()
      : await client.chat.completions.create(request);
    return answer.choices[0];
  }

  return {
    async whole() {
      const answer = await create('plain');
      assert.equal(answer.choices[0].message.content, kit.TEXT);
      assert.equal(answer.choices[0].finish_reason, 'stop');
      kit.checkUsage(answer.usage.prompt_tokens, answer.usage.completion_tokens);
    },

    async stream() {
      const runner = client.chat.completions.stream({
        model: 'plain',
        messages: [{ role: 'user', content: 'Hi' }],
        stream_options: { include_usage: true },
      });
      let chunks = 0;
      for await (const chunk of runner) chunks += chunk.choices.length;
      assert.ok(chunks > 2);
      assert.equal(await runner.finalContent(), kit.TEXT);
      const usage = await runner.totalUsage();
      kit.checkUsage(usage.prompt_tokens, usage.completion_tokens);
    },

    async tools() {
      const question = { role: 'user', content: 'What is the weather?' };
      for (const stream of [false, true]) {
        const first = await called('tool', question, stream);
        assert.equal(first.finish_reason, 'tool_calls');
        const [call] = first.message.tool_calls;
        kit.checkWeather(call.function.name, call.function.arguments);
        const result = { role: 'tool', tool_call_id: call.id, content: '21 degrees' };
        const last = await create('tool', { tools, messages: [question, first.message, result] });
        assert.equal(last.choices[0].finish_reason, 'stop');
        assert.ok(last.choices[0].message.content);
      }
    },

    async parallel() {
      for (const stream of [false, true]) {
        const question = { role: 'user', content: 'Two cities' };
        const { message } = await called('tools', question, stream);
        assert.equal(message.tool_calls.length, 2);
        assert.notEqual(message.tool_calls[0].id, message.tool_calls[1].id);
        for (const call of message.tool_calls) {
          kit.checkWeather(call.function.name, call.function.arguments);
        }
        const results = message.tool_calls.map((call) => ({
          role: 'tool', tool_call_id: call.id, content: 'warm',
        }));
        const last = await create('tools', { tools, messages: [question, message, ...results] });
        assert.equal(last.choices[0].finish_reason, 'stop');
      }
    },

    async image() {
      const url = `data:image/png;base64,${kit.PIXEL}`;
      const content = [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url } }];
      const answer = await create('plain', { messages: [{ role: 'user', content }] });
      assert.equal(answer.choices[0].message.content, kit.TEXT);
    },

    async structured() {
      const answer = await client.chat.completions.parse({
        model: 'schema',
        messages: [{ role: 'user', content: 'Who?' }],
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'person', schema: kit.PERSON, strict: true },
          $brand: 'auto-parseable-response-format',
          $parseRaw: JSON.parse,
        },
      });
      kit.checkPerson(answer.choices[0].message.parsed);
    },

    async reasoning() {
      const answer = await create('reasoning', { reasoning_effort: 'low' });
      assert.ok(answer.choices[0].message.reasoning_content, JSON.stringify(answer));
      assert.equal(answer.choices[0].message.content, kit.TEXT);
    },

    error: () => kit.checkLimited(() => create('limited')),

    async cancel() {
      const stream = await create('stalls', { stream: true });
      for await (const chunk of stream) {
        if (chunk.choices[0]?.delta.content) stream.controller.abort();
      }
    },
  };
}

function responses(client, { assert, ...kit }) {
  const create = (model, more) => client.responses.create({ model, input: 'Hi', ...more });
  const tools = [
    { type: 'function', name: kit.WEATHER.name, parameters: kit.WEATHER.schema, strict: true },
  ];
  const calls = (answer) => answer.output.filter((item) => item.type === 'function_call');
  const question = { role: 'user', content: 'What is the weather?' };
  const called = (model, stream) =>
    stream
      ? client.responses.stream({ model, tools, input: [question] }).finalResponse()
      : create(model, { tools, input: [question] });

  async function loop(model, count) {
    for (const stream of [false, true]) {
      const answer = await called(model, stream);
      const made = calls(answer);
      assert.equal(made.length, count);
      assert.equal(new Set(made.map((call) => call.call_id)).size, count);
      for (const call of made) kit.checkWeather(call.name, call.arguments);
      const results = made.map((call) => ({
        type: 'function_call_output', call_id: call.call_id, output: 'warm',
      }));
      const items = answer.output.map(({ parsed_arguments, ...item }) => item);
      const last = await create(model, { tools, input: [question, ...items, ...results] });
      assert.equal(last.status, 'completed');
      assert.ok(last.output_text);
    }
  }

  return {
    async whole() {
      const answer = await create('plain');
      assert.equal(answer.output_text, kit.TEXT);
      assert.equal(answer.status, 'completed');
      kit.checkUsage(answer.usage.input_tokens, answer.usage.output_tokens);
    },

    async stream() {
      const runner = client.responses.stream({ model: 'plain', input: 'Hi' });
      let text = '';
      for await (const event of runner) {
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
      assert.equal(text, kit.TEXT);
      const answer = await runner.finalResponse();
      assert.equal(answer.output_text, kit.TEXT);
      kit.checkUsage(answer.usage.input_tokens, answer.usage.output_tokens);
    },

    tools: () => loop('tool', 1),
    parallel: () => loop('tools', 2),

    async image() {
      const content = [
        { type: 'input_text', text: 'What is it?' },
        { type: 'input_image', image_url: `data:image/png;base64,${kit.PIXEL}`, detail: 'auto' },
      ];
      const answer = await create('plain', { input: [{ role: 'user', content }] });
      assert.equal(answer.output_text, kit.TEXT);
    },

    async structured() {
      const format = {
        type: 'json_schema', name: 'person', schema: kit.PERSON, strict: true,
        $brand: 'auto-parseable-response-format', $parseRaw: JSON.parse,
      };
      const answer = await client.responses.parse({ model: 'schema', input: 'Who?', text: { format } });
      kit.checkPerson(answer.output_parsed);
    },

    async reasoning() {
      const answer = await create('reasoning', { reasoning: { effort: 'low', summary: 'auto' } });
      const item = answer.output.find(({ type }) => type === 'reasoning');
      assert.ok(item?.summary?.[0]?.text || item?.content?.[0]?.text, JSON.stringify(answer.output));
      assert.equal(answer.output_text, kit.TEXT);
    },

    error: () => kit.checkLimited(() => create('limited')),

    async cancel() {
      const stream = await create('stalls', { stream: true });
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') stream.controller.abort();
      }
    },
  };
}
