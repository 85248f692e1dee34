"""Pydantic AI's agents, over one of its models."""

from kit import PIXEL_URL, Person, check, check_limited, check_text, check_usage, scenarios_in
from pydantic_ai import Agent, BinaryContent, NativeOutput


def scenarios_of(model):
    """All scenarios; model makes one of a name."""
    calls = []

    def get_weather(city: str, unit: str) -> str:
        """The weather of a city."""
        calls.append(city)
        return "warm"

    async def whole():
        result = await Agent(model("plain")).run("Hi")
        check_text(result.output)
        usage = result.usage() if callable(result.usage) else result.usage
        check_usage(usage.input_tokens, usage.output_tokens)

    async def stream():
        async with Agent(model("plain")).run_stream("Hi") as result:
            text = "".join([piece async for piece in result.stream_text(delta=True, debounce_by=None)])
        check_text(text)

    async def loop(name, count):
        calls.clear()
        result = await Agent(model(name), tools=[get_weather]).run("Hi")
        check(len(calls) == count and result.output, result)

    async def image():
        content = BinaryContent.from_data_uri(PIXEL_URL)
        check_text((await Agent(model("plain")).run(["What is it?", content])).output)

    async def structured():
        result = await Agent(model("schema"), output_type=NativeOutput(Person)).run("Who?")
        check(isinstance(result.output, Person), result)

    async def error():
        await check_limited(Agent(model("limited")).run("Hi"))

    async def cancel():
        async with Agent(model("stalls")).run_stream("Hi") as result:
            async for piece in result.stream_text(delta=True, debounce_by=None):
                if piece:
                    break

    return scenarios_in(locals())
