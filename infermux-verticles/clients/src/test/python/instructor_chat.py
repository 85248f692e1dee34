"""Instructor over OpenAI's chat completions: structured answers, by tools and by a schema."""

import instructor
import openai
from kit import Person, check


def scenarios(url):
    client = openai.AsyncOpenAI(api_key="sk-caller", base_url=f"{url}/v1", max_retries=0)

    def create(mode, model, content="Who?", **more):
        messages = [{"role": "user", "content": content}]
        patched = instructor.from_openai(client, mode=mode)
        return patched.chat.completions.create(
            model=model, messages=messages, response_model=Person, max_retries=0, **more
        )

    async def tools():
        check(isinstance(await create(instructor.Mode.TOOLS, "tool"), Person))

    async def structured():
        check(isinstance(await create(instructor.Mode.JSON_SCHEMA, "schema"), Person))

    async def stream():
        messages = [{"role": "user", "content": "Who?"}]
        patched = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        last = None
        async for part in patched.chat.completions.create_partial(
            model="schema", messages=messages, response_model=Person
        ):
            last = part
        check(isinstance(last.name, str) and isinstance(last.age, int), last)

    return {"tools": tools, "structured": structured, "stream": stream}
