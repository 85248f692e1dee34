"""Pydantic AI over Anthropic's messages."""

import anthropic
from pydantic_agents import scenarios_of
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider


def scenarios(url):
    client = anthropic.AsyncAnthropic(api_key="sk-caller", base_url=url, max_retries=0)
    return scenarios_of(lambda name: AnthropicModel(name, provider=AnthropicProvider(anthropic_client=client)))
