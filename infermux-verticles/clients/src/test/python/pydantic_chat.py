"""Pydantic AI over OpenAI's chat completions."""

import openai
from pydantic_agents import scenarios_of
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider


def scenarios(url):
    client = openai.AsyncOpenAI(api_key="sk-caller", base_url=f"{url}/v1", max_retries=0)
    return scenarios_of(lambda name: OpenAIChatModel(name, provider=OpenAIProvider(openai_client=client)))
