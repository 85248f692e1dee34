"""OpenAI's agent SDK for Python: its default model, over the responses API, which it asks by default."""

import openai
from agents import Agent, Runner, function_tool, set_default_openai_client, set_tracing_disabled
from kit import PIXEL_URL, Person, check, check_limited, check_text, check_usage, scenarios_in
from openai.types.responses import ResponseTextDeltaEvent


def scenarios(url):
    set_tracing_disabled(True)
    client = openai.AsyncOpenAI(api_key="sk-caller", base_url=f"{url}/v1", max_retries=0)
    set_default_openai_client(client, use_for_tracing=False)
    calls = []

    @function_tool
    def get_weather(city: str, unit: str) -> str:
        """The weather of a city."""
        calls.append(city)
        return "warm"

    async def whole():
        result = await Runner.run(Agent(name="Default"), "Hi")
        check_text(result.final_output)
        usage = result.context_wrapper.usage
        check_usage(usage.input_tokens, usage.output_tokens)

    async def stream():
        result = Runner.run_streamed(Agent(name="Default"), "Hi")
        text = ""
        async for event in result.stream_events():
            if event.type == "raw_response_event" and isinstance(event.data, ResponseTextDeltaEvent):
                text += event.data.delta
        check_text(text)
        check_text(result.final_output)

    async def loop(model, count):
        for streamed in (False, True):
            calls.clear()
            agent = Agent(name="Weather", model=model, tools=[get_weather])
            if streamed:
                result = Runner.run_streamed(agent, "Hi")
                async for _ in result.stream_events():
                    pass
            else:
                result = await Runner.run(agent, "Hi")
            check(len(calls) == count and result.final_output, result)

    async def image():
        content = [
            {"type": "input_text", "text": "What is it?"},
            {"type": "input_image", "image_url": PIXEL_URL, "detail": "auto"},
        ]
        agent = Agent(name="Plain", model="plain")
        check_text((await Runner.run(agent, [{"role": "user", "content": content}])).final_output)

    async def structured():
        result = await Runner.run(Agent(name="Person", model="schema", output_type=Person), "Who?")
        check(isinstance(result.final_output, Person), result)

    async def error():
        await check_limited(Runner.run(Agent(name="Limited", model="limited"), "Hi"))

    async def cancel():
        result = Runner.run_streamed(Agent(name="Stalls", model="stalls"), "Hi")
        async for event in result.stream_events():
            if event.type == "raw_response_event" and isinstance(event.data, ResponseTextDeltaEvent):
                result.cancel()

    return scenarios_in(locals())
