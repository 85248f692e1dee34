// LangChain's OpenAI package for JavaScript.
export default async function open({ url, load, assert, ...kit }) {
  const { ChatOpenAI } = await load('@langchain/openai');
  const { HumanMessage, ToolMessage } = await load('@langchain/core/messages');
  const chat = (model, more) =>
    new ChatOpenAI({
      model, apiKey: 'sk-caller', maxRetries: 0, configuration: { baseURL: `${url}/v1` }, ...more,
    });
  const tool = {
    type: 'function',
    function: { name: kit.WEATHER.name, description: 'weather', parameters: kit.WEATHER.schema },
  };

  async function loop(name, count) {
    const model = chat(name).bindTools([tool]);
    for (const stream of [false, true]) {
      const question = new HumanMessage('What is the weather?');
      const first = stream ? await joined(model, [question]) : await model.invoke([question]);
      assert.equal(first.tool_calls.length, count);
      assert.equal(first.invalid_tool_calls.length, 0);
      for (const call of first.tool_calls) kit.checkWeather(call.name, call.args);
      const results = first.tool_calls.map(
        (call) => new ToolMessage({ tool_call_id: call.id, content: 'warm' }),
      );
      assert.ok((await model.invoke([question, first, ...results])).text);
    }
  }

  async function joined(model, input) {
    let message;
    for await (const chunk of await model.stream(input)) message = message?.concat(chunk) ?? chunk;
    return message;
  }

  return {
    async whole() {
      const message = await chat('plain').invoke('Hi');
      assert.equal(message.text, kit.TEXT);
      kit.checkUsage(message.usage_metadata.input_tokens, message.usage_metadata.output_tokens);
    },

    async stream() {
      const message = await joined(chat('plain'), 'Hi');
      assert.equal(message.text, kit.TEXT);
      kit.checkUsage(message.usage_metadata.input_tokens, message.usage_metadata.output_tokens);
    },

    tools: () => loop('tool', 1),
    parallel: () => loop('tools', 2),

    async image() {
      const url = `data:image/png;base64,${kit.PIXEL}`;
      const content = [{ type: 'text', text: 'What is it?' }, { type: 'image_url', image_url: { url } }];
      assert.equal((await chat('plain').invoke([new HumanMessage({ content })])).text, kit.TEXT);
    },

    async structured() {
      const model = chat('schema').withStructuredOutput(kit.PERSON, { name: 'person', method: 'jsonSchema' });
      kit.checkPerson(await model.invoke('Who?'));
    },

    error: () => kit.checkLimited(() => chat('limited').invoke('Hi')),

    async cancel() {
      const control = new AbortController();
      const stream = await chat('stalls').stream('Hi', { signal: control.signal });
      await assert.rejects(async () => {
        for await (const chunk of stream) if (chunk.text) control.abort();
      });
      assert.ok(control.signal.aborted);
    },
  };
}
