// Vercel's AI SDK with its providers: openai (Responses, its default), compatible (chat), anthropic.
export default async function open({ url, load, variant, assert, ...kit }) {
  const { generateText, streamText, tool, jsonSchema, Output, stepCountIs } = await load('ai');
  const settings = { apiKey: 'sk-caller', baseURL: `${url}/v1` };
  const provider = {
    openai: async () => (await load('@ai-sdk/openai')).createOpenAI(settings),
    compatible: async () =>
      (await load('@ai-sdk/openai-compatible')).createOpenAICompatible({
        name: 'infermux', includeUsage: true, supportsStructuredOutputs: true, ...settings,
      }),
    anthropic: async () => (await load('@ai-sdk/anthropic')).createAnthropic(settings),
  };
  const models = await provider[variant]();
  const ask = (name, more) => ({ model: models(name), prompt: 'Hi', maxRetries: 0, ...more });
  const options = {
    openai: { openai: { store: false, reasoningEffort: 'low', reasoningSummary: 'auto', forceReasoning: true } },
    compatible: { infermux: { reasoningEffort: 'low' } },
    anthropic: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
  };
  let executed;
  const tools = {
    [kit.WEATHER.name]: tool({
      description: kit.WEATHER.description,
      inputSchema: jsonSchema(kit.WEATHER.schema),
      execute: (input) => {
        executed.push(input);
        return 'warm';
      },
    }),
  };
  const stored = variant === 'openai' ? { providerOptions: { openai: { store: false } } } : {};

  async function loop(model, count) {
    for (const stream of [false, true]) {
      executed = [];
      const request = ask(model, { tools, stopWhen: stepCountIs(3), ...stored });
      const answer = stream ? streamText(request) : await generateText(request);
      assert.ok(await answer.text);
      assert.equal((await answer.steps).length, 2);
      assert.equal(executed.length, count);
      for (const input of executed) kit.checkWeather(kit.WEATHER.name, input);
    }
  }

  return {
    async whole() {
      const answer = await generateText(ask('plain'));
      assert.equal(answer.text, kit.TEXT);
      assert.equal(answer.finishReason, 'stop');
      kit.checkUsage(answer.usage.inputTokens, answer.usage.outputTokens);
    },

    async stream() {
      const answer = streamText(ask('plain'));
      let text = '';
      for await (const piece of answer.textStream) text += piece;
      assert.equal(text, kit.TEXT);
      assert.equal(await answer.finishReason, 'stop');
      const usage = await answer.usage;
      kit.checkUsage(usage.inputTokens, usage.outputTokens);
    },

    tools: () => loop('tool', 1),
    parallel: () => loop('tools', 2),

    async image() {
      const content = [
        { type: 'text', text: 'What is it?' },
        { type: 'image', image: `data:image/png;base64,${kit.PIXEL}` },
      ];
      const messages = [{ role: 'user', content }];
      assert.equal((await generateText(ask('plain', { prompt: undefined, messages }))).text, kit.TEXT);
    },

    async structured() {
      const output = Output.object({ schema: jsonSchema(kit.PERSON) });
      // Of models that it does not know, its provider for Anthropic has a tool called.
      const model = variant === 'anthropic' ? 'tool' : 'schema';
      kit.checkPerson((await generateText(ask(model, { output }))).output);
    },

    async reasoning() {
      const answer = await generateText(ask('reasoning', { providerOptions: options[variant] }));
      assert.ok(answer.reasoningText, JSON.stringify(answer.response.body));
      assert.equal(answer.text, kit.TEXT);
    },

    error: () => kit.checkLimited(() => generateText(ask('limited')), (error) => error.statusCode),

    async cancel() {
      const control = new AbortController();
      const answer = streamText(ask('stalls', { abortSignal: control.signal, onError() {} }));
      for await (const part of answer.fullStream) {
        if (part.type === 'text-delta') control.abort();
      }
      assert.ok(control.signal.aborted);
    },
  };
}
