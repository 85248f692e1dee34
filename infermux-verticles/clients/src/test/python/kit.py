"""What all scenarios share. The models are those of the mock behind InferMux: see Column.java."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

SCENARIOS = ["whole", "stream", "tools", "parallel", "image", "structured", "reasoning", "error", "cancel"]
TEXT = "Good morning from the mock"

# A PNG of one pixel.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PIXEL_URL = "data:image/png;base64," + PIXEL


class Weather(BaseModel):
    model_config = ConfigDict(extra="forbid")
    city: str
    unit: Literal["celsius", "fahrenheit"]


class Person(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    age: int


WEATHER = Weather.model_json_schema()


def check(condition, detail=""):
    if not condition:
        raise AssertionError(detail)


def check_text(text):
    check(text == TEXT, repr(text))


def check_usage(tokens_in, tokens_out):
    check(tokens_in > 0 and tokens_out > 0, f"{tokens_in} in, {tokens_out} out")


async def check_limited(call):
    """A rate limit of the provider, 429 whatever the API."""
    try:
        await call
    except Exception as error:
        check(getattr(error, "status_code", None) == 429, repr(error))
        return
    check(False, "no error")


def scenarios_in(scope):
    """The scenarios among a function's locals, by name; loop(model, count) gives those that call tools."""
    found = {name: scope[name] for name in SCENARIOS if name in scope}
    loop = scope["loop"]
    return {**found, "tools": lambda: loop("tool", 1), "parallel": lambda: loop("tools", 2)}
