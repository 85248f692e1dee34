"""Anthropic's SDK for Python."""

import anthropic
from kit import PIXEL, WEATHER, Person, Weather, check, check_limited, check_text, check_usage, scenarios_in

QUESTION = {"role": "user", "content": "Hi"}
TOOLS = [{"name": "get_weather", "description": "The weather.", "input_schema": WEATHER}]


def scenarios(url):
    client = anthropic.AsyncAnthropic(api_key="sk-caller", base_url=url, max_retries=0)

    def body(model, **more):
        return {"model": model, "max_tokens": 2000, "messages": [QUESTION], **more}

    def create(model, **more):
        return client.messages.create(**body(model, **more))

    def text(message):
        return "".join(block.text for block in message.content if block.type == "text")

    async def whole():
        message = await create("plain")
        check_text(text(message))
        check(message.stop_reason == "end_turn", message)
        check_usage(message.usage.input_tokens, message.usage.output_tokens)
        count = await client.messages.count_tokens(model="plain", messages=[QUESTION])
        check(count.input_tokens > 0, count)

    async def stream():
        async with client.messages.stream(**body("plain")) as events:
            check_text("".join([piece async for piece in events.text_stream]))
            message = await events.get_final_message()
        check_text(text(message))
        check_usage(message.usage.input_tokens, message.usage.output_tokens)

    async def called(model, streamed):
        if not streamed:
            return await create(model, tools=TOOLS)
        async with client.messages.stream(**body(model, tools=TOOLS)) as events:
            return await events.get_final_message()

    async def loop(model, count):
        for streamed in (False, True):
            message = await called(model, streamed)
            check(message.stop_reason == "tool_use", message)
            uses = [block for block in message.content if block.type == "tool_use"]
            check(len({use.id for use in uses}) == count, message)
            for use in uses:
                Weather.model_validate(use.input)
            results = [{"type": "tool_result", "tool_use_id": use.id, "content": "warm"} for use in uses]
            assistant = {"role": "assistant", "content": message.content}
            turns = [QUESTION, assistant, {"role": "user", "content": results}]
            last = await create(model, tools=TOOLS, messages=turns)
            check(last.stop_reason == "end_turn" and text(last), last)

    async def image():
        source = {"type": "base64", "media_type": "image/png", "data": PIXEL}
        content = [{"type": "image", "source": source}, {"type": "text", "text": "What is it?"}]
        check_text(text(await create("plain", messages=[{"role": "user", "content": content}])))

    async def structured():
        message = await client.messages.parse(**body("schema"), output_format=Person)
        check(isinstance(message.parsed_output, Person), message)

    async def reasoning():
        message = await create("reasoning", thinking={"type": "adaptive"})
        check(any(block.type == "thinking" and block.thinking for block in message.content), message)
        check_text(text(message))

    async def error():
        await check_limited(create("limited"))

    async def cancel():
        events = await create("stalls", stream=True)
        async for event in events:
            if event.type == "content_block_delta":
                break
        await events.close()

    return scenarios_in(locals())
