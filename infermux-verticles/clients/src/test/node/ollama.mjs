// Ollama's client for JavaScript.
export default async function open({ url, load, assert, ...kit }) {
  const { Ollama } = await load('ollama');
  const client = new Ollama({ host: url });
  const question = { role: 'user', content: 'Hi' };
  const chat = (model, more) => client.chat({ model, messages: [question], ...more });
  const { name, description, schema } = kit.WEATHER;
  const tools = [{ type: 'function', function: { name, description, parameters: schema } }];

  async function loop(model, count) {
    for (const stream of [false, true]) {
      const calls = [];
      const answer = await chat(model, { tools, stream });
      for await (const part of stream ? answer : [answer]) calls.push(...(part.message.tool_calls ?? []));
      assert.equal(calls.length, count);
      for (const call of calls) kit.checkWeather(call.function.name, call.function.arguments);
      const assistant = { role: 'assistant', content: '', tool_calls: calls };
      const results = calls.map(() => ({ role: 'tool', tool_name: name, content: 'warm' }));
      const last = await chat(model, { tools, messages: [question, assistant, ...results] });
      assert.ok(last.message.content);
    }
  }

  return {
    async whole() {
      const answer = await chat('plain');
      assert.equal(answer.message.content, kit.TEXT);
      assert.equal(answer.done, true);
      kit.checkUsage(answer.prompt_eval_count, answer.eval_count);
      assert.equal((await client.generate({ model: 'plain', prompt: 'Hi' })).response, kit.TEXT);
      assert.ok((await client.list()).models.some((model) => model.name.startsWith('plain')));
    },

    async stream() {
      let text = '';
      let last;
      for await (const part of await chat('plain', { stream: true })) {
        text += part.message.content;
        last = part;
      }
      assert.equal(text, kit.TEXT);
      assert.equal(last.done_reason, 'stop');
      kit.checkUsage(last.prompt_eval_count, last.eval_count);
    },

    tools: () => loop('tool', 1),
    parallel: () => loop('tools', 2),

    async image() {
      const message = { role: 'user', content: 'What is it?', images: [kit.PIXEL] };
      assert.equal((await chat('plain', { messages: [message] })).message.content, kit.TEXT);
    },

    async structured() {
      kit.checkPerson(JSON.parse((await chat('schema', { format: kit.PERSON })).message.content));
    },

    async reasoning() {
      const { message } = await chat('reasoning', { think: true });
      assert.ok(message.thinking, JSON.stringify(message));
      assert.equal(message.content, kit.TEXT);
    },

    error: () => kit.checkLimited(() => chat('limited'), (error) => error.status_code),

    async cancel() {
      const stream = await chat('stalls', { stream: true });
      await assert.rejects(async () => {
        for await (const part of stream) if (part.message.content) stream.abort();
      }, { name: 'AbortError' });
    },
  };
}
