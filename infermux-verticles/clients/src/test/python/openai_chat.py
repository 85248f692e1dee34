"""OpenAI's SDK for Python, chat completions."""

import openai
from kit import PIXEL_URL, TEXT, WEATHER, Person, Weather, check, check_limited, check_text, check_usage, scenarios_in

QUESTION = {"role": "user", "content": "Hi"}
TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": WEATHER, "strict": True}}]


def scenarios(url):
    client = openai.AsyncOpenAI(api_key="sk-caller", base_url=f"{url}/v1", max_retries=0)
    chat = client.chat.completions

    def create(model, **more):
        return chat.create(model=model, **{"messages": [QUESTION], **more})

    async def whole():
        answer = await create("plain")
        check_text(answer.choices[0].message.content)
        check_usage(answer.usage.prompt_tokens, answer.usage.completion_tokens)

    async def stream():
        options = {"include_usage": True}
        async with chat.stream(model="plain", messages=[QUESTION], stream_options=options) as events:
            text = "".join([event.delta async for event in events if event.type == "content.delta"])
            answer = await events.get_final_completion()
        check_text(text)
        check_text(answer.choices[0].message.content)
        check_usage(answer.usage.prompt_tokens, answer.usage.completion_tokens)

    async def called(model, streamed):
        if not streamed:
            return (await create(model, tools=TOOLS)).choices[0]
        async with chat.stream(model=model, messages=[QUESTION], tools=TOOLS) as events:
            return (await events.get_final_completion()).choices[0]

    async def loop(model, count):
        for streamed in (False, True):
            choice = await called(model, streamed)
            check(choice.finish_reason == "tool_calls", choice)
            calls = choice.message.tool_calls
            check(len({call.id for call in calls}) == count, calls)
            for call in calls:
                Weather.model_validate_json(call.function.arguments)
            results = [{"role": "tool", "tool_call_id": call.id, "content": "warm"} for call in calls]
            message = {
                "role": "assistant",
                "tool_calls": [
                    {"id": call.id, "type": "function",
                     "function": {"name": call.function.name, "arguments": call.function.arguments}}
                    for call in calls
                ],
            }
            last = await create(model, tools=TOOLS, messages=[QUESTION, message, *results])
            check(last.choices[0].finish_reason == "stop" and last.choices[0].message.content, last)

    async def image():
        content = [{"type": "text", "text": "?"}, {"type": "image_url", "image_url": {"url": PIXEL_URL}}]
        answer = await create("plain", messages=[{"role": "user", "content": content}])
        check_text(answer.choices[0].message.content)

    async def structured():
        answer = await chat.parse(model="schema", messages=[QUESTION], response_format=Person)
        check(isinstance(answer.choices[0].message.parsed, Person), answer)

    async def reasoning():
        message = (await create("reasoning", reasoning_effort="low")).choices[0].message
        check(message.reasoning_content, message)
        check(message.content == TEXT, message)

    async def error():
        await check_limited(create("limited"))

    async def cancel():
        chunks = await create("stalls", stream=True)
        async for chunk in chunks:
            if chunk.choices and chunk.choices[0].delta.content:
                break
        await chunks.close()

    return scenarios_in(locals())
