"""OpenAI's SDK for Python, responses."""

import openai
from kit import PIXEL_URL, WEATHER, Person, Weather, check, check_limited, check_text, check_usage, scenarios_in

QUESTION = {"role": "user", "content": "Hi"}
TOOLS = [{"type": "function", "name": "get_weather", "parameters": WEATHER, "strict": True}]


def scenarios(url):
    client = openai.AsyncOpenAI(api_key="sk-caller", base_url=f"{url}/v1", max_retries=0)

    def create(model, **more):
        return client.responses.create(model=model, **{"input": [QUESTION], **more})

    async def whole():
        answer = await create("plain")
        check(answer.status == "completed", answer)
        check_text(answer.output_text)
        check_usage(answer.usage.input_tokens, answer.usage.output_tokens)

    async def stream():
        async with client.responses.stream(model="plain", input=[QUESTION]) as events:
            text = "".join([event.delta async for event in events if event.type == "response.output_text.delta"])
            answer = await events.get_final_response()
        check_text(text)
        check_text(answer.output_text)
        check_usage(answer.usage.input_tokens, answer.usage.output_tokens)

    async def called(model, streamed):
        if not streamed:
            return await create(model, tools=TOOLS)
        async with client.responses.stream(model=model, input=[QUESTION], tools=TOOLS) as events:
            return await events.get_final_response()

    async def loop(model, count):
        for streamed in (False, True):
            answer = await called(model, streamed)
            calls = [item for item in answer.output if item.type == "function_call"]
            check(len({call.call_id for call in calls}) == count, answer)
            for call in calls:
                Weather.model_validate_json(call.arguments)
            items = [item.model_dump(exclude={"parsed_arguments"}, exclude_none=True) for item in answer.output]
            results = [
                {"type": "function_call_output", "call_id": call.call_id, "output": "warm"} for call in calls
            ]
            last = await create(model, tools=TOOLS, input=[QUESTION, *items, *results])
            check(last.status == "completed" and last.output_text, last)

    async def image():
        content = [
            {"type": "input_text", "text": "What is it?"},
            {"type": "input_image", "image_url": PIXEL_URL, "detail": "auto"},
        ]
        check_text((await create("plain", input=[{"role": "user", "content": content}])).output_text)

    async def structured():
        answer = await client.responses.parse(model="schema", input=[QUESTION], text_format=Person)
        check(isinstance(answer.output_parsed, Person), answer)

    async def reasoning():
        answer = await create("reasoning", reasoning={"effort": "low", "summary": "auto"})
        item = next(item for item in answer.output if item.type == "reasoning")
        check(item.summary or item.content, item)
        check_text(answer.output_text)

    async def error():
        await check_limited(create("limited"))

    async def cancel():
        events = await create("stalls", stream=True)
        async for event in events:
            if event.type == "response.output_text.delta":
                break
        await events.close()

    return scenarios_in(locals())
