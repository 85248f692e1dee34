// Runs OpenAI's SDK for Node against the InferMux at INFERMUX_URL and exits with 1 when a check
// fails. The provider behind it answers by model: see NodeSdkIT.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const client = new OpenAI({
  apiKey: 'sk-caller',
  baseURL: process.env.INFERMUX_URL,
  maxRetries: 0,
});
const messages = [{ role: 'user', content: 'Hi there' }];

const checks = {
  async 'a chat is answered'() {
    const answer = await client.chat.completions.create({ model: 'echo-v1', messages });
    assert.equal(answer.choices[0].message.content, 'echo: Hi there');
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  },

  async 'the routing headers are there'() {
    const { response } = await client.chat.completions
      .create({ model: 'gpt-4o', messages })
      .withResponse();
    assert.equal(response.headers.get('x-infermux-provider'), 'upstream');
    assert.equal(response.headers.get('x-infermux-prompt-tokens'), '19');
    assert.match(response.headers.get('x-infermux-cost'), /^0\.\d+$/);
  },

  async 'a stream is iterated'() {
    for (const model of ['echo-v1', 'gpt-4o-mini']) {
      const stream = await client.chat.completions.create({ model, messages, stream: true });
      let text = '';
      for await (const chunk of stream) {
        assert.equal(chunk.usage ?? null, null);
        text += chunk.choices[0].delta.content ?? '';
      }
      assert.match(text, / there$/);
    }
  },

  async 'the .stream() helper puts a message together'() {
    for (const model of ['echo-v1', 'gpt-4o-mini']) {
      const runner = client.chat.completions.stream({
        model,
        messages,
        stream_options: { include_usage: true },
      });
      const answer = await runner.finalChatCompletion();
      assert.match(answer.choices[0].message.content, / there$/);
      assert.equal(answer.choices[0].message.role, 'assistant');
      assert.ok((await runner.totalUsage()).total_tokens > 0);
    }
  },

  async 'a stream that is aborted ends'() {
    const stream = await client.chat.completions.create({ model: 'hangs', messages, stream: true });
    for await (const chunk of stream) {
      if (chunk.choices[0].delta.content) stream.controller.abort();
    }
  },

  async 'a stream that is cut throws'() {
    const stream = await client.chat.completions.create({ model: 'breaks', messages, stream: true });
    await assert.rejects(
      async () => {
        for await (const chunk of stream) void chunk;
      },
      (error) => error instanceof OpenAI.APIError && error.code === 'upstream_error',
    );
  },

  async 'errors are mapped'() {
    await assert.rejects(
      client.chat.completions.create({ model: 'gpt-5o', messages }),
      (error) =>
        error instanceof OpenAI.NotFoundError &&
        error.code === 'model_not_found' &&
        error.type === 'infermux_error' &&
        error.param === 'model' &&
        error.message.includes('gpt-5o'),
    );
    await assert.rejects(
      client.chat.completions.create({ model: 'echo-v1', messages: [] }),
      (error) => error instanceof OpenAI.BadRequestError && error.param === 'messages',
    );
    await assert.rejects(
      client.chat.completions.create({ model: 'fails', messages }),
      (error) => error instanceof OpenAI.InternalServerError && error.status === 502,
    );
    await assert.rejects(
      client.chat.completions.create({ model: 'limited', messages }),
      (error) => error instanceof OpenAI.RateLimitError && error.code === 'rate_limit',
    );
  },

  async 'what a retry can not mend is not retried'() {
    const patient = client.withOptions({ maxRetries: 2 });
    await assert.rejects(patient.chat.completions.create({ model: 'fails', messages, user: 'once' }));
  },

  async 'models are listed and found'() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    assert.ok(ids.includes('echo-v1') && ids.includes('org/model-7b'));
    assert.equal((await client.models.retrieve('org/model-7b')).owned_by, 'upstream');
  },

  async 'embeddings come as numbers'() {
    const answer = await client.embeddings.create({ model: 'text-embedding-3-small', input: 'text' });
    assert.deepEqual(Array.from(answer.data[0].embedding), [0.25, -0.5]);
  },

  async 'legacy completions answer'() {
    const answer = await client.completions.create({ model: 'echo-v1', prompt: 'Once' });
    assert.equal(answer.choices[0].text, 'echo: Once');
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.stack}`);
  }
}
process.exit(failed ? 1 : 0);
